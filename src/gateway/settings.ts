/** The settings that every gateway has, however it is started. */
import { z } from 'zod';
import { logLevels } from './log.js';

const listen = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
    port: z.int().min(0).max(65_535).default(4000).describe('Port to listen on; 0 for one that is free.'),
  })
  .prefault({})
  .describe('Where the gateway answers.');

const limits = z
  .strictObject({
    maxTokens: z.int().min(100).default(10_000).describe('Tokens that a document may have.'),
    maxNesting: z.int().min(10).max(300).default(200).describe('Brackets that may nest in a document.'),
    positions: z.int().min(1).default(5000).describe('Positions that an operation may select, fragments expanded.'),
    depth: z.int().min(1).default(40).describe('Levels that an operation may have, fragments expanded.'),
    rows: z
      .int()
      .min(1)
      .default(20_000)
      .describe('Rows that the pages of an operation may hold together, under policy.'),
  })
  .prefault({})
  .describe('What one operation may ask for.');

/** The longest time that one request may be given, in milliseconds: what began earlier has ended. */
export const longestRequestMs = 120_000;

/** The members of `ringfence.yaml` that are about the gateway itself. */
export const settingsShape = {
  listen,
  bodyLimitBytes: z
    .int()
    .min(1024)
    .max(64 * 1024 * 1024)
    .default(256 * 1024)
    .describe('Largest body, in bytes.'),
  requestTimeoutMs: z.int().min(100).max(longestRequestMs).default(10_000).describe('Time that one request may take.'),
  drainTimeoutMs: z.int().min(0).max(120_000).default(10_000).describe('Time that requests under way get at a stop.'),
  documentCacheBytes: z
    .int()
    .min(1024 * 1024)
    .default(32 * 1024 * 1024)
    .describe('Memory for parsed documents.'),
  allowedOrigins: z
    .array(
      z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
        error: 'expected an origin such as `https://app.example`',
      }),
    )
    .default([])
    .describe('Web origins whose pages may read answers; none unless listed.'),
  limits,
} as const;

const settingsSchema = z.strictObject(settingsShape);

/** Settings of one gateway, all of them filled in. */
export interface GatewaySettings extends z.infer<typeof settingsSchema> {
  /** What an operator changes to move the port: `listen.port`, `PORT`, `--port`. */
  readonly portKey: string;
}

/** Settings with the defaults wherever `given` says nothing. Throws for values out of range: parse at the edge first. */
export function defaultSettings(given: z.input<typeof settingsSchema> & { readonly portKey: string }): GatewaySettings {
  const { portKey, ...rest } = given;
  return { ...settingsSchema.parse(rest), portKey };
}

/** The schema of `log.level`. */
export const logLevelSchema = z.enum(logLevels).default('info').describe('Least severe line that is written.');
