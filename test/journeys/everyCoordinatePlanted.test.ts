/**
 * A wrong bit in one of the policy's books, planted in a copy of the whole program: nothing serves, and it says where. Every
 * cell, label and rule is planted against the comparison itself in test/policy.
 */
import { describe, expect, test } from '@jest/globals';
import { makeCopy, removeCopy, start, type Edit, type Start } from './everyCoordinate/world.js';

/** What is planted, and what the refusal must name. */
interface Planted {
  readonly what: string;
  readonly edit: Edit;
  /** All on one line: the coordinate, and the purpose unless one book alone is already wrong. */
  readonly names: readonly string[];
}

/** Edits of one cell of the matrix. */
function cell(purpose: string, category: string, [was, is]: readonly [string, string]): Edit {
  const row = new RegExp(`(  ${purpose}:\\n(?:    \\w+: \\w+\\n)*?    ${category}: )${was}\\b`);
  return { file: 'policy/matrix.yaml', from: row, to: `$1${is}` };
}

const matrix: readonly Planted[] = [
  {
    what: 'the matrix opens balances to FRAUD_ALERTS',
    edit: cell('FRAUD_ALERTS', 'BALANCE', ['deny', 'allow']),
    names: ['DepositAccount.balances', 'FRAUD_ALERTS'],
  },
];

const labels: readonly Planted[] = [
  {
    what: 'a label calls the subject of a chat public',
    edit: label('  subject: String', 'CONVERSATION', 'PLATFORM_PROFILE'),
    names: ['Conversation.subject', 'ACCOUNT_SERVICING'],
  },
  {
    what: 'a label calls a payment’s credential an activity',
    edit: {
      file: 'schema/platform/wallet.graphql',
      from: 'credential: String @data(category: PAYMENT_CREDENTIAL)',
      to: 'credential: String @data(category: PAYMENT_ACTIVITY)',
    },
    names: ['Mutation.sendPayment(credential:)', 'PAYMENT_CREDENTIAL'],
  },
];

function label(field: string, was: string, is: string): Edit {
  return {
    file: 'schema/bank.graphql',
    from: `${field} @data(category: ${was})`,
    to: `${field} @data(category: ${is})`,
  };
}

const rules: readonly Planted[] = [
  {
    what: 'a shield rule reads balances as identity',
    edit: rule('balances: is.readsBalance', 'balances: is.readsAccountIdentity'),
    names: ['DepositAccount.balances', 'FRAUD_ALERTS'],
  },
];

function rule(from: string, to: string): Edit {
  return { file: 'dist/src/policy/permissions.js', from, to };
}

describe('a wrong bit in one book', () => {
  test.each([...matrix, ...labels, ...rules])(
    '$what: the program does not start',
    async ({ edit, names }) => {
      const begun = await startWith(edit);
      expect(begun).toMatchObject({ kind: 'refused', listening: [] });
      const lines = begun.kind === 'refused' ? begun.output.split('\n') : [];
      expect(lines.filter((line) => names.every((name) => line.includes(name)))).not.toEqual([]);
    },
    60_000,
  );
});

async function startWith(edit: Edit): Promise<Start> {
  const root = makeCopy([edit]);
  try {
    const begun = await start(root);
    if (begun.kind === 'ready') await begun.world.stop();
    return begun;
  } finally {
    removeCopy(root);
  }
}
