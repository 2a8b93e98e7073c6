import { expect, test } from '@jest/globals';
import {
  createAgreementRegistry,
  currentAgreements,
  disclosedBanks,
  underRegistry,
  type AgreementVersion,
} from '../../src/consent/index.js';
import { ClientFault } from '../../src/fault/index.js';
import type { ConsentPort } from '../../src/policy/index.js';

const clocks = { now: () => new Date(0), monotonicMs: () => 0 };
const harbor = { bank: 'harbor', status: 'LIVE', region: 'US', covers: new Map() } as const;
const suspended: AgreementVersion = {
  bank: 'harbor',
  version: 1,
  terms: { status: 'SUSPENDED' },
  enteredAt: 0,
  by: 'ops',
  reason: 'a test',
};
const question = { customer: 'customer-1', client: 'messenger', purpose: 'ACCOUNT_SERVICING' } as const;

function consentsAt(epoch: () => number): ConsentPort {
  return { epoch: async () => epoch(), knownEpoch: epoch, standing: async () => ({ epoch: epoch(), banks: [] }) };
}

test('a decision about a bank moves the epoch of an answer that is under way', async () => {
  const registry = createAgreementRegistry([harbor], clocks);
  registry.apply([], 0);
  const consents = underRegistry(
    consentsAt(() => 7),
    registry,
  );
  const { epoch } = await consents.standing(question, new Date(0));
  expect([await consents.epoch('customer-1'), consents.knownEpoch('customer-1')]).toEqual([epoch, epoch]);
  registry.apply([suspended], 0);
  expect(await consents.epoch('customer-1')).toBeGreaterThan(epoch);
  expect(consents.knownEpoch('customer-1')).toBe(await consents.epoch('customer-1'));
});

test('a decision that comes while consents are read makes the answer older, never newer', async () => {
  const registry = createAgreementRegistry([harbor], clocks);
  registry.apply([], 0);
  const epoch = () => {
    registry.apply([suspended], 0);
    return 7;
  };
  const consents = underRegistry(consentsAt(epoch), registry);
  const standing = await consents.standing(question, new Date(0));
  expect(await consents.epoch('customer-1')).toBeGreaterThan(standing.epoch);
});

test('no consent is judged while the decisions about banks are not known', async () => {
  const consents = underRegistry(
    consentsAt(() => 7),
    createAgreementRegistry([harbor], clocks),
  );
  await expect(consents.standing(question, new Date(0))).rejects.toThrow(new ClientFault('STALE'));
  await expect(consents.epoch('customer-1')).rejects.toThrow(new ClientFault('STALE'));
  expect(() => consents.knownEpoch('customer-1')).toThrow(new ClientFault('STALE'));
});

test('no bank is known to be disclosed before decisions are read, nor when they are too old', () => {
  let monotonicMs = 0;
  const registry = createAgreementRegistry([harbor], { ...clocks, monotonicMs: () => monotonicMs });
  const current = currentAgreements(registry);
  const known = () => [disclosedBanks(current), registry.agreement('harbor')?.status];
  expect(known()).toEqual([undefined, 'LIVE']);
  expect(() => current.agreement('harbor')).toThrow(new ClientFault('STALE'));
  registry.apply([], 0);
  monotonicMs = 5_000;
  expect(known()).toEqual([['harbor'], 'LIVE']);
  monotonicMs = 5_001;
  expect(known()).toEqual([undefined, 'LIVE']);
  registry.apply([suspended], 5_001);
  expect(known()).toEqual([[], 'SUSPENDED']);
});
