/** What is wanted of a partner and may not be asked there → the reason for the client, and word of it for the receipt. */
import type { FieldFault } from '../fault/index.js';
import type { Exchange } from '../plan/index.js';
import type { CategoryMask } from '../policy/index.js';
import { asks, type Narrowing } from './narrow.js';
import type { Shape, ShapeField } from './shape.js';
import { refusalOf, type Territory } from './territory.js';

/** A field that is wanted, and the categories that it takes. */
export type WantedField = Pick<ShapeField, 'coordinate' | 'needs'>;

/** What of a wish is refused. */
export interface RefusedPart {
  readonly categories: CategoryMask;
  readonly coordinates: readonly string[];
}

/** The topmost fields that a narrowing leaves out because they are not allowed; undefined where there is none. */
export function refusedIn(shape: Shape, narrowing: Narrowing): RefusedPart | undefined {
  const fields = refusedFields(shape, narrowing);
  return fields.length === 0 ? undefined : partOf(fields);
}

function refusedFields({ fields }: Shape, narrowing: Narrowing): ShapeField[] {
  return fields
    .filter(({ index }) => !narrowing.excluded.has(index))
    .flatMap((field) => {
      if (!asks(narrowing, field)) return [field];
      return field.child ? refusedFields(field.child, narrowing) : [];
    });
}

/** Fields as one part of a wish. */
export function partOf(fields: readonly WantedField[]): RefusedPart {
  const categories = fields.reduce((mask, { needs }) => mask | needs, 0);
  return { categories, coordinates: fields.map(({ coordinate }) => coordinate) };
}

/** Why a territory does not allow a field. The exchange is told that it was refused. */
export function refuse(exchange: Exchange, territory: Territory, field: WantedField): FieldFault {
  exchange.onRefused?.({ bank: territory.bank, ...partOf([field]) });
  return refusalOf(territory, field.needs);
}
