/** A probe → its query; an answer → what happened at the probe's path. */
import type { Answer } from './world.js';
import { argument, type Ids } from './inputs.js';
import type { Probe } from './probes.js';
import { viewOf, type Step } from './oracle.js';

/** What happened. `steps` is the length of the path at which it did. */
export type Outcome =
  | { readonly kind: 'reached'; readonly values: number; readonly codes: readonly string[] }
  | { readonly kind: 'denied'; readonly at: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear'; readonly why: string };

/** The operation of a probe. */
export function queryOf(ids: Ids, { asker, steps }: Probe, targets: ReadonlySet<string>): string {
  const last = steps.at(-1);
  let text = last !== undefined && targets.has(last.target) ? ' { __typename }' : '';
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at] as Step;
    const before = steps[at - 1]?.target ?? step.type;
    const place = { purpose: asker.purpose, step, next: steps[at + 1]?.type };
    const given = step.args.map((arg) => `${arg}: ${argument(ids, arg, place)}`).join(', ');
    const field = `${step.field}${given === '' ? '' : `(${given})`}${text}`;
    text = before === step.type ? ` { ${field} }` : ` { ... on ${step.type} { ${field} } }`;
  }
  return `${steps[0]?.type === 'Mutation' ? 'mutation' : 'query'}${text}`;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { code?: string };
  }[];
}

/** Reads an answer. Whatever does not fit one of the domain's outcomes is unclear, never allowed. */
export function outcomeOf({ status, body }: Answer, { asker, steps }: Probe): Outcome {
  const { data, errors = [] } = JSON.parse(body) as Body;
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'none');
  if (status === 400 && data === undefined && codes.every((code) => code === 'GRAPHQL_VALIDATION_FAILED')) {
    return viewOf(asker.purpose) !== 'first-party' && /did you mean/i.test(body)
      ? { kind: 'unclear', why: 'a suggestion' }
      : { kind: 'absent' };
  }
  if (status !== 200 || data === undefined) return { kind: 'unclear', why: `${status} ${body.slice(0, 300)}` };
  const keys = steps.map(({ field }) => field);
  const values = valuesAt(data, keys);
  if (!codes.includes('PURPOSE_DENIED')) return { kind: 'reached', values, codes: [...new Set(codes)] };
  const paths = errors.map(({ path = [] }) => path.filter((part) => typeof part === 'string'));
  const depth = paths[0]?.length ?? 0;
  const alike = codes.every((code) => code === 'PURPOSE_DENIED') && paths.every((path) => path.length === depth);
  const onPath = paths.every((path) => path.every((part, index) => part === keys[index]));
  if (alike && onPath && depth > 0 && valuesAt(data, keys.slice(0, depth)) === 0)
    return { kind: 'denied', at: depth - 1 };
  return { kind: 'unclear', why: `${codes.join(' ')} with ${values} values at ${JSON.stringify(paths[0])}` };
}

/** How many values other than null lie at a path, over all rows of all lists. */
function valuesAt(data: unknown, keys: readonly string[]): number {
  if (data === null || data === undefined) return 0;
  if (Array.isArray(data)) return data.reduce<number>((sum, row) => sum + valuesAt(row, keys), 0);
  const [key, ...rest] = keys;
  if (key === undefined) return 1;
  return valuesAt((data as Readonly<Record<string, unknown>>)[key], rest);
}
