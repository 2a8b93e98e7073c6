import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { check } from '../../docs/review/check.mjs';
import { certificateText, examine } from '../../src/proof/index.js';

type Json = string | boolean | Json[] | { [key: string]: Json };
interface Leaf {
  readonly holder: Record<string | number, Json> | Json[];
  readonly key: string | number;
  readonly path: string;
}

const supergraph = readFileSync('schema/supergraph.graphql', 'utf8');
let text = '';

beforeAll(() => {
  const found = examine(process.cwd(), () => []);
  if (found.kind !== 'subject') throw new Error('the repository has a policy');
  text = certificateText(found.subject, supergraph);
});

const certificate = () => JSON.parse(text) as { [key: string]: Json };
const pinned = () => certificate()['policyHash'] as string;

/** Every word and every yes or no of a certificate that decides something: not the words and reasons that are for people. */
function leavesOf(value: Json, path: string): Leaf[] {
  if (typeof value !== 'object') return [];
  const holder = value as Record<string | number, Json>;
  const keys: (string | number)[] = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => {
    const below = leavesOf(holder[key] as Json, `${path}/${key}`);
    return below.length > 0 ? below : [{ holder, key, path: `${path}/${key}` }];
  });
}

/** Takes the leaf away, or says something else in its place. */
function change({ holder, key }: Leaf, remove: boolean): void {
  const old = (holder as Record<string | number, Json>)[key];
  if (Array.isArray(holder) && remove) holder.splice(Number(key), 1);
  else if (Array.isArray(old)) (holder as Record<string | number, Json>)[key] = ['CONVERSATION'];
  else (holder as Record<string | number, Json>)[key] = typeof old === 'boolean' ? !old : 'CHANGED';
}

test('the certificate of this repository holds, by a checker that shares no code with the program that wrote it', () => {
  expect(check(supergraph, certificate(), pinned()).breaches).toEqual([]);
});

test('an edge that its supergraph does not show is missed when it is left out', () => {
  const planted = { ...certificate(), edges: [] };
  expect(check(supergraph, planted, pinned()).ok).toBe(false);
});

test('an exemption that is left out lets the category through', () => {
  const { declassifications, ...rest } = certificate();
  for (const [index] of (declassifications as Json[]).entries()) {
    const fewer = (declassifications as Json[]).filter((_, at) => at !== index);
    expect(check(supergraph, { ...rest, declassifications: fewer }, pinned()).breaches).not.toEqual([]);
  }
});

test('whatever single word of it is taken away or changed, the checker finds it', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (pick, remove) => {
      const planted = certificate();
      const { edges: _edges, declassifications: _exempt, ...claims } = planted;
      const leaves = leavesOf(claims, '');
      const leaf = leaves[pick % leaves.length] as Leaf;
      change(leaf, remove);
      expect(check(supergraph, { ...planted, ...claims }, pinned())).toMatchObject({ ok: false });
    }),
    { numRuns: 12 },
  );
});
