import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError, Kind, parse, Source, type DefinitionNode, type DocumentNode, type Location } from 'graphql';
import type { Problem, SourceLocation } from '../fault/index.js';

/** One subgraph's SDL, the policy vocabulary included; every node still knows the file it was written in. */
export interface Subgraph {
  readonly name: string;
  readonly document: DocumentNode;
}

/** The subgraphs of a project, or why they could not be read. */
export type LoadedSubgraphs =
  | { readonly kind: 'ok'; readonly subgraphs: readonly Subgraph[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** One SDL file: its path as messages name it, and its text. */
export interface SdlFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads `schema/bank.graphql` as subgraph `bank` and each `schema/platform/<name>.graphql` as subgraph `<name>`, with
 * `schema/policy.graphql` before each. `bank` comes first, the others by name.
 */
export function loadSubgraphs(root: string): LoadedSubgraphs {
  const problems: Problem[] = [];
  const vocabulary = readSdl(root, 'schema/policy.graphql', problems);
  const sources = [
    { name: 'bank', sdl: readSdl(root, 'schema/bank.graphql', problems) },
    ...platformNames(root, problems).map((name) => ({
      name,
      sdl: readSdl(root, `schema/platform/${name}.graphql`, problems),
    })),
  ];
  const subgraphs: Subgraph[] = [];
  for (const { name, sdl } of sources) {
    if (!vocabulary || !sdl) continue;
    const parsed = parseSubgraph(name, [vocabulary, sdl]);
    if (parsed.kind === 'ok') subgraphs.push(parsed.subgraph);
    else problems.push(...parsed.problems);
  }
  return problems.length > 0 ? { kind: 'problems', problems: unique(problems) } : { kind: 'ok', subgraphs };
}

/** Parses the files of one subgraph into one document whose nodes keep their own files and lines. */
export function parseSubgraph(
  name: string,
  files: readonly SdlFile[],
): { kind: 'ok'; subgraph: Subgraph } | { kind: 'problems'; problems: readonly Problem[] } {
  const definitions: DefinitionNode[] = [];
  const problems: Problem[] = [];
  for (const { file, text } of files) {
    try {
      definitions.push(...parse(new Source(text, file)).definitions);
    } catch (cause) {
      problems.push(syntaxProblem(file, cause));
    }
  }
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'ok', subgraph: { name, document: { kind: Kind.DOCUMENT, definitions } } };
}

/** The file, line and column where a node begins; undefined for nodes that come from no text. */
export function locationOf(loc: Location | undefined): SourceLocation | undefined {
  if (!loc) return undefined;
  // As `getLocation`, which counts the lines of the whole text each time.
  const { line, column } = loc.startToken;
  return { file: loc.source.name, line, column };
}

function platformNames(root: string, problems: Problem[]): string[] {
  const folder = 'schema/platform';
  try {
    const names = readdirSync(join(root, folder))
      .filter((entry) => entry.endsWith('.graphql'))
      .map((entry) => entry.slice(0, -'.graphql'.length))
      .sort();
    problems.push(
      ...names.filter((name) => !isSubgraphName(name)).map((name) => misnamed(`${folder}/${name}.graphql`)),
    );
    return names;
  } catch {
    problems.push(unreadable(folder));
    return [];
  }
}

function isSubgraphName(name: string): boolean {
  return /^[a-z][a-z0-9]*$/.test(name) && name !== 'bank';
}

function misnamed(file: string): Problem {
  const message = 'expected a name in lower-case letters and digits, and not `bank`';
  return { code: 'SUBGRAPH_NAME', message, location: { file, line: 1, column: 1 } };
}

function readSdl(root: string, file: string, problems: Problem[]): SdlFile | undefined {
  try {
    return { file, text: readFileSync(join(root, file), 'utf8') };
  } catch {
    problems.push(unreadable(file));
    return undefined;
  }
}

function unreadable(file: string): Problem {
  return {
    code: 'FILE_UNREADABLE',
    message: 'expected to be there and readable',
    location: { file, line: 1, column: 1 },
  };
}

function syntaxProblem(file: string, cause: unknown): Problem {
  const place = cause instanceof GraphQLError ? cause.locations?.[0] : undefined;
  const message = cause instanceof Error ? cause.message.toLowerCase().replace(/\.$/, '') : 'does not parse';
  return { code: 'SYNTAX', message, location: { file, line: place?.line ?? 1, column: place?.column ?? 1 } };
}

/** The vocabulary is parsed once per subgraph: its own mistakes are told once. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
