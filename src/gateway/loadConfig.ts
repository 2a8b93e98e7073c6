/** `ringfence.yaml` → Config, or the list of what is wrong with it, each with file, line, key and what was expected. */
import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem, SourceLocation } from '../fault/index.js';
import { type Config, configSchema } from './config.js';

/** What loading came to. */
export type ConfigOutcome =
  | { readonly kind: 'ok'; readonly config: Config }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

type Issue = z.core.$ZodIssue;
type Key = PropertyKey;

const code = 'CONFIG_INVALID';

/** Reads and checks the file at `path`. Never rejects for what the file says, or because there is none. */
export async function loadConfig(path: string): Promise<ConfigOutcome> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return problems([{ code, message: `cannot read \`${path}\`` }]);
  }
  return parseConfig(text, path);
}

/** The same for a text; `file` is the name that problems give. */
export function parseConfig(text: string, file: string): ConfigOutcome {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const locate = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  if (document.errors.length > 0) {
    return problems(
      document.errors.map(({ pos, code: reason }) => ({
        code,
        message: `expected YAML (${reason.toLowerCase().replaceAll('_', ' ')})`,
        location: locate(pos[0]),
      })),
    );
  }
  const result = configSchema.safeParse(document.toJS());
  if (result.success) return { kind: 'ok', config: result.data };
  return problems(
    result.error.issues.flatMap(spread).map((issue) => ({
      code,
      message: `${keyPath(issue.path)}: ${expectation(issue)}`,
      location: locate(offsetOf(document, issue.path)),
    })),
  );
}

function problems(list: readonly Problem[]): ConfigOutcome {
  return { kind: 'problems', problems: list };
}

/** One issue per unknown key, at that key's own path. */
function spread(issue: Issue): Issue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ ...issue, keys: [key], path: [...issue.path, key] }));
}

/** `banks[0].url`; `the file` for the whole. */
function keyPath(path: readonly Key[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return path.length === 0 ? 'the file' : `\`${text.replace(/^\./, '')}\``;
}

/** What was expected. Never what was found: a file may hold, by mistake, what nobody should read in a log. */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
    case 'too_small':
      return `expected ${sized(issue.origin)} ${issue.minimum} or more`;
    case 'too_big':
      return `expected ${sized(issue.origin)} ${issue.maximum} or less`;
    case 'unrecognized_keys':
      return 'expected no such key';
    case 'invalid_key':
      return issue.issues.map((inner) => expectation(inner)).join(', ');
    default:
      return issue.message;
  }
}

function sized(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'a length of' : 'a number of';
}

/** Where the key of a path stands, or the nearest key above it where it is missing. */
function offsetOf(document: Document, path: readonly Key[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
    const node: unknown = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
