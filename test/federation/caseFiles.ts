/** The folder of a case → what it holds: subgraphs, supergraph, operations, what is expected, and the plans. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { Kind, parse, print } from 'graphql';
import type { CaseData, Row } from './caseSubgraph.js';

/** One run of an operation, written by hand from the specifications. */
export interface Run {
  readonly variables?: Row;
  /** How far progressive overrides are: the labels that are on, and what the request drew from 0 to 100. */
  readonly rollout?: { readonly labels?: readonly string[]; readonly drawn?: number };
  readonly data?: unknown;
  /** The paths of the errors, in any order; none when absent. */
  readonly errors?: readonly (readonly (string | number)[])[];
  /** The subgraphs that are asked, one mention for each request, in alphabetical order. */
  readonly asked?: readonly string[];
  /** Messages of validation: the operation never runs. */
  readonly invalid?: readonly string[];
}

/** A case as a person reads it. */
export interface Case {
  readonly name: string;
  readonly folder: string;
  readonly sdls: Readonly<Record<string, string>>;
  readonly data: CaseData;
  readonly supergraph: string;
  /** By name of the operation. */
  readonly operations: Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, Run | readonly Run[]>>;
  readonly plan: string;
}

/** The folders of all cases, or of those whose names hold `CASES`. */
export function caseNames(root: string): string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => name.includes(process.env['CASES'] ?? '')).sort();
}

/** Reads one case. Throws when a file is missing: that is a mistake of the case. */
export async function readCase(root: string, name: string): Promise<Case> {
  const folder = join(root, name);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const maybe = (file: string): string => (existsSync(join(folder, file)) ? read(file) : '');
  const files = readdirSync(join(folder, 'subgraphs')).sort();
  const { data } = (await import(join(folder, 'data.ts'))) as { readonly data: CaseData };
  return {
    name,
    folder,
    sdls: Object.fromEntries(files.map((file) => [file.replace('.graphql', ''), read(join('subgraphs', file))])),
    data,
    supergraph: maybe('supergraph.graphql'),
    operations: operationsIn(read('operations.graphql')),
    expected: JSON.parse(read('expected.json')) as Case['expected'],
    plan: maybe('plan.txt'),
  };
}

/** Each operation with the fragments of its file: a fragment that it does not use is left out. */
function operationsIn(text: string): Record<string, string> {
  const { definitions } = parse(text);
  const fragments = new Map(
    definitions.flatMap((part) => (part.kind === Kind.FRAGMENT_DEFINITION ? [[part.name.value, part] as const] : [])),
  );
  const withFragments = (printed: string, known: ReadonlySet<string> = new Set()): string => {
    const used = [...fragments.keys()].filter((name) => !known.has(name) && printed.includes(`...${name}`));
    if (used.length === 0) return printed;
    const more = used.map((name) => fragments.get(name)).flatMap((part) => (part ? [print(part)] : []));
    return withFragments([printed, ...more].join('\n\n'), new Set([...known, ...used]));
  };
  return Object.fromEntries(
    definitions.flatMap((part) =>
      part.kind === Kind.OPERATION_DEFINITION ? [[part.name?.value ?? '', withFragments(print(part))]] : [],
    ),
  );
}

/** True for supergraphs that this repository's composer does not write; their first line says why. */
export function isWrittenByHand({ supergraph }: Case): boolean {
  return supergraph.startsWith('# written by hand:');
}

/** The supergraph of the SDLs, each subgraph at `http://name`. */
export function composed({ name, sdls }: Case): string {
  const services = Object.entries(sdls).map(([service, sdl]) => ({
    name: service,
    typeDefs: parse(sdl),
    url: `http://${service}`,
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    throw new Error(`${name}: ${errors?.map(({ message }) => message).join('\n') ?? 'composes to nothing'}`);
  return print(parse(supergraphSdl));
}

/** What is expected of an operation, run by run. */
export function runsOf({ expected }: Case, operation: string): readonly Run[] {
  const runs = expected[operation] ?? [];
  return 'length' in runs ? runs : [runs];
}

/** Paths of errors in an order of their own: the specification gives them none. */
export function sorted(paths: readonly (readonly (string | number)[])[]): Run['errors'] & {} {
  const texts = paths.map((path) => JSON.stringify(path)).sort();
  return texts.map((each) => JSON.parse(each) as (string | number)[]);
}

/** A run as text, for comparison. The order of the keys of `data` counts, as the specification says. */
export function text({ variables, rollout, data, errors, asked, invalid }: Run): string {
  return JSON.stringify({ variables, rollout, data, errors: errors && sorted(errors), asked, invalid }, null, 2);
}
