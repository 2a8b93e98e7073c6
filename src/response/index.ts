export type { Position, PositionCheck, PositionGuard } from './position.js';
export { compileSerializer, type Serializer } from './serializer.js';
