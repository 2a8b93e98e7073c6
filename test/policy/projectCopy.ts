import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An edit of one file: what is replaced, once, by what. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Runs `use` on a copy of the project's schema and policy with the edits made; the copy is gone afterwards. */
export async function onProjectCopy<T>(edits: readonly Edit[], use: (root: string) => T | Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'ringfence-project-'));
  try {
    for (const folder of ['schema', 'policy']) cpSync(folder, join(root, folder), { recursive: true });
    for (const edit of edits) make(root, edit);
    return await use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function make(root: string, { file, from, to }: Edit): void {
  const text = readFileSync(join(root, file), 'utf8');
  if (!text.includes(from)) throw new Error(`\`${file}\` does not hold \`${from}\``);
  writeFileSync(
    join(root, file),
    text.replace(from, () => to),
  );
}
