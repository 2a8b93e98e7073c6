/** What stands at a position of an answer, and where a check may stand between a harvest and a client. */
import type { FieldNode, GraphQLCompositeType, GraphQLField, GraphQLInterfaceType, GraphQLObjectType } from 'graphql';
import type { FieldFault } from '../fault/index.js';
import type { Exchange } from '../plan/index.js';
import type { SelectionContext, Selections } from './selection.js';
import type { ValueWriter } from './value.js';

/** One selected field of one type of holder. */
export interface Position {
  /** The concrete type of the holder; an interface where the plan did not ask which type stands behind it. */
  readonly parentType: GraphQLObjectType | GraphQLInterfaceType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  /** What the field leads to: a leaf, an object that is a `@value`, or an object of its own. */
  readonly target: 'leaf' | 'value' | 'object';
}

/**
 * A wall of the serializer. Asked once per position when that position is compiled; the check that it returns runs for
 * each object before anything but a withheld value is written, null included. A fault withholds the value.
 */
export type PositionGuard = (position: Position) => PositionCheck | undefined;

/** The check of one position. */
export type PositionCheck = (holder: object, value: unknown, exchange: Exchange) => FieldFault | undefined;

/** A position that holds an object. */
export interface ObjectPlace {
  readonly type: GraphQLCompositeType;
  readonly selections: Selections;
  /** How many keys of the path lead to the object. */
  readonly depth: number;
}

/** What every position of one serializer is compiled with. */
export interface SerializerContext extends SelectionContext {
  readonly denied: ReadonlyMap<FieldNode, FieldFault>;
  readonly guard: PositionGuard | undefined;
  /** The key under which the harvest holds a field. */
  readonly keyOf: (field: FieldNode) => string;
  /** Compiles what is below a field; given here so that fields and objects do not import each other. */
  readonly compileObject: (place: ObjectPlace, context: SerializerContext) => ValueWriter;
}
