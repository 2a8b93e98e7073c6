/** Random rows of a matrix: every cell word where the file may hold it. */
import type { Books } from './policyBooks.js';
import type { Dice } from './dice.js';

/** The purposes of the domain, by what may ever be opened to them. */
export const purposesOf: Readonly<Record<'firstParty' | 'never' | 'all', readonly string[]>> = (() => {
  const firstParty =
    'ACCOUNT_SERVICING FRAUD_ALERTS SUPPORT_CHAT P2P_PAYMENT MERCHANT_CHECKOUT CONSENT_MANAGEMENT'.split(' ');
  const never =
    'AD_TARGETING AD_MEASUREMENT CROSS_SELL CONTENT_RANKING THIRD_PARTY_SHARING DATA_SALE ANALYTICS MODEL_TRAINING ELIGIBILITY'.split(
      ' ',
    );
  return { firstParty, never, all: [...firstParty, 'COMPLIANCE_AUDIT', ...never] };
})();

/** The financial categories that have cells. */
export const financialWords: readonly string[] =
  'RELATIONSHIP ACCOUNT_IDENTITY HOLDER_PII AVAILABLE_BALANCE BALANCE TERMS BILLS TRANSACTION_CORE TRANSACTION_DETAIL PAYMENT_CREDENTIAL PAYMENT_ACTIVITY FRAUD_SIGNAL BANK_OFFER CONVERSATION'.split(
    ' ',
  );

const cells = ['allow', 'allow', 'allow', 'allow', 'item', 'item', 'write', 'picking', 'deny', 'deny'];
const recordCells = ['own', 'own', 'reduced', 'deny'];

/** Draws the rows: the never-consentable ones empty, the auditor's without financial data, all others anything. */
export function drawRows(dice: Dice): Books['rows'] {
  const row = (purpose: string): Record<string, string> => {
    const isOpen = purposesOf.firstParty.includes(purpose);
    const records = isOpen || purpose === 'COMPLIANCE_AUDIT' ? recordCells : ['deny'];
    return Object.fromEntries([
      ...financialWords.map((word) => [word, isOpen ? dice.pick(cells) : 'deny']),
      ...['CONSENT_RECORD', 'RECEIPT'].map((word) => [word, dice.pick(records)]),
    ]);
  };
  return Object.fromEntries(purposesOf.all.map((purpose) => [purpose, row(purpose)]));
}
