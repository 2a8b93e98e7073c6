/** An explanation → text for a terminal. */
import type { AskedPartner } from '../partition/index.js';
import type { Explanation, ShownAsker } from './explanation.js';
import type { BankShown } from './explainedBanks.js';

/** Who asks; then the view's refusal, or verdicts, plan and banks. */
export function explanationText(explanation: Explanation): string {
  const { asker } = explanation;
  const parts =
    explanation.kind === 'refused'
      ? [
          section('not valid in this view', explanation.errors),
          section('hidden coordinates that it wanted', explanation.hidden),
        ]
      : [
          section('verdicts', verdictLines(explanation.rulings)),
          section('plan', explanation.plan === '' ? [] : explanation.plan.split('\n')),
          section('problems', explanation.problems),
          section('banks', bankLines(explanation)),
        ];
  return `${[askerLines(asker).join('\n'), ...parts.filter((part) => part !== '')].join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function askerLines({ client, purpose, customer, view, scope }: ShownAsker): string[] {
  const about = customer === undefined ? '' : ` about ${customer}`;
  return [`${client} asks for ${purpose}${about}; view ${view}`, `scope: ${scope.join(' ') || 'empty'}`];
}

type Explained = Extract<Explanation, { kind: 'explained' }>;

function verdictLines(rulings: Explained['rulings']): string[] {
  const width = Math.max(0, ...rulings.map(({ path }) => path.length));
  const names = Math.max(0, ...rulings.map(({ coordinate }) => coordinate.length));
  return rulings.flatMap(({ verdict, path, coordinate, item, reasons }) => {
    const head = `${verdict.padEnd(5)}  ${path.padEnd(width)}  ${coordinate.padEnd(names)}  ${item ? 'item' : '    '}`;
    const [first = '', ...more] = reasons;
    return [`${head}  ${first}`, ...more.map((reason) => `${' '.repeat(head.length)}  ${reason}`)];
  });
}

function bankLines({ asker, banks, problems }: Explained): string[] {
  if (problems.length > 0) return ['what they are asked is known once there are no problems (variables: --variables)'];
  if (asker.view !== 'first-party') return ['no bank is ever asked for this purpose'];
  if (banks.length === 0) return ['nothing of this is fetched from a bank'];
  return banks.flatMap(linesOfBank);
}

function linesOfBank({ bank, asked, leftOut, notAsked }: BankShown): string[] {
  const left = leftOut.map(
    ({ coordinate, code, missing }) => `  not asked: ${coordinate}: ${code} (${missing.join(', ')})`,
  );
  if (notAsked !== undefined) return [`${bank}: not asked, ${notAsked}`, ...left];
  return [...asked.flatMap(linesOfRequest), ...left];
}

function linesOfRequest({ bank, accounts, document }: AskedPartner): string[] {
  const granted =
    accounts === 'all'
      ? ['  granted on all accounts, to pick from']
      : accounts.map(({ reference, categories, anchored }) => {
          const items = anchored.map(({ edge, categories: below }) => `${below.join(' ')} below ${edge}`);
          return `  granted on ${reference}: ${[categories.join(' '), ...items].filter((one) => one !== '').join('; ')}`;
        });
  return [`${bank} is asked`, ...granted, ...document.split('\n').map((line) => `    ${line}`)];
}
