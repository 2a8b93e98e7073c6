import type { PartnerKeys, SubgraphOptions } from '../../src/partner/index.js';

/** What every one of the platform's own subgraphs is given. */
export interface PlatformParts {
  /** Its SDL, with the text of `schema/policy.graphql` before it. */
  readonly sdl: string;
  readonly keys: PartnerKeys;
  /** The policy that it answers under; any other is refused. */
  readonly policyHash?: string;
  readonly now: () => Date;
}

/** The options that follow from the parts. A platform subgraph has no agreement of its own: the platform is its owner. */
export function platformOptions(name: string, parts: PlatformParts): Omit<SubgraphOptions, 'resolvers'> {
  const { sdl, keys, now, policyHash } = parts;
  const pin = policyHash === undefined ? {} : { policyHash };
  return { name, sdl, keys, now, agreement: 'none', ...pin };
}
