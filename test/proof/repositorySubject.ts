import { examine, type Subject } from '../../src/proof/index.js';

/** This repository as a subject, its lock left out. */
export function repositorySubject(): Subject {
  const examined = examine(process.cwd(), () => []);
  if (examined.kind === 'problems') throw new Error(JSON.stringify(examined.problems));
  return examined.subject;
}
