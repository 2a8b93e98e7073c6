/** Part 7: the committed lock is of this very policy, and enough approvers signed it. */
import type { PartResult, Subject } from './subject.js';

/** The lock's own problems. What is wrong with a lock is a matter of files and signatures: no operation replays it. */
export function proveLock({ lock, hash }: Subject): PartResult {
  return {
    part: 'lock',
    checked: `policy ${hash.slice(0, 12)}`,
    findings: lock.map((problem) => ({ part: 'lock', ...problem })),
  };
}
