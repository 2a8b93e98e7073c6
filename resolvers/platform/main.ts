/** The platform's subgraphs as a process of their own; see `resolvers/process.ts` for how it is started. */
import { z } from 'zod';
import { serveAsChild } from '../process.js';
import { startPlatform, type PlatformProcessConfig } from './startPlatform.js';

const partnerKeys = z.strictObject({
  grantKeys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })).min(1),
  macKeys: z.array(z.strictObject({ kid: z.string().exactOptional(), key: z.string() })).min(1),
});

const platformProcessConfig = z.strictObject({
  port: z.int().min(0).max(65_535),
  schemaFolder: z.string().min(1),
  keys: z.strictObject({
    directory: partnerKeys,
    wallet: partnerKeys,
    offers: partnerKeys,
    ads: partnerKeys,
    apps: partnerKeys,
  }),
  policyHash: z.string().min(1),
  clockOffsetMs: z.int(),
  pairwiseKey: z.string().min(1),
  salt: z.string(),
});

const platformNews = z.strictObject({ disclosed: z.array(z.string()) });

serveAsChild(async (sent: PlatformProcessConfig) => {
  const platform = await startPlatform(platformProcessConfig.parse(sent));
  return { ...platform, hear: (news) => platform.hear(platformNews.parse(news)) };
});
