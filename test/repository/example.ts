import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../schema/operations/', import.meta.url));

/** An example operation of schema/operations with what its first lines say about how to run it. */
export interface Example {
  /** The file's name without its ending, which is the operation's name. */
  readonly name: string;
  readonly view: 'first-party' | 'ads';
  readonly client: string;
  readonly purpose: string;
  readonly customer?: string;
  /**
   * Variables as written; a string like `@AccountsOverview:me.accounts.0.id` stands for that place in the answer
   * of that example, run under its own principal. {@link variablesOf} fills them in.
   */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly source: string;
}

/** All examples, by name. */
export function examples(): readonly Example[] {
  return [...examplesIn('', 'first-party'), ...examplesIn('ads', 'ads')];
}

function examplesIn(below: string, view: Example['view']): Example[] {
  const files = readdirSync(join(folder, below)).filter((file) => file.endsWith('.graphql'));
  return files.toSorted().map((file) => exampleOf(join(folder, below, file), view));
}

function exampleOf(file: string, view: Example['view']): Example {
  const source = readFileSync(file, 'utf8');
  const as = /^# as: (\S+) (\S+)(?: (\S+))?$/m.exec(source);
  if (as?.[1] === undefined || as[2] === undefined) throw new Error(`\`${file}\` does not say under whom it runs`);
  const variables: unknown = JSON.parse(/^# variables: (.+)$/m.exec(source)?.[1] ?? '{}');
  return {
    name: basename(file, '.graphql'),
    view,
    client: as[1],
    purpose: as[2],
    ...(as[3] === undefined ? {} : { customer: as[3] }),
    variables: variables as Record<string, unknown>,
    source,
  };
}

/** The example's variables with each reference replaced by what `answer` returns as that example's `data`. */
export async function variablesOf(
  example: Example,
  answer: (example: Example) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const filled = Object.entries(example.variables).map(async ([name, value]) => {
    const [, other, path] = typeof value === 'string' ? (/^@(\w+):(.+)$/.exec(value) ?? []) : [];
    if (other === undefined || path === undefined) return [name, value] as const;
    const source = examples().find((candidate) => candidate.name === other);
    if (source === undefined) throw new Error(`there is no example \`${other}\``);
    return [name, path.split('.').reduce(step, await answer(source))] as const;
  });
  return Object.fromEntries(await Promise.all(filled));
}

function step(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
