/** The platform's subgraphs as a process of their own; see `resolvers/process.ts` for how it is started. */
import { serveAsChild } from '../process.js';
import { startPlatform } from './startPlatform.js';

serveAsChild(startPlatform);
