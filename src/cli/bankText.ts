/** What an order came to → lines for an operator. */
import type { BankAnswer, BankShown, DecisionShown } from './bankDesk.js';
import { keysText } from './keyText.js';

/** The text; one bank alone is shown whole. */
export function bankText(answer: BankAnswer): string {
  switch (answer.kind) {
    case 'banks':
      return answer.banks.length === 1 ? answer.banks.map(whole).join('') : table(answer.banks);
    case 'keys':
      return keysText(answer);
    case 'consents':
      if (answer.consents.length === 0) return 'no consent was concerned\n';
      return answer.consents.map(({ id, state }) => `consent ${id} is ${state}\n`).join('');
    case 'link':
      return `the customer is ${answer.linked ? 'linked' : 'not linked'} at ${answer.bank}\n`;
  }
}

function table(banks: readonly BankShown[]): string {
  const width = Math.max(...banks.map(({ bank }) => bank.length), 4);
  return banks.map((bank) => `${bank.bank.padEnd(width)}  ${bank.status.padEnd(17)} ${since(bank)}\n`).join('');
}

function since({ version, decisions, configuredStatus, status }: BankShown): string {
  const decision = decisions.find((one) => one.version === version);
  if (!decision) return 'as configured';
  const configured = configuredStatus === status ? '' : `, configured ${configuredStatus}`;
  return `decision ${version} by ${decision.by}: ${decision.reason}${configured}`;
}

function whole(bank: BankShown): string {
  const limits = [
    limit('history', bank.lookbackDays, 'days'),
    limit('longest consent', bank.maximumConsentDays, 'days'),
    limit('at most', bank.callsPerMinute, 'requests a minute'),
    ...(bank.maintenance ?? []).map(({ from, until }) => `  not asked from ${from} until ${until}\n`),
  ];
  const covers = Object.entries(bank.covers).map(([purpose, list]) => `  ${purpose}: ${list.join(' ') || 'nothing'}\n`);
  const head = `${bank.bank}  ${bank.status}  ${since(bank)}\n`;
  return [head, ...limits, ...covers, ...bank.decisions.map(decisionLine)].join('');
}

function limit(name: string, count: number | undefined, unit: string): string {
  return count === undefined ? '' : `  ${name}: ${count} ${unit}\n`;
}

function decisionLine({ version, status, enteredAt, effectiveFrom, by, reason }: DecisionShown): string {
  const from = effectiveFrom === undefined ? '' : `, from ${effectiveFrom}`;
  return `  decision ${version}, ${enteredAt}${from}, by ${by}: ${status ?? 'status as configured'}: ${reason}\n`;
}
