/**
 * graphql-shield and graphql-middleware, loaded so that both run on Node 20 and 24. Their ES builds import
 * `isUndefined` from `node:util`, which Node 24 no longer has; the CommonJS builds look it up when they use it.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const util = require('node:util') as { isUndefined?: (value: unknown) => boolean };
util.isUndefined ??= (value) => value === undefined;

/** graphql-shield's CommonJS build. */
export const graphqlShield = require('graphql-shield') as typeof import('graphql-shield');

/** graphql-middleware's CommonJS build: the one that graphql-shield itself loads. */
export const graphqlMiddleware = require('graphql-middleware') as typeof import('graphql-middleware');
