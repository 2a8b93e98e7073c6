/** The example operations of `schema/operations`, each as its first lines say. */
import { beforeAll, expect, test } from '@jest/globals';
import { type Example, examples, variablesOf } from '../repository/example.js';
import { type DemoWorld, type Tree } from './demoWorld.js';

let world: DemoWorld;

/** Runs an example under the principal that it names, after those that it takes its variables from. */
async function run(example: Example): Promise<Tree> {
  const { client, purpose, customer, source } = example;
  const variables = await variablesOf(example, run);
  const { status, data, errors } = await world.as({ client, purpose, ...(customer && { customer }) })(
    source,
    variables,
  );
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
  return data;
}

/** The values of the root fields, and of the fields right below `me`. */
const told = (data: Tree): unknown[] =>
  Object.values(data).flatMap((value) => [value, ...Object.values(data['me'] ?? {})]);

/** The tests of this journey, through a demo that runs. */
export function examplesJourney(demo: () => DemoWorld): void {
  beforeAll(() => {
    world = demo();
  });

  test.each(examples().map((example) => [example.name, example] as const))(
    '%s answers without an error, and with something in each of its parts',
    async (_name, example) => {
      const values = told(await run(example));
      expect(values.length).toBeGreaterThan(0);
      for (const value of values) {
        expect(value).not.toBeNull();
        if (Array.isArray(value)) expect(value).not.toEqual([]);
      }
    },
  );
}
