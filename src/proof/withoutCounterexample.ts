/** The codes whose findings no operation can show, each with the reason: what a report says in place of a counterexample. */

interface Reason {
  readonly why: string;
  readonly codes: readonly string[];
}

/** Findings of these codes never have a counterexample. */
export const withoutCounterexample: readonly Reason[] = [
  {
    why: 'a matter of files and signatures: nothing is served, and no operation shows it',
    codes: ['LOCK_MISSING', 'LOCK_MISMATCH', 'LOCK_SIGNATURE', 'LOCK_UNSIGNED', 'LOCK_INVALID'],
  },
  {
    why: 'nothing compiles, so that there is no graph to ask: mend it and prove again',
    codes: [
      'FILE_UNREADABLE',
      'SYNTAX',
      'SUBGRAPH_NAME',
      'POLICY_FILE',
      'COMPOSITION',
      'UNKNOWN_CATEGORY',
      'DERIVED_WITHOUT_FROM',
      'FROM_WITHOUT_DERIVED',
      'REDUCED_DISAGREES',
      'INTERFACE_DISAGREES',
      'VALUE_TYPE',
      'UNKNOWN_SEALED_KIND',
      'DECLASSIFY',
      'SECURITY_LINK',
      'EMPTY_REQUIREMENT',
    ],
  },
  { why: 'what carries no category is denied to everybody: the label is missing', codes: ['UNCLASSIFIED'] },
  { why: 'a demand that nobody can meet denies the field to everybody', codes: ['POLICY_NAME'] },
  { why: 'an exception for what does not travel: nothing arrives yet', codes: ['DECLASSIFY_IDLE'] },
  {
    why: 'about names and labels that the graph does not have today: the compiler is what is wrong',
    codes: ['DENIAL_BEATEN', 'OPEN_BY_DEFAULT'],
  },
];

/** Why a finding without a counterexample has none. */
export function reasonWithout(code: string, compiles: boolean): string {
  const known = withoutCounterexample.find(({ codes }) => codes.includes(code))?.why;
  if (known !== undefined) return known;
  return compiles
    ? 'no operation of any view makes it happen: what the tables say of it is denied by another rule, or is not in the graph'
    : 'nothing compiles, so that there is no graph to ask: mend it and prove again';
}

/** For `--help`: one line for each reason. */
export function withoutCounterexampleHelp(): string {
  return withoutCounterexample.map(({ why, codes }) => `  ${codes.join(', ')}:\n    ${why}\n`).join('');
}
