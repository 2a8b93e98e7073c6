import type { Roll } from '../../src/consent/index.js';

/** Every entry of a roll that can be read, and `damaged` for each other one. */
export async function allOf<Entry extends object>(roll: Roll<Entry>): Promise<readonly (Entry | 'damaged')[]> {
  const names = await roll.names({ from: '0'.repeat(32) });
  return [...(await roll.entries(names)).values()];
}
