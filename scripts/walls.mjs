/**
 * Takes one wall out after the other and attacks what is left: `npm run walls -- [--only NAME] [--json]`. A test build is
 * made below the system's folder for temporary files: `dist/` as it is, but for one module, in whose place its stand-in of
 * test/attacks/withoutWall stands. What is shipped has no such switch. Writes docs/review/walls.md. Exit code 1 where an
 * attack gets through that other walls should stop, or where one gets through not even when no wall is left: such an
 * attack would show nothing.
 */
import { transformSync } from '@swc/core';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { restsAlone, unswitched, walls } from './wallsTable.mjs';
import { wallsPage } from './wallsPage.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const chosen = walls.filter(({ name }) => options.only === undefined || name === options.only);

/** The whole system, each wall out, each wall left alone, and no wall at all. */
const settings = [
  { kind: 'whole', name: 'nothing', out: [] },
  ...chosen.map((wall) => ({ kind: 'without', name: wall.name, out: [wall] })),
  ...chosen.map((wall) => ({ kind: 'alone', name: wall.name, out: walls.filter((other) => other !== wall) })),
  { kind: 'bare', name: 'anything', out: walls },
];
/** The build as it is now, whatever is built meanwhile. */
const snapshot = mkdtempSync(join(tmpdir(), 'walls-of-ringfence-'));
for (const folder of ['dist', 'schema', 'policy'])
  cpSync(join(root, folder), join(snapshot, folder), { recursive: true });
const runs = [];
for (const { kind, name, out } of settings) {
  const outcomes = await attacked(out);
  runs.push({ kind, name, outcomes });
  const through = outcomes.filter(({ learned }) => learned.length > 0).length;
  console.error(
    `${kind === 'alone' ? 'with nothing but' : 'without'} ${name}: ${through} of ${outcomes.length} get through`,
  );
}
rmSync(snapshot, { recursive: true });
const complaints = complaintsAbout(runs);
if (options.json) console.log(JSON.stringify({ runs, complaints }));
else for (const complaint of complaints) console.error(complaint);
if (options.only === undefined)
  writeFileSync(join(root, 'docs/review/walls.md'), wallsPage({ runs, walls, unswitched }));
process.exitCode = complaints.length > 0 ? 1 : 0;

/** What each probe learned where these walls are out. */
async function attacked(out) {
  const copy = mkdtempSync(join(tmpdir(), 'walls-of-ringfence-'));
  try {
    cpSync(snapshot, copy, { recursive: true });
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const wall of out) takeOut(copy, wall);
    return await probed(await bundled(copy, out), copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Puts the stand-in where the wall's module is; the module stays beside it for the stand-in to use. */
function takeOut(copy, { name, module }) {
  const file = join(copy, 'dist', `${module}.js`);
  const standIn = join(copy, 'dist/test/attacks/withoutWall', `${name}.js`);
  const walled = `${module}.walled.js`;
  const source = readFileSync(join(root, 'test/attacks/withoutWall', `${name}.ts`), 'utf8');
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'es6' },
  });
  mkdirSync(dirname(standIn), { recursive: true });
  writeFileSync(standIn, code.replaceAll(`/${module}.js`, `/${walled}`));
  renameSync(file, join(copy, 'dist', walled));
  writeFileSync(file, `export * from '${relative(dirname(file), standIn)}';\n`);
}

/** The probes with the product's sources that they use themselves, the same walls out. */
async function bundled(copy, out) {
  const file = join(root, 'node_modules', '.cache', 'walls', `probing-${process.pid}.mjs`);
  const standIns = new Map(
    out.map(({ name, module }) => [join(root, `${module}.ts`), join(root, 'test/attacks/withoutWall', `${name}.ts`)]),
  );
  const isStandIn = new Set(standIns.values());
  const swap = {
    name: 'walls out',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, resolveDir, importer }) => {
        const standIn = isStandIn.has(importer)
          ? undefined
          : standIns.get(join(resolveDir, path.replace(/\.js$/, '.ts')));
        return standIn === undefined ? undefined : { path: standIn };
      }),
  };
  mkdirSync(dirname(file), { recursive: true });
  await build({
    entryPoints: [join(root, 'test/attacks/probing.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    plugins: [swap],
  });
  return file;
}

function probed(program, copy) {
  const child = spawn(process.execPath, [program, copy], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text));
      else reject(new Error(`the probes ended with ${code}`));
    });
  });
}

/** What is wrong with the outcomes, by the table of which walls stand alone. */
function complaintsAbout(all) {
  return all.flatMap((run) => run.outcomes.flatMap((outcome) => complaintAbout(run, outcome) ?? []));
}

function complaintAbout({ kind, name }, outcome) {
  const { of, tries, learned, failed } = outcome;
  const what = `class ${of}, ${tries}:`;
  const through = learned.length > 0;
  // With most walls out, a request may break off on the one that is left: that is a wall that holds.
  if (kind === 'alone') return undefined;
  if (failed !== undefined) return `${what} broke off without ${name}: ${failed}`;
  if (kind === 'bare') return through ? undefined : `${what} holds with every wall out, so it shows nothing`;
  const alone = kind === 'without' && restsAlone(name, outcome);
  if (through && !alone) return `${what} gets through without ${name}, though other walls should hold`;
  return !through && alone ? `${what} holds without ${name}, which the table says it rests on` : undefined;
}
