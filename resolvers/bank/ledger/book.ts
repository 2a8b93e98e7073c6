/** One customer's whole history at a bank: movements, postings, statements. */
import type { DemoAccount } from '../../demo/world.js';
import { alertsOf, type Alert } from './alerts.js';
import { conversationsOf, type Conversation } from './conversations.js';
import { householdMovements } from './household.js';
import { postingOf, type Movement, type Posting } from './movement.js';
import type { Scene } from './scene.js';
import { spendingMovements } from './spending.js';
import { statementOf, type Line, type Statement } from './statement.js';
import { upkeepMovements } from './upkeep.js';

/** The history of one customer. */
export interface CustomerBook {
  readonly scene: Scene;
  readonly movements: readonly Movement[];
  /** The double-entry journal, oldest first. */
  readonly postings: readonly Posting[];
  readonly statements: ReadonlyMap<string, Statement>;
  /** Newest first; some may lie in the future. */
  readonly alerts: readonly Alert[];
  /** Newest first. */
  readonly conversations: readonly Conversation[];
}

/** Writes a customer's book. Cost grows with the days of the scene: a few thousand movements for 18 months. */
export function bookOf(scene: Scene): CustomerBook {
  const before = [...householdMovements(scene), ...spendingMovements(scene)];
  const movements = [...before, ...upkeepMovements(scene, before)];
  const postings = movements
    .map((movement) => postingOf(movement, scene.currency))
    .filter((posting) => posting !== undefined);
  const statements = scene.customer.accounts.map(({ reference }: DemoAccount) => statementOf(reference, movements));
  const alerts = alertsOf(scene, movements);
  return {
    scene,
    movements,
    postings: postings.toSorted((one, other) => one.atMs - other.atMs || (one.key < other.key ? -1 : 1)),
    statements: new Map(statements.map((statement) => [statement.accountReference, statement])),
    alerts,
    conversations: conversationsOf(scene, alerts),
  };
}

/** The line with this transaction id, in whatever phase. */
export function lineById({ statements }: CustomerBook, id: string): Line | undefined {
  for (const { lines, positions } of statements.values()) {
    const position = positions.get(id);
    if (position !== undefined) return lines[position];
  }
  return undefined;
}
