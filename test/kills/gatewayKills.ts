/** A whole gateway that is killed under load, again and again: what its clients received and what its store then says of it. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { type DemoWorld, startDemo } from '../journeys/demoWorld.js';
import type { Place } from './place.js';
import { type Exported, missingReceipts, queryOf, type Received, readings } from './readings.js';

const reader = { purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' };
const manager = { purpose: 'CONSENT_MANAGEMENT', customer: 'customer-4' };
const readers = 6;
const [shortestMs, longestMs] = [500, 3000];
const grant = `mutation ($key: String!) { grantConsent(
  bankId: "harbor", purpose: FRAUD_ALERTS, categories: [FRAUD_SIGNAL], idempotencyKey: $key) { id state } }`;
const revoke = 'mutation ($id: ID!) { revokeConsent(consentId: $id) { state } }';

/** What there was in all. */
export interface Killed {
  readonly kills: number;
  /** Answers that arrived whole. */
  readonly answers: number;
  /** Revocations that were acknowledged. */
  readonly revocations: number;
  readonly receipts: number;
  readonly problems: readonly string[];
}

/** One run over one store. */
export class GatewayKills {
  private readonly received: Received[] = [];
  private readonly revoked: string[] = [];
  private readonly problems: string[] = [];
  private reading = 0;
  private kills = 0;
  private world: DemoWorld | undefined;

  constructor(
    private readonly place: Place,
    /** From 0 to 1: when the next kill comes. */
    private readonly random: () => number,
  ) {}

  /** Starts a gateway, looks at what the one before left, loads it and kills it. */
  async round(): Promise<void> {
    const world = await this.start();
    await this.checkRevoked(world);
    await this.checkChains();
    const load = [...Array.from({ length: readers }, () => this.read(world)), this.manage(world)];
    await new Promise((resolve) => setTimeout(resolve, shortestMs + this.random() * (longestMs - shortestMs)));
    await this.kill(world);
    await Promise.all(load);
  }

  /** A store that is put back to before a revocation: no gateway starts on it. */
  async restored(): Promise<void> {
    const before = await this.start();
    const id = await granted(before);
    await this.kill(before);
    await this.place.copy();
    const then = await this.start();
    await then.as(manager)(revoke, { id });
    await this.kill(then);
    await this.place.putBack();
    const refusal = await this.start().then(() => 'none', String);
    if (!refusal.includes('STORE_RESTORED')) this.problems.push(`a store that was put back was served: ${refusal}`);
  }

  /** Compares what clients received with the receipts, at the end, and stops the gateway. */
  async compare(): Promise<number> {
    const world = await this.start();
    await this.checkRevoked(world);
    await this.checkChains();
    const lines = (await this.command('export', '--customer', reader.customer)).trim().split('\n');
    const exported = lines.map((line) => JSON.parse(line) as Exported);
    this.problems.push(...missingReceipts(this.received, exported));
    await this.stop();
    return exported.length;
  }

  /** What there was so far. */
  outcome(receipts: number): Killed {
    const { kills, problems, received, revoked } = this;
    return { kills, answers: received.length, revocations: revoked.length, receipts, problems };
  }

  /** Ends a gateway that still runs, for whatever reason. */
  async stop(): Promise<void> {
    const { world } = this;
    this.world = undefined;
    await world?.stop();
  }

  private async start(): Promise<DemoWorld> {
    this.world = await startDemo({ ...this.place.environment, RINGFENCE_LOG: 'fatal' });
    return this.world;
  }

  private async kill(world: DemoWorld): Promise<void> {
    const gone = once(world.process, 'close');
    world.process.kill('SIGKILL');
    await gone;
    world.http.close();
    this.world = undefined;
    this.kills += 1;
  }

  /** Reads until the gateway is gone. */
  private async read(world: DemoWorld): Promise<void> {
    const ask = world.as(reader);
    for (;;) {
      this.reading = (this.reading + 1) % readings;
      const { reading } = this;
      const answer = await ask(queryOf(reading)).catch(() => undefined);
      if (!answer) return;
      const accounts = answer.data.me?.accounts ?? [];
      const banks = [...new Set(accounts.map(({ bank }) => String(bank?.id)))];
      this.received.push({ reading, banks });
    }
  }

  /** Grants and revokes until the gateway is gone. */
  private async manage(world: DemoWorld): Promise<void> {
    const ask = world.as(manager);
    for (;;) {
      const id = await granted(world).catch(() => undefined);
      if (id === undefined) return;
      const answer = await ask(revoke, { id }).catch(() => undefined);
      if (!answer) return;
      if (String(answer.data.revokeConsent?.state) === 'REVOKED') this.revoked.push(id);
      else this.problems.push(`a consent was not revoked: ${answer.text}`);
    }
  }

  private async checkRevoked(world: DemoWorld): Promise<void> {
    const { data } = await world.as(manager)('{ me { consents { id state } } }');
    const states = new Map(data.me?.consents?.map(({ id, state }) => [String(id), String(state)]));
    const revived = this.revoked.filter((id) => states.get(id) !== 'REVOKED');
    this.problems.push(...revived.map((id) => `consent ${id} was revoked, and is ${states.get(id) ?? 'gone'}`));
  }

  private async checkChains(): Promise<void> {
    const { findings } = JSON.parse(await this.command('verify', '--json')) as { findings: readonly unknown[] };
    this.problems.push(...findings.map((finding) => JSON.stringify(finding)));
  }

  /** `ringfence receipts …`, beside the gateway. Its exit code 1 stands for findings, which its output names. */
  private async command(...words: readonly string[]): Promise<string> {
    const env = { ...process.env, PORT: '0', ...this.place.environment, NODE_OPTIONS: '' };
    const command = ['dist/src/cli/ringfence.js', 'receipts', ...words];
    const run = promisify(execFile)(process.execPath, command, { env, maxBuffer: 1_000_000_000 });
    const { stdout } = await run.catch((error: { readonly stdout?: string }) => {
      if (error.stdout) return { stdout: error.stdout };
      throw error;
    });
    return stdout;
  }
}

async function granted(world: DemoWorld): Promise<string | undefined> {
  const { data, text } = await world.as(manager)(grant, { key: `${Date.now()}-${Math.random()}` });
  if (!data?.grantConsent) throw new Error(`a consent was not granted: ${text}`);
  return String(data.grantConsent.id);
}
