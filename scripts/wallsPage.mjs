/** What was found without each wall → docs/review/walls.md. */

const head = `# Which walls hold, class by class

Written by \`npm run walls\`. It makes a test build without one wall, starts it with its banks, and tries the attempts below;
then without the next one; then with each wall as the only one; last, with none. A stand-in of test/attacks/withoutWall
takes the place of one module in a copy of the build: what is shipped has no switch. With no wall left every attempt must
get through, or it would show nothing; with all of them none does.

The numbers are those of the classes of attack in test/attacks, whose titles begin with them. Every class has its cases
there; here stand those that a wall which can be taken out has a part in.
`;

/** The page. \`runs\` holds the whole system, each wall out, each wall alone, and the system that has no wall left. */
export function wallsPage({ runs, walls, unswitched }) {
  return [
    head,
    '## Walls\n',
    '| Wall | What it does | Module |\n| --- | --- | --- |',
    ...walls.map(({ name, does, module }) => `| ${name} | ${does} | \`${module}.ts\` |`),
    '\n## Attempts\n',
    'A wall is *needed* where the attempt gets through when it alone is out. It *suffices* where the attempt is stopped',
    'when all other walls are out. An attempt that needs no single wall is stopped by several of them.\n',
    '| Class | Attempt | Needs | Each suffices |\n| --- | --- | --- | --- |',
    ...rowsOf(runs),
    '\n## Class by wall\n',
    'N: needed for an attempt of the class. S: suffices for all its attempts. Empty: has no part, or only with others.\n',
    ...matrixOf(runs, walls),
    '\n## Classes without a wall to take out\n',
    '| Class | What holds |\n| --- | --- |',
    ...Object.entries(unswitched).map(([of, what]) => `| ${of} | ${what} |`),
    '',
  ].join('\n');
}

const stopped = ({ learned }) => learned.length === 0;

function rowsOf(runs) {
  const names = (kind, holds, index) =>
    runs
      .filter((run) => run.kind === kind && stopped(run.outcomes[index]) === holds)
      .map(({ name }) => name)
      .join(', ');
  const [{ outcomes }] = runs;
  return outcomes.map(({ of, tries }, index) => {
    const cells = [of, tries.replaceAll('|', '\\|'), names('without', false, index), names('alone', true, index)];
    return `| ${cells.join(' | ')} |`;
  });
}

function matrixOf(runs, walls) {
  const [{ outcomes }] = runs;
  const classes = [...new Set(outcomes.map(({ of }) => of))].sort((one, other) => one - other);
  const attempts = (kind, name, of) =>
    runs.find((run) => run.kind === kind && run.name === name).outcomes.filter((outcome) => outcome.of === of);
  const cell = (of, name) => {
    const needed = attempts('without', name, of).every(stopped) ? '' : 'N';
    return needed + (attempts('alone', name, of).every(stopped) ? 'S' : '');
  };
  return [
    `| | ${walls.map(({ name }) => name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(walls.length)}`,
    ...classes.map((of) => `| ${of} | ${walls.map(({ name }) => cell(of, name)).join(' | ')} |`),
  ];
}
