import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type DocumentNode,
  getNamedType,
  type GraphQLCompositeType,
  isCompositeType,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { authorizeOperation, type AuthorizedOperation, classKey, Verdicts } from '../../src/authorize/index.js';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';
import {
  categoriesOf,
  controlCategories,
  type DataCategory,
  financialCategories,
  maskOf,
  type Purpose,
  purposes,
  viewOf,
} from '../../src/policy/index.js';
import { askerOf, policy } from './asker.js';
import { Draw } from './randomOperation.js';

interface Asker {
  readonly purpose: Purpose;
  readonly scope?: readonly DataCategory[];
  readonly scopeWords?: readonly string[];
}

const wide = [...financialCategories, ...controlCategories];

function authorized(document: DocumentNode, { purpose, scope = wide, scopeWords = [] }: Asker): AuthorizedOperation {
  const { schema } = policy.views[viewOf(purpose)];
  const parsed = parseOperation({ document, schema }, defaultOperationLimits);
  return authorizeOperation(parsed, new Verdicts(policy.table, askerOf({ purpose, scope, scopeWords })));
}

function refused(text: string, asker: Asker): readonly string[] {
  return authorized(parse(text), asker).refused;
}

/** What is left of a query, on one line. */
function left(text: string, asker: Asker): string {
  return authorized(parse(text), asker).permittedText.replace(/\s+/g, ' ');
}

describe('a verdict', () => {
  test('is of a position: an entry is denied off an anchor and read on it', () => {
    const entry = '{ accounts { transactions { edges { node { id } } } } fraudAlerts { transaction { id } } }';
    expect(refused(`{ me ${entry} }`, { purpose: 'FRAUD_ALERTS' })).toEqual(['Account.transactions']);
  });

  test('does not carry an item on to the next object', () => {
    const query =
      '{ me { conversations { messages { edges { node { alert { account { balances { kind } } transaction { id } } } } } } } }';
    expect(refused(query, { purpose: 'SUPPORT_CHAT' })).toEqual(['Account.balances', 'FraudAlert.transaction']);
  });

  test('is the same through an interface, an object type, a fragment and an alias', () => {
    const query = `{ me { accounts { id: balances { kind } ... on DepositAccount { balances { kind } }
      ... on Account { ... on CardAccount { ...B } } } } } fragment B on CardAccount { __typename balances { kind } }`;
    const asker: Asker = { purpose: 'FRAUD_ALERTS' };
    expect(refused(query, asker)).toEqual(['Account.balances', 'CardAccount.balances', 'DepositAccount.balances']);
    expect(left(query, asker)).toBe(
      '{ me { accounts { __typename ... on Account { ... on CardAccount { ... on CardAccount { __typename } } } } } }',
    );
  });

  test('counts a position that a variable may switch off', () => {
    const query =
      'query($no: Boolean = false) { me { accounts @include(if: $no) { balances @skip(if: true) { kind } } } }';
    expect(refused(query, { purpose: 'FRAUD_ALERTS' })).toEqual(['Account.balances']);
  });

  test('rests on each argument that is supplied', () => {
    const send = 'mutation { sendPayment(recipient: "a", amount: "1", currency: "USD", idempotencyKey: "k"';
    const scope: DataCategory[] = ['PAYMENT_ACTIVITY'];
    expect(refused(`${send}) { id } }`, { purpose: 'P2P_PAYMENT', scope })).toEqual([]);
    expect(refused(`${send}, credential: "c") { id } }`, { purpose: 'P2P_PAYMENT', scope })).toEqual([
      'Mutation.sendPayment(credential:)',
    ]);
  });

  test('lets no purpose write what another one may', () => {
    expect(
      refused('mutation { setCardLock(accountId: "a", locked: true) { state } }', { purpose: 'FRAUD_ALERTS' }),
    ).toContain('Mutation.setCardLock');
  });
});

describe('scope', () => {
  const query = '{ me { accounts { nickname balances { kind } } consents { state } } }';

  test('narrows what the purpose allows', () => {
    const asker: Asker = { purpose: 'ACCOUNT_SERVICING', scope: ['RELATIONSHIP', 'BALANCE'] };
    expect(refused(query, asker)).toEqual(['Account.nickname', 'Customer.consents']);
  });

  test('is needed word for word to change a consent', () => {
    const revoke = 'mutation { revokeConsent(consentId: "c") { state } }';
    const purpose = 'CONSENT_MANAGEMENT';
    expect(refused(revoke, { purpose })).toEqual(['Mutation.revokeConsent']);
    expect(refused(revoke, { purpose, scopeWords: ['consent:manage'] })).toEqual([]);
    const asker = askerOf({ purpose });
    expect(new Verdicts(policy.table, asker).permits('Mutation.grantConsent', false)).toBe(false);
    const manager = askerOf({ purpose, scopeWords: ['consent:manage'] });
    expect(new Verdicts(policy.table, manager).permits('Mutation.grantConsent', false)).toBe(true);
  });

  test('names RELATIONSHIP before a consent manager learns which bank a record is of', () => {
    const reading = (...scope: DataCategory[]): boolean => {
      const asker = { ...askerOf({ purpose: 'CONSENT_MANAGEMENT' }), scope: maskOf(scope) };
      return new Verdicts(policy.table, asker).permits('Consent.bank', false);
    };
    expect(reading('CONSENT_RECORD')).toBe(false);
    expect(reading('CONSENT_RECORD', 'RELATIONSHIP')).toBe(true);
  });

  test('of an auditor is `audit:read` and nothing else', () => {
    const audit = '{ auditedConsents { edges { node { state } } } }';
    expect(refused(audit, { purpose: 'COMPLIANCE_AUDIT' })).toEqual(
      ['AuditedConsent.state', 'Query.auditedConsents'].slice(1),
    );
    expect(refused(audit, { purpose: 'COMPLIANCE_AUDIT', scopeWords: ['audit:read'] })).toEqual([]);
    expect(refused('{ me { displayName } }', { purpose: 'COMPLIANCE_AUDIT' })).toEqual([]);
  });

  test('and purpose make the class that plans are kept by, however words join', () => {
    const words = (...scopeWords: string[]): string => classKey(askerOf({ scopeWords }));
    expect(words('a', 'b')).toBe(words('b', 'a'));
    expect(words('a","b')).not.toBe(words('a', 'b'));
    expect(classKey(askerOf({ purpose: 'FRAUD_ALERTS' }))).not.toBe(words());
    expect(classKey(askerOf({ scope: ['BALANCE'] }))).not.toBe(words());
  });
});

describe('what is left of an operation', () => {
  test('is nothing where the root is denied or introspection', () => {
    expect(
      authorized(parse('{ __typename __schema { queryType { name } } }'), { purpose: 'P2P_PAYMENT' }).permitted,
    ).toBeNull();
    const lock = parse('mutation { setCardLock(accountId: "a", locked: true) { state } }');
    expect(authorized(lock, { purpose: 'P2P_PAYMENT' })).toMatchObject({ permitted: null, writes: [] });
  });

  test('keeps that an object is there when all its fields are denied', () => {
    const query = '{ me { accounts { balances { kind } ... @include(if: true) { bills { payee } } } } }';
    expect(left(query, { purpose: 'FRAUD_ALERTS' })).toBe('{ me { accounts { __typename } } }');
  });

  test('names the writes that run, also inside fragments', () => {
    const query = parse(`mutation { ... on Mutation { a: sendMessage(conversationId: "c", text: "t") { id } }
      setCardLock(accountId: "a", locked: true) { id } }`);
    expect(authorized(query, { purpose: 'SUPPORT_CHAT' }).writes).toEqual(['sendMessage']);
  });
});

/** Says of each position whether it is permitted, by walking labels and cells anew. */
function permittedPaths(selectionSet: SelectionSetNode, asker: Required<Omit<Asker, 'scopeWords'>>): Set<string> {
  const { schema } = policy.views[viewOf(asker.purpose)];
  const { labels, valueTypes } = policy.classification;
  const anchors = policy.table.matrix.anchors.get(asker.purpose) ?? new Set();
  const may = (coordinate: string, item: boolean): boolean => {
    if (policy.table.verdict(asker.purpose, coordinate, item) !== 'allow') return false;
    const stated = categoriesOf(labels.get(coordinate)?.categories ?? 0).filter((word) =>
      (wide as string[]).includes(word),
    );
    return stated.every((word) => asker.scope.includes(word));
  };
  const paths = new Set<string>();
  const walk = (
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    at: { path: string; item: boolean },
  ): void => {
    for (const selection of selections) {
      const narrowed = narrowedBy(selection, type);
      if (narrowed) walk(narrowed.selectionSet, narrowed.type, at);
      if (selection.kind !== Kind.FIELD || !('getFields' in type) || selection.name.value.startsWith('__')) continue;
      const coordinate = `${type.name}.${selection.name.value}`;
      const given = (selection.arguments ?? []).map(({ name }) => `${coordinate}(${name.value}:)`);
      if (![coordinate, ...given].every((one) => may(one, at.item))) continue;
      const path = `${at.path}/${type.name}:${selection.alias?.value ?? selection.name.value}`;
      paths.add(path);
      const target = getNamedType(type.getFields()[selection.name.value]?.type);
      const item = isCompositeType(target) && valueTypes.has(target.name) ? at.item : anchors.has(coordinate);
      if (selection.selectionSet && isCompositeType(target)) walk(selection.selectionSet, target, { path, item });
    }
  };
  const root = schema.getQueryType();
  if (root) walk(selectionSet, root, { path: '', item: false });
  return paths;
}

/** What a fragment selects, and on which type; undefined for a field. */
function narrowedBy(
  selection: SelectionNode,
  type: GraphQLCompositeType,
): { selectionSet: SelectionSetNode; type: GraphQLCompositeType } | undefined {
  if (selection.kind !== Kind.INLINE_FRAGMENT) return undefined;
  const narrowed = policy.views['first-party'].schema.getType(selection.typeCondition?.name.value ?? type.name);
  return isCompositeType(narrowed) ? { selectionSet: selection.selectionSet, type: narrowed } : undefined;
}

/** Every position of a selection set, whoever may read it. */
function allPaths(selectionSet: SelectionSetNode, type: GraphQLCompositeType): string[] {
  return selectionSet.selections.flatMap((selection): string[] => {
    const narrowed = narrowedBy(selection, type);
    if (narrowed) return allPaths(narrowed.selectionSet, narrowed.type);
    if (selection.kind !== Kind.FIELD || !('getFields' in type) || selection.name.value.startsWith('__')) return [];
    const path = `/${type.name}:${selection.alias?.value ?? selection.name.value}`;
    const target = getNamedType(type.getFields()[selection.name.value]?.type);
    if (!selection.selectionSet || !isCompositeType(target)) return [path];
    return [path, ...allPaths(selection.selectionSet, target).map((below) => `${path}${below}`)];
  });
}

const firstParty = purposes.filter((purpose) => viewOf(purpose) === 'first-party');

describe('cutting what is denied', () => {
  test('leaves exactly the positions that are permitted, and an operation that the view validates', () => {
    const { schema } = policy.views['first-party'];
    const root = schema.getQueryType();
    if (!root) throw new Error('the view has no query');
    const numbers = fc.array(fc.nat(1000), { minLength: 60, maxLength: 120 });
    fc.assert(
      fc.property(numbers, fc.constantFrom(...firstParty), fc.subarray(wide), (drawnFrom, purpose, scope) => {
        const document = parse(`query ${new Draw(schema, drawnFrom).selections(root, 7)}`);
        const { permitted, operation } = authorized(document, { purpose, scope });
        const [kept] = permitted?.definitions ?? [];
        const left = kept?.kind === Kind.OPERATION_DEFINITION ? allPaths(kept.selectionSet, root) : [];
        expect(new Set(left)).toEqual(
          permittedPaths(operation.selectionSet, { purpose, scope: [...scope, 'RELATIONSHIP'] }),
        );
        if (permitted) expect(validate(schema, permitted).map(({ message }) => message)).toEqual([]);
      }),
    );
  });

  test('is written down: each denied position is in the map, and none of them is left', () => {
    const mask = maskOf(['BALANCE']);
    const { denied, operation } = authorized(parse('{ me { accounts { balances { kind } nickname } } }'), {
      purpose: 'ACCOUNT_SERVICING',
      scope: categoriesOf(mask | maskOf(['RELATIONSHIP'])),
    });
    expect([...denied].map(([node, { code }]) => `${node.name.value} ${code}`)).toEqual(['nickname PURPOSE_DENIED']);
    expect(JSON.stringify(operation)).toContain('nickname');
  });
});
