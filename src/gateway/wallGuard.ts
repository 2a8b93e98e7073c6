/** The wall of `src/response/wall.ts` as the guard that the serializer asks. */
import { getNamedType } from 'graphql';
import { InternalFault } from '../fault/index.js';
import { categoriesOf, type Policy } from '../policy/index.js';
import { type PositionGuard, type WallBooks, type WallPosition, type WallCheck } from '../response/index.js';

/** What the wall reads, out of the labels and of who owns what. */
export function wallBooksOf({
  policy,
  matrixText,
  partners,
}: {
  readonly policy: Policy;
  readonly matrixText: string;
  readonly partners: ReadonlyMap<string, readonly string[]>;
}): WallBooks {
  const { labels, valueFields } = policy.classification;
  const partnerFiles = [...partners.keys()].flatMap((name) => [
    `schema/${name}.graphql`,
    `schema/platform/${name}.graphql`,
  ]);
  return {
    matrixText,
    labelOf: (coordinate) => {
      const label = labels.get(coordinate);
      if (label) return categoriesOf(label.categories);
      if (valueFields.has(coordinate) || coordinate.endsWith('.__typename')) return undefined;
      throw new InternalFault(`\`${coordinate}\` has no label`);
    },
    isPlatforms: (coordinate) => !labels.get(coordinate)?.locations.some(({ file }) => partnerFiles.includes(file)),
  };
}

/** The guard of all positions. Views carry no `@value`, so the labels say which types are values. */
export function wallGuard(check: (position: WallPosition) => WallCheck | undefined, policy: Policy): PositionGuard {
  return ({ parentType, field, target }) => {
    const isValue = policy.classification.valueTypes.has(getNamedType(field.type).name);
    return check({ coordinate: `${parentType.name}.${field.name}`, target: isValue ? 'value' : target });
  };
}
