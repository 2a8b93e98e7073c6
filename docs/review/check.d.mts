/** What the checker found: `established` in words when nothing is wrong, else each breach in words. */
export interface Report {
  readonly ok: boolean;
  readonly breaches: readonly string[];
  readonly established: readonly string[];
}
/** Verifies a parsed certificate against a supergraph's text; `hash` pins the policy. Throws on a text that it cannot read. */
export function check(text: string, certificate: unknown, hash?: string): Report;
