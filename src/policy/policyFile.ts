import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Problem, SourceLocation } from '../fault/index.js';

/** Keys and list indices that lead to a place in a file. */
export type FilePath = readonly (string | number)[];

/** A policy file that fits its schema, or the problems it has. */
export type PolicyFile<T> =
  | {
      readonly kind: 'ok';
      readonly value: T;
      /** A problem at a key of this file. */
      problemAt(path: FilePath, code: string, message: string): Problem;
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Reads a YAML file of `root` and checks it against a schema. Problems name the file, the key and what was expected. */
export function readPolicyFile<T>(root: string, file: string, schema: z.ZodType<T>): PolicyFile<T> {
  const text = readText(join(root, file));
  if (text === undefined) {
    const location = { file, line: 1, column: 1 };
    return {
      kind: 'problems',
      problems: [{ code: 'FILE_UNREADABLE', message: 'expected to be there and readable', location }],
    };
  }
  return parsePolicyFile({ file, text }, schema);
}

/** {@link readPolicyFile} for a text at hand. */
export function parsePolicyFile<T>(
  { file, text }: { file: string; text: string },
  schema: z.ZodType<T>,
): PolicyFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  if (document.errors.length > 0) {
    return { kind: 'problems', problems: document.errors.map((error) => syntaxProblem(error, place(error.pos[0]))) };
  }
  const problemAt = (path: FilePath, code: string, message: string): Problem => {
    return { code, message, coordinate: path.join('.'), location: place(offsetOf(document, path)) };
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { kind: 'ok', value: parsed.data, problemAt };
  const problems = parsed.error.issues.map((issue) => {
    return problemAt(
      issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
      'POLICY_FILE',
      plain(issue.message),
    );
  });
  return { kind: 'problems', problems };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function syntaxProblem(error: { readonly message: string }, location: SourceLocation): Problem {
  return { code: 'SYNTAX', message: plain(error.message.split('\n')[0] ?? 'does not parse'), location };
}

function plain(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}

/** Where the path's last key that the file has begins; aliases are followed to what they stand for. */
function offsetOf(document: Document, path: FilePath): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    const step = stepInto(isAlias(node) ? node.resolve(document) : node, key);
    if (!step) return offset;
    node = step.node;
    offset = step.offset ?? offset;
  }
  return offset;
}

function stepInto(node: unknown, key: string | number): { node: unknown; offset: number | undefined } | undefined {
  if (isSeq(node) && typeof key === 'number') {
    const item = node.items[key];
    return { node: item, offset: isNode(item) ? item.range?.[0] : undefined };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return pair && { node: pair.value, offset: isScalar(pair.key) ? pair.key.range?.[0] : undefined };
}
