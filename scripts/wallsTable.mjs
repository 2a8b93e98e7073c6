/** The walls that a test build can do without, and which attacks are stopped by one of them alone. */

/** Name of the stand-in in test/attacks/withoutWall, the module that it stands for, and what the wall does. */
export const walls = [
  { name: 'labels', module: 'src/supergraph/classify', does: 'wants a label on every field, argument and input field' },
  { name: 'flow', module: 'src/supergraph/flow/analyseFlow', does: 'follows data between subgraphs' },
  { name: 'restrictions', module: 'src/supergraph/restrictions', does: 'reads what subgraphs demand beyond labels' },
  { name: 'nullability', module: 'src/policy/tableProblems', does: 'refuses non-null fields that can be denied' },
  { name: 'doubleEntry', module: 'src/policy/doubleEntry', does: 'compares the two books' },
  { name: 'lock', module: 'src/policy/lock/lock', does: 'asks for the approvers’ signatures' },
  { name: 'clients', module: 'src/principal/claims', does: 'binds clients to their purposes' },
  { name: 'scopes', module: 'src/principal/scope', does: 'refuses scopes that the purpose does not admit' },
  { name: 'views', module: 'src/principal/principal', does: 'shows each purpose its view only' },
  { name: 'limits', module: 'src/operation/parsedOperation', does: 'bounds what an operation expands to' },
  { name: 'rows', module: 'src/operation/rowDemand', does: 'bounds the rows that pages hold together' },
  { name: 'cacheKeys', module: 'src/gateway/operationCache', does: 'keeps operations of different principals apart' },
  { name: 'verdicts', module: 'src/authorize/verdicts', does: 'judges every position before planning' },
  { name: 'planCheck', module: 'src/gateway/planCheck', does: 'compares each planned fetch with the verdicts' },
  {
    name: 'consents',
    module: 'src/consent/consentPort',
    does: 'knows what the customer allows whom, and still allows',
  },
  { name: 'sealedIds', module: 'src/partition/sealedId', does: 'binds ids to a customer' },
  { name: 'narrowing', module: 'src/partition/territory', does: 'asks banks only for what is granted' },
  { name: 'grants', module: 'src/partition/grantBody', does: 'writes into the grant what the matrix allows' },
  { name: 'grantCheck', module: 'src/partner/callCheck', does: 'verifies grants and bodies at the partner' },
  { name: 'shield', module: 'src/policy/shield', does: 'judges every field at the subgraph' },
  { name: 'idempotency', module: 'resolvers/idempotency', does: 'binds idempotency keys to a customer' },
  { name: 'inspection', module: 'src/partition/inspect', does: 'checks and stamps what banks answer' },
  { name: 'lastWall', module: 'src/response/wall', does: 'compares each value with its stamp before it is written' },
];

/**
 * Wall → attempts that no other wall stops: a class as a whole, or one that begins with these words. An attempt that gets
 * through without a wall and does not stand here is a complaint; so is one that stands here and is stopped.
 */
const alone = {
  labels: ['a new implementer', 'a scalar has'],
  flow: ['a graph leaks by ', 18],
  restrictions: [17],
  nullability: [31],
  doubleEntry: [35],
  lock: [52],
  scopes: [22],
  views: [10],
  limits: ['fragments that expand'],
  rows: ['sixty pages'],
  consents: [28],
  sealedIds: ['a customer reads the bank', 50],
  grantCheck: [41],
  idempotency: [49],
  inspection: [20],
};

/** True where an attempt is known to get through once this one wall is out. */
export function restsAlone(wall, { of, tries }) {
  return (alone[wall] ?? []).some((known) => known === of || (typeof known === 'string' && tries.startsWith(known)));
}

/** Classes without a wall that could be taken out: what holds instead. Each has its cases in test/attacks all the same. */
export const unswitched = {
  23: 'one library verifies signatures, by pinned issuers, algorithms and key ids; test/principal/verifier.test.ts forges each',
  24: 'nothing but one `Authorization` header is read; there are no connection parameters',
  25: 'no stream exists: no view has a subscription root',
  26: 'settings and policy are parsed by strict schemas; what lacks a file or a member does not start',
  29: 'nothing reloads: schema, policy and keys of banks are those of the start',
  30: 'errors are made of codes from one list; a bank’s text is not kept anywhere that an error could take it from',
  32: 'what a hidden field costs is a validation error; bench/ compares times',
  33: 'the log takes no values, and drops members that could hold one; the canaries look for what is written',
  34: 'a bank that did not disclose itself is in no list that answers are made from',
  42: 'a request to a bank is made from that bank’s rows and from the standing at that bank alone',
  43: 'answers are JSON that browsers do not interpret, the graph has no URL, and the explorer loads nothing from elsewhere',
  44: 'the transport calls registered addresses only, follows no redirect, and reads no proxy setting',
  45: 'there is no operator surface on the public port, no WebSocket, and no cross-origin header',
  46: 'a pinned hash refuses every other policy, an older one too',
  47: 'there is no bus',
  48: 'masks have fewer than 31 bits, which a test counts',
  51: 'the lock file names every package by its SHA-512, and a test reads it',
  53: 'identifiers are keyed hashes or random; a test tries guesses on everything that is answered and logged',
};
