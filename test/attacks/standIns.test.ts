/** What stands for a wall that is taken out must offer all that the wall does, or a build without it breaks. */
import { expect, test } from '@jest/globals';

const table: string = '../../scripts/wallsTable.mjs';
const { walls } = (await import(table)) as { walls: readonly { readonly name: string; readonly module: string }[] };

test.each(walls)('what stands for the wall `$name` exports what `$module` does', async ({ name, module }) => {
  const wall = (await import(`../../${module}.js`)) as object;
  const standIn = (await import(`./withoutWall/${name}.js`)) as object;
  expect(Object.keys(standIn).sort()).toEqual(Object.keys(wall).sort());
});
