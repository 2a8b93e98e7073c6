/** One fetch of a plan × who asks → what each partner would be asked, without asking: the runtime's own way, with a line that only notes. */
import { type FieldNode, type GraphQLSchema, isAbstractType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { FaultCode } from '../fault/index.js';
import type { EntityFetchNode, Exchange, Representation, Requirement, RootFetchNode } from '../plan/index.js';
import {
  categoriesOf,
  type CategoryMask,
  type ConsentPort,
  type DataCategory,
  financialMask,
} from '../policy/index.js';
import type { GrantedAccount } from './grant.js';
import type { GrantIssuer } from './issuer.js';
import { createPartitionPort } from './partitionPort.js';
import type { Sealer } from './sealedId.js';
import { refusalOf, territoriesOf, type Territory, type TerritoryRules } from './territory.js';

/** What a preview rests on: all that a partition does, save its keys and its lines. */
export interface PreviewRules extends TerritoryRules {
  readonly consents: ConsentPort;
  readonly sealer: Sealer;
  /** The subgraph's own contract. */
  readonly schema: GraphQLSchema;
}

/** One request that a partner would get. */
export interface AskedPartner {
  readonly bank: string;
  /** What the grant of the request would allow, account by account. */
  readonly accounts: readonly GrantedAccount[] | 'all';
  readonly document: string;
}

/** A field of the fetch that a partner is never asked for, and why. */
export interface LeftOut {
  readonly coordinate: string;
  readonly code: FaultCode;
  /** The categories that are not covered there. */
  readonly missing: readonly DataCategory[];
}

/** What one partner would hear of a fetch. */
export interface PartnerPreview {
  readonly bank: string;
  readonly asked: readonly AskedPartner[];
  /** What no request to this partner holds. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Where this principal's fetch would go. Partners without a territory are absent, as for the runtime. Of entities whose
 * keys only an answer would tell, every one that the customer could hold is taken: each territory, each account.
 */
export async function previewAsked(
  rules: PreviewRules,
  fetch: RootFetchNode | EntityFetchNode,
  exchange: Exchange,
): Promise<readonly PartnerPreview[]> {
  const noted: AskedPartner[] = [];
  const port = createPartitionPort({ ...rules, ...noting(noted), onBreach: () => undefined }, rules.schema);
  const territories = territoriesOf(exchange, rules);
  const run = port.prepare(fetch.step);
  await run(exchange, representationsOf(fetch, exchange, { territories, schema: rules.schema }));
  return territories.map((territory) => {
    const asked = noted.filter(({ bank }) => bank === territory.bank);
    return { bank: territory.bank, asked, leftOut: leftOutOf(rules, fetch, territory) };
  });
}

/** The end of every call: the grant and the body are noted, and nothing is sent. */
function noting(noted: AskedPartner[]) {
  const issuer: GrantIssuer = {
    async bind({ aud, accounts }, _epoch, body) {
      noted.push({ bank: aud, accounts, document: (JSON.parse(body) as { query: string }).query });
      return () => ({});
    },
  };
  const line = async () => ({ kind: 'failed', code: 'BANK_UNAVAILABLE' }) as const;
  const admission = { barred: () => undefined, admit: () => undefined };
  return { issuer, line, admission };
}

interface Ground {
  readonly territories: readonly Territory[];
  readonly schema: GraphQLSchema;
}

function representationsOf(
  fetch: RootFetchNode | EntityFetchNode,
  { principal }: Exchange,
  ground: Ground,
): Representation[][] {
  if (fetch.kind === 'rootFetch') return [];
  return fetch.step.slots.map(({ alias }) => {
    const keys = fetch.sources.filter(({ slot }) => slot.alias === alias).flatMap(({ requires }) => requires);
    const holder = { ref: principal?.customer };
    return keys
      .flatMap((key) => conditionsOf(key, ground.schema))
      .flatMap(({ __typename, routed }) => {
        return (routed ? knownTo(ground.territories) : [holder]).map((known) => ({ __typename, ...known }));
      });
  });
}

/** The concrete types that a requirement describes, and whether their key names the partner. */
function conditionsOf(key: Requirement, schema: GraphQLSchema): { __typename: string; routed: boolean }[] {
  if (key.kind !== 'type') return [];
  const type = schema.getType(key.condition);
  const names = isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [key.condition];
  const routed = key.selections.some((field) => field.kind === 'field' && field.name === 'bankId');
  return names.map((__typename) => ({ __typename, routed }));
}

/** The customer and each account, as each partner knows them: the partition drops what is not of the type that is asked. */
function knownTo(territories: readonly Territory[]): { bankId: string; reference: string }[] {
  return territories.flatMap(({ bank: bankId, standing, accounts }) => {
    const own = accounts === 'all' ? [] : accounts.map((account) => account.standing.reference);
    return [standing.customerReference, ...own].map((reference) => ({ bankId, reference }));
  });
}

/** The topmost fields of the fetch that no account of the territory allows. */
function leftOutOf(
  { table, schema }: PreviewRules,
  { step }: RootFetchNode | EntityFetchNode,
  territory: Territory,
): LeftOut[] {
  const found = new Map<string, LeftOut>();
  const info = new TypeInfo(schema);
  const allowed: CategoryMask = territory.standing.state === 'reauth' ? 0 : territory.union;
  const enter = (node: FieldNode): false | undefined => {
    const parent = info.getParentType();
    if (!parent) return undefined;
    const coordinate = `${parent.name}.${node.name.value}`;
    const given = (node.arguments ?? []).map(({ name }) => table.needs(`${coordinate}(${name.value}:)`));
    const needs = given.reduce((mask, own) => mask | own, table.needs(coordinate)) & financialMask;
    const missing = categoriesOf(needs & ~allowed);
    if (missing.length === 0) return undefined;
    found.set(coordinate, { coordinate, code: refusalOf(territory, needs).code, missing });
    return false;
  };
  visit(step.document, visitWithTypeInfo(info, { Field: { enter } }));
  return [...found.values()];
}
