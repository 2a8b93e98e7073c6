/** Carries out orders about single consents: what a bank says of them, or the platform itself. */
import {
  isInEffect,
  rejectBy,
  resume,
  revokeBy,
  suspend,
  type Consent,
  type ConsentRepository,
  type CustomerConsents,
  type Intervener,
  type Intervention,
  type InterventionOutcome,
} from '../consent/index.js';
import { InternalFault } from '../fault/index.js';
import type { ConsentOrder } from './bankOrder.js';

const steps = { revoke: revokeBy, 'suspend-consent': suspend, 'resume-consent': resume } as const;
const unknown: InterventionOutcome = { kind: 'unknown' };

/**
 * The consent as it stands then. Rejects with an `InternalFault` where the bank has no such consent, and where the consent cannot
 * get there; nothing was changed then.
 */
export async function intervened(
  repository: ConsentRepository,
  order: ConsentOrder,
  now: number,
): Promise<Pick<Consent, 'id' | 'state'>> {
  const { bank, consent: consentId } = order;
  const [customer] = await repository.customersOf({ kind: 'consent', id: consentId });
  const by: Intervener = order.platform ? { kind: 'PLATFORM' } : { kind: 'BANK', bank };
  const step = steps[order.kind]({ by, consentId, now });
  const outcome =
    customer === undefined
      ? unknown
      : await repository.change(customer, (current) =>
          isAt(bank, consentId, current) ? step(current) : { consents: [], result: unknown },
        );
  if (outcome.kind === 'unknown') throw new InternalFault(`nothing was changed: \`${bank}\` has no such consent`);
  const { id, state } = outcome.consent;
  if (outcome.kind === 'done') return { id, state };
  throw new InternalFault(`nothing was changed: the consent is ${state}${whyNot[order.kind]}`);
}

const whyNot = {
  revoke: ', and was never in effect or has ended',
  'suspend-consent': ', and was never in effect or has ended',
  'resume-consent': ', and nothing that this side could lift holds it back',
} as const;

/** The platform reaches every consent; an order reaches those at the bank that it names. */
function isAt(bank: string, id: string, { consents }: CustomerConsents): boolean {
  return consents.some((consent) => consent.id === id && consent.bank === bank);
}

/** Ends every consent of the customer at the bank, in one step: revoked where it was in effect, else rejected. */
export async function endAllAt(
  repository: ConsentRepository,
  { customer, bank }: Pick<Consent, 'customer' | 'bank'>,
  now: number,
): Promise<void> {
  await repository.change(customer, (current) => {
    const ended = current.consents
      .filter((consent) => consent.bank === bank)
      .flatMap((consent) => endOf(consent, { by: { kind: 'BANK', bank }, consentId: consent.id, now }, current));
    return { consents: ended, result: undefined };
  });
}

function endOf(consent: Consent, intervention: Intervention, current: CustomerConsents): readonly Consent[] {
  return (isInEffect(consent) ? revokeBy : rejectBy)(intervention)(current).consents;
}
