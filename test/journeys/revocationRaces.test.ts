/** Consent revoked while banks answer, under two instances over one store; `REVOCATIONS=1000` for a longer run. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createConsentPort, revoke } from '../../src/consent/index.js';
import { Departures } from '../../src/gateway/departures.js';
import { maskOf, type Agreement } from '../../src/policy/index.js';
import { startLiveConsents, storeKeysOf, type LiveConsents } from '../../src/store/index.js';
import { makeConsent } from '../consent/makeConsent.js';
import { account, holding } from '../partition/rows.js';
import { createWorld } from '../partition/world.js';
import { onEachDatabase } from '../store/databases.js';

const revocations = Number(process.env.REVOCATIONS ?? 20);
const readsEach = 4;
const [usualMs, slowMs] = [12, 150];
const customer = 'customer-1';
const harbor: Agreement = { bank: 'harbor', status: 'LIVE', region: 'US', covers: new Map() };
const query = '{ me { accounts { nickname balances { money { amount } } } } }';

const turns = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * ms));

/** One gateway: its own view of the consents, its own answers on their way. */
interface Instance {
  readonly live: LiveConsents;
  /** Reads; resolves when the answer is on its socket, with what `onSocket` then says of it. */
  read<Said>(onSocket: (text: string) => Said): Promise<Said>;
}

onEachDatabase('two instances while consent is revoked', (open) => {
  const instance = async (): Promise<Instance> => {
    const departures = new Departures();
    const live = await startLiveConsents(await open(), storeKeysOf(Buffer.alloc(32, 5)), {
      monotonicMs: () => performance.now(),
      onFailure: () => undefined,
      departed: () => departures.settled(),
    });
    const consents = createConsentPort(live, { agreement: () => harbor, agreements: () => [harbor] }, () => new Date());
    let handed = Promise.resolve();
    const world = createWorld({
      banks: [],
      rows: { harbor: holding({ accounts: [account('a1')] }) },
      line: () => turns(Math.random() < 0.3 ? slowMs : usualMs).then(() => undefined),
      live: { consents, departures, handed: () => handed },
    });
    const read: Instance['read'] = async (onSocket) => {
      let tell: () => void = () => undefined;
      handed = new Promise((resolve) => (tell = resolve));
      try {
        const text = await world.text(query);
        await turns(3); // serialized, and not yet on its socket
        return onSocket(text);
      } finally {
        tell();
      }
    };
    return { live, read };
  };

  test('hand no value to a socket after the revocation was acknowledged', async () => {
    const instances = [await instance(), await instance()];
    const any = (): Instance => instances[Math.floor(Math.random() * 2)] as Instance;
    const seen = { late: 0, released: 0, kept: 0 };
    for (let round = 0; round < revocations; round += 1) {
      const id = randomUUID();
      const dates = { grantedAt: Date.now() - 1000, stateSince: Date.now() - 1000, expiresAt: Date.now() + 3_600_000 };
      const facts = { id, customer, customerReference: 'harbor-c1', accounts: ['a1'], ...dates };
      const consent = makeConsent({ ...facts, categories: maskOf(['BALANCE', 'ACCOUNT_IDENTITY']) });
      await any().live.change(customer, () => ({ consents: [consent], result: undefined }));
      for (const { live } of instances) await live.ofCustomer(customer);
      let acknowledged = false;
      const reads = Array.from({ length: readsEach * 2 }, (_, index) =>
        (instances[index % 2] as Instance).read((text) => {
          if (!text.includes('12.30')) seen.kept += 1;
          else if (acknowledged) seen.late += 1;
          else seen.released += 1;
        }),
      );
      await Promise.race(reads);
      if (round % 2 === 0) await turns(usualMs);
      const step = revoke(id, Date.now());
      await any().live.change(customer, step);
      acknowledged = true;
      await Promise.all(reads);
    }
    for (const { live } of instances) await live.stop();
    expect(seen.late).toBe(0);
    expect(Math.min(seen.released, seen.kept)).toBeGreaterThan(0);
  }, 1_800_000);
});
