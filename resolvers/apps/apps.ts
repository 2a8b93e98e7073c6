/** The directory of third-party apps. */
import { createSubgraph, type Subgraph } from '../../src/partner/index.js';
import { platformOptions, type PlatformParts } from '../platform/parts.js';

/** A third-party app. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly publisher: string;
}

/** The apps that the demo lists. */
export const demoApps: readonly App[] = [
  { id: 'app-1', name: 'Tandem Planner', publisher: 'Larkfield Software' },
  { id: 'app-2', name: 'Pocket Polyglot', publisher: 'Verba Labs' },
  { id: 'app-3', name: 'Harvest Recipes', publisher: 'Sown & Grown' },
  { id: 'app-4', name: 'Quiet Hours', publisher: 'Nightjar Studio' },
];

/** The subgraph `apps`. */
export function createAppsSubgraph(parts: PlatformParts): Subgraph {
  const byId = new Map(demoApps.map((app) => [app.id, app]));
  return createSubgraph({
    ...platformOptions('apps', parts),
    resolvers: { Query: { app: (_: unknown, { id }: { id: string }) => byId.get(id) ?? null } },
  });
}
