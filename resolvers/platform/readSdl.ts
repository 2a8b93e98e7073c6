import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The names of the platform's own subgraphs: a file of `schema/platform/` each. */
export const platformSubgraphs = ['directory', 'consent', 'wallet', 'offers', 'ads', 'apps'] as const;

/** One of {@link platformSubgraphs}. */
export type PlatformSubgraph = (typeof platformSubgraphs)[number];

/** A platform subgraph's SDL out of the folder `schema/`, with the text of `policy.graphql` before it. */
export async function readPlatformSdl(schemaFolder: string, name: PlatformSubgraph): Promise<string> {
  const files = [join(schemaFolder, 'policy.graphql'), join(schemaFolder, 'platform', `${name}.graphql`)];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.join('\n');
}
