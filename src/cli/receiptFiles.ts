/** Files that are given to `ringfence receipts` → what they hold, checked line by line. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { StartFault } from '../fault/index.js';

/** Flags of a command by their names. */
export type Flags = Readonly<Record<string, unknown>>;

/** The lines of all files that the flag names, one or several; undefined where it is absent. Throws CONFIG_INVALID with file and line. */
export function linesOf<Line>(flags: Flags, flag: string, schema: z.ZodType<Line>): readonly Line[] | undefined {
  const files = filesOf(flags[flag]);
  return files && files.flatMap((file) => linesIn(file, flag, schema));
}

/** The text of the file that the flag names; undefined where it is absent. Throws CONFIG_INVALID. */
export function textOf(flags: Flags, flag: string): string | undefined {
  const [file] = filesOf(flags[flag]) ?? [];
  return file === undefined ? undefined : readText(file, flag);
}

/** Collects a flag that may be given several times. */
export function collected(file: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), file];
}

/** The value; undefined for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function filesOf(given: unknown): readonly string[] | undefined {
  if (typeof given === 'string') return [given];
  return Array.isArray(given) ? given.map(String) : undefined;
}

function linesIn<Line>(file: string, flag: string, schema: z.ZodType<Line>): readonly Line[] {
  const lines = readText(file, flag)
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '');
  return lines.map(({ line, number }) => {
    const parsed = schema.safeParse(jsonOf(line));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = `\`${file}\`, line ${number}`;
    throw new StartFault('CONFIG_INVALID', `${where}: ${issue?.path.join('.') || 'no JSON'}: ${issue?.message ?? ''}`);
  });
}

function readText(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const words = flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new StartFault('CONFIG_INVALID', `\`--${words}\`: \`${file}\` cannot be read`, { cause });
  }
}
