/** What commands hand to the code that puts the stages together, and what they get back. */
import type { Config, Logger, Pipeline, ServablePolicy } from '../gateway/index.js';
import type { Policy } from '../policy/index.js';
import type { DemoIdKeys } from './demoIdKeys.js';
import type { PartnerEnds } from './partnerEnds.js';
import type { Stores } from './stores.js';
import type { DemoAddresses } from './demoProcesses.js';

/** A pipeline and what it holds open. */
export interface AssembledPipeline {
  readonly pipeline: Pipeline;
  close(): Promise<void>;
}

/** What the demo's pipeline is assembled from. */
export interface DemoWorld extends DemoIdKeys {
  readonly policy: ServablePolicy;
  readonly addresses: DemoAddresses;
  /** Both ends of the keys of every bank and subgraph; `consent` is among them, which runs in the gateway's process. */
  readonly keys: ReadonlyMap<string, PartnerEnds>;
  /** Whoever assembles does not close them. */
  readonly stores: Stores;
  /** The demo's clock: behind grants, consents and the banks' data, not behind tokens. */
  readonly now: () => Date;
  /** How far that clock runs ahead of the real one. */
  readonly clockOffsetMs: number;
  readonly logger: Logger;
}

/** What the pipeline of `serve --config` is assembled from. */
export interface ServedWorld {
  readonly policy: Policy;
  readonly config: Config;
  /** The folder that the files which `config` names are relative to. */
  readonly configFolder: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** What a plain pipeline is assembled from. */
export interface PlainWorld {
  readonly supergraphSdl: string;
  /** Subgraph → address, as the supergraph states them. */
  readonly addresses: ReadonlyMap<string, string>;
  /** The custom labels of progressive overrides that are on. */
  readonly overrideLabels: ReadonlySet<string>;
  readonly logger: Logger;
}

/** Puts the stages together, for each way to start. Each rejects with a fault that says what is wrong. */
export interface Assembly {
  demo(world: DemoWorld): Promise<AssembledPipeline>;
  served(world: ServedWorld): Promise<AssembledPipeline>;
  plain(world: PlainWorld): Promise<AssembledPipeline>;
}
