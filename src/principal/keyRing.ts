import {
  createLocalJWKSet,
  errors,
  type CryptoKey,
  type JSONWebKeySet,
  type JWTHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import { TokenRefusal } from './refusal.js';

/** The keys of one issuer, as they are now. */
export interface KeyRing {
  /** The one key that the header's `kid` and `alg` name. Throws a `TokenRefusal` when there is none to be had. */
  key(header: JWTHeaderParameters): Promise<CryptoKey>;
  /** Moves whenever the keys change; undefined while there are none that are young enough to be trusted. */
  generation(): number | undefined;
}

/** A ring of keys that never change. Throws when the set is malformed. */
export function fixedKeyRing(jwks: JSONWebKeySet): KeyRing {
  const keys = createLocalJWKSet(jwks);
  return { key: (header) => pick(keys, header), generation: () => 0 };
}

/** How a {@link fetchedKeyRing} gets its keys, and how long it trusts them. */
export interface KeySource {
  readonly load: () => Promise<unknown>;
  readonly now: () => Date;
  /** Told of each failed load; the ring goes on with the keys it has until they are too old. */
  readonly onFailure: (error: unknown) => void;
}

/** From this age on, keys are fetched anew behind the scenes. */
const refreshAfterMs = 60_000;
/** From this age on, keys are not used: a key that was withdrawn must stop working even when its issuer is down. */
const maxAgeMs = 300_000;
/** Loads are at least this far apart, so that tokens with made-up key ids cannot make us hammer the issuer. */
const cooldownMs = 5_000;

interface Loaded {
  readonly keys: LocalJWKSet;
  readonly text: string;
  readonly at: number;
}

/**
 * A ring whose keys are loaded on first use, refreshed when a minute old or when a token names a `kid` that is not
 * there, and refused when five minutes old. A clock that jumps back counts as too old.
 */
export function fetchedKeyRing(source: KeySource): KeyRing {
  const ring = new FetchedKeys(source);
  return { key: (header) => ring.key(header), generation: () => ring.generation() };
}

class FetchedKeys {
  private loaded: Loaded | undefined;
  private attemptedAt = Number.NEGATIVE_INFINITY;
  private pending: Promise<void> | undefined;
  private changes = 0;

  constructor(private readonly source: KeySource) {}

  generation(): number | undefined {
    return this.usable() ? this.changes : undefined;
  }

  async key(header: JWTHeaderParameters): Promise<CryptoKey> {
    const before = this.usable() ?? (await this.refreshed());
    if (!before) throw new TokenRefusal('keys', 'the keys of the issuer are not available');
    if (!within(this.age(before), refreshAfterMs)) void this.refresh();
    try {
      return await pick(before.keys, header);
    } catch (error) {
      // The key may be newer than our copy.
      const after = await this.refreshed();
      if (!after || after === before) throw error;
      return await pick(after.keys, header);
    }
  }

  private usable(): Loaded | undefined {
    return this.loaded && within(this.age(this.loaded), maxAgeMs) ? this.loaded : undefined;
  }

  private age(loaded: Loaded): number {
    return this.source.now().getTime() - loaded.at;
  }

  private async refreshed(): Promise<Loaded | undefined> {
    await this.refresh();
    return this.usable();
  }

  private refresh(): Promise<void> {
    if (this.pending) return this.pending;
    const at = this.source.now().getTime();
    if (within(at - this.attemptedAt, cooldownMs)) return Promise.resolve();
    this.attemptedAt = at;
    this.pending = this.load(at).finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async load(at: number): Promise<void> {
    try {
      const document = await this.source.load();
      const keys = createLocalJWKSet(document as JSONWebKeySet);
      const text = JSON.stringify(keys.jwks());
      if (text !== this.loaded?.text) this.changes += 1;
      this.loaded = { keys, text, at };
    } catch (error) {
      this.source.onFailure(error);
    }
  }
}

function within(elapsedMs: number, limitMs: number): boolean {
  return elapsedMs >= 0 && elapsedMs < limitMs;
}

async function pick(keys: LocalJWKSet, header: JWTHeaderParameters): Promise<CryptoKey> {
  try {
    return await keys(header);
  } catch (error) {
    // Not chained: jose's errors may hold parts of the token.
    throw new TokenRefusal('signature', error instanceof errors.JOSEError ? error.code : 'no usable key');
  }
}
