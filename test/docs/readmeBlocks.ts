import { readFileSync } from 'node:fs';

/** What the README tells its readers to type, block by block. */
export function bashBlocks(): readonly string[] {
  const blocks = readFileSync('README.md', 'utf8').matchAll(/```bash\n([\s\S]*?)```/g);
  return [...blocks].map(([, block = '']) => block);
}
