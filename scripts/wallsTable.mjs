/** The walls that a test build can do without, and which attacks are stopped by one of them alone. */

/** Name of the stand-in in test/attacks/withoutWall, and the module that it stands for. */
export const walls = [
  { name: 'flow', module: 'src/supergraph/flow/analyseFlow' },
  { name: 'restrictions', module: 'src/supergraph/restrictions' },
  { name: 'nullability', module: 'src/policy/tableProblems' },
  { name: 'doubleEntry', module: 'src/policy/doubleEntry' },
  { name: 'lock', module: 'src/policy/lock/lock' },
  { name: 'clients', module: 'src/principal/claims' },
  { name: 'scopes', module: 'src/principal/scope' },
  { name: 'views', module: 'src/principal/principal' },
  { name: 'limits', module: 'src/operation/parsedOperation' },
  { name: 'cacheKeys', module: 'src/gateway/operationCache' },
  { name: 'verdicts', module: 'src/authorize/verdicts' },
  { name: 'planCheck', module: 'src/gateway/planCheck' },
  { name: 'consents', module: 'src/consent/consentPort' },
  { name: 'sealedIds', module: 'src/partition/sealedId' },
  { name: 'narrowing', module: 'src/partition/territory' },
  { name: 'grants', module: 'src/partition/grantBody' },
  { name: 'grantCheck', module: 'src/partner/callCheck' },
  { name: 'shield', module: 'src/policy/shield' },
  { name: 'idempotency', module: 'resolvers/wallet/idempotency' },
  { name: 'inspection', module: 'src/partition/inspect' },
  { name: 'lastWall', module: 'src/response/wall' },
];

/** Wall → classes that no other wall stops, as a whole or by the beginning of what is tried. */
const alone = {};

/** True where an attack is known to get through once this one wall is out. */
export function aloneIn(wall, of, tries) {
  return (alone[wall] ?? []).some((known) => known === of || (typeof known === 'string' && tries.startsWith(known)));
}

/** Classes without a wall that could be taken out: what holds instead, and where a test shows it. */
export const unswitched = {};
