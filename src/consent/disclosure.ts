/** Terms of a consent → the text that the customer is shown before they agree, and its hash. */
import { createHash } from 'node:crypto';
import { categoriesOf, type ConsentablePurpose, type DataCategory } from '../policy/index.js';
import { daysOf, type Consent } from './consent.js';

/** The terms that a customer is shown before they agree. Which accounts, they pick themselves. */
export type DisclosedTerms = Pick<Consent, 'client' | 'purpose' | 'categories' | 'duration' | 'lookbackDays'>;

/** What a consent keeps of the text that its customer was shown. */
export type Disclosure = Pick<Consent, 'disclosureHash' | 'disclosureVersion'>;

/** The wording below. It moves with any change of a word, so that a stored hash can be checked against its own text. */
export const disclosureVersion = 1;

/** The text and version shown today for these terms, as a consent keeps them. */
export function disclosureOf(terms: DisclosedTerms): Disclosure {
  const disclosureHash = createHash('sha256').update(disclosureTextOf(terms)).digest('hex');
  return { disclosureHash, disclosureVersion };
}

/**
 * What the customer is shown, in English, beside the name of the bank or partner, which is told apart from other facts of
 * a consent because it says where the customer banks. The same terms give the same text, whoever agrees to them, and terms that allow
 * something else give another one.
 */
export function disclosureTextOf({ client, purpose, categories, duration, lookbackDays }: DisclosedTerms): string {
  const days = daysOf(duration);
  const once = duration.kind === 'ONE_TIME' ? ', for one time' : '';
  const history = lookbackDays === undefined ? 'as far back as it is shared' : `of the last ${lookbackDays} days`;
  return [
    `You allow ${client} to use data that this bank or partner holds about you.`,
    `What for: ${purposeWords[purpose]}.`,
    ...categoriesOf(categories).map((category) => `Data: ${categoryWords[category] ?? category}.`),
    `History: ${history}.`,
    `How long: at most ${days} ${days === 1 ? 'day' : 'days'} from when it takes effect${once}; less where it allows less.`,
    'Only the accounts that you pick are included.',
    'None of it is used for advertising, sold, or passed to third parties.',
    'You can end this at any time, and it ends at once.',
    '',
  ].join('\n');
}

const purposeWords: Readonly<Record<ConsentablePurpose, string>> = {
  ACCOUNT_SERVICING: 'to show you your accounts and manage them',
  FRAUD_ALERTS: 'to warn you of fraud',
  SUPPORT_CHAT: 'to let you chat with the bank',
  P2P_PAYMENT: 'to send money to people and ask them for it',
  MERCHANT_CHECKOUT: 'to pay at listed retailers',
};

/** Every category that a consent can name; any other would stand under its own name. */
const categoryWords: Readonly<Partial<Record<DataCategory, string>>> = {
  RELATIONSHIP: 'that you are a customer there, and which accounts exist',
  ACCOUNT_IDENTITY: 'name, kind and last digits of the accounts and cards',
  HOLDER_PII: 'your name, address, phone number and email address as the bank knows them',
  AVAILABLE_BALANCE: 'the balance that is available',
  BALANCE: 'balances and limits',
  TERMS: 'rates, fees and terms',
  BILLS: 'upcoming bills and scheduled payments',
  TRANSACTION_CORE: 'amount, date and state of transactions',
  TRANSACTION_DETAIL: 'merchant, place and description of transactions',
  PAYMENT_CREDENTIAL: 'a token of your device that starts a payment, used for that and never shown',
  PAYMENT_ACTIVITY: 'payments sent, received and asked for',
  FRAUD_SIGNAL: 'warnings of fraud',
  CONVERSATION: 'what you and the bank write to each other',
};
