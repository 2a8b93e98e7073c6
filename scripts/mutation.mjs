/**
 * Runs Stryker over one or more of the folders that decide who may read: `npm run mutation -- principal authorize policy`; a name
 * such as `principal/scope.ts` is one file, `policy/table.ts,lock/*.ts` are several of a folder. Takes minutes to hours; lets
 * everything else on the machine go first.
 */
import { spawnSync } from 'node:child_process';

/**
 * The files of a large folder in groups, each with the tests that are about it: a change that its own tests notice need not be put to
 * the others, which compose a policy each.
 */
const groups = {
  policy: [
    { files: 'lock/*.ts', tests: 'approvals,approvers,book,difference' },
    {
      files: 'clearance.ts,clients.ts,loadCells.ts,matrix*.ts,policies.ts,policyFile.ts',
      tests: 'demands,matrixLists,policyFiles',
    },
    { files: 'view*.ts', tests: 'viewGraph' },
    { files: 'table*.ts,vocabulary.ts', tests: 'demands,tableCells,tableProblems' },
    { files: 'loadPolicy.ts', tests: 'loadPolicy' },
    {
      files: 'argumentPermissions.ts,evidence.ts,flowProblem.ts,permissions*.ts,rule*.ts,shield*.ts',
      tests: 'flowProblem,permissions,rules,rulesOfPurposes',
    },
    {
      files: 'doubleEntry*.ts',
      tests: 'doubleEntry,doubleEntryApart,doubleEntryGiven,doubleEntryGrouping,doubleEntryParts',
    },
  ],
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : ['principal', 'authorize', 'policy']) {
  const [folder, ...files] = name.split('/');
  const whole = groups[folder] ?? [{}];
  for (const group of files.length > 0 ? [{ files: files.join('/') }] : whole) mutate(folder, group);
}

function mutate(folder, { files, tests }) {
  const named = {
    ...(files !== undefined && { MUTATED_FILES: files }),
    ...(tests !== undefined && { MUTATION_TESTS: tests }),
  };
  const env = { ...process.env, MUTATED_FOLDER: folder, ...named };
  const { status } = spawnSync('nice', ['-n', '19', 'npx', 'stryker', 'run'], { env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
