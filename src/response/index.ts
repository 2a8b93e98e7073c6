export type { Position, PositionCheck, PositionGuard } from './position.js';
export { compileSerializer, type Serializer } from './serializer.js';
export { createWall, type WallBooks, type WallCheck, type WallPosition } from './wall.js';
