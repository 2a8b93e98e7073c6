/** Where a problem lies: a file as it was named to us, with a 1-based line and column. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One finding of a check over files: composition, policy and configuration return lists of these and throw for bugs
 * only. `code` is stable, `message` says what is wrong and what was expected.
 */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly coordinate?: string;
  readonly location?: SourceLocation;
}

/** One line for a terminal: `schema/bank.graphql:12:3 UNCLASSIFIED Account.id: …`. */
export function printProblem({ code, message, coordinate, location }: Problem): string {
  const where = location ? `${location.file}:${location.line}:${location.column} ` : '';
  return `${where}${code}${coordinate ? ` ${coordinate}` : ''}: ${message}`;
}
