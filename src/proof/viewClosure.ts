/** Part 6: nothing in a view's schema speaks of a coordinate that the view hides. */
import {
  buildSchema,
  introspectionFromSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
  lexicographicSortSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { purposes, viewNames, viewOf, type View, type ViewName } from '../policy/index.js';
import { coordinatesOf } from './classified.js';
import type { Finding } from './finding.js';
import type { PartResult, Subject } from './subject.js';
import { textsOf } from './viewTexts.js';

/** Walks the four schemas and what introspection answers about them. Linear in their size. */
export function proveViews(subject: Subject): PartResult {
  const sizes = viewNames.map((name) => `${name} ${coordinatesOf(subject.views[name].schema).length}`);
  return {
    part: 'views',
    checked: `coordinates: ${sizes.join(', ')}`,
    findings: viewNames.flatMap((name) => findingsIn(subject, name)),
  };
}

function findingsIn(subject: Subject, name: ViewName): Finding[] {
  const view = subject.views[name];
  return [
    ...hiddenCoordinates(subject, name),
    ...(name === 'first-party' ? [] : [...strayTypes(name, view.schema), ...tellingTexts(subject, name)]),
    ...introspectionDiffers(name, view),
  ];
}

/** Coordinates that no purpose of the view may read, or that no client may see at all. */
function hiddenCoordinates({ views, table, classification }: Subject, name: ViewName): Finding[] {
  const readers = purposes.filter((purpose) => viewOf(purpose) === name);
  const mayShow = (coordinate: string): boolean => {
    if (classification.labels.get(coordinate)?.inaccessible) return false;
    if (name === 'first-party') return true;
    return readers.some(
      (purpose) => table.verdict(purpose, coordinate, false) === 'allow' && table.canMeet(purpose, coordinate),
    );
  };
  return coordinatesOf(views[name].schema)
    .filter((coordinate) => !mayShow(coordinate))
    .map((coordinate) => ({
      ...viewFinding('VIEW_SHOWS_HIDDEN', `is in the view \`${name}\`, none of whose purposes may read it; hide it`),
      coordinate,
      ...locationOf({ classification }, coordinate),
    }));
}

function locationOf({ classification }: Pick<Subject, 'classification'>, coordinate: string) {
  const location = classification.labels.get(coordinate)?.locations[0];
  return location ? { location } : {};
}

function viewFinding(code: string, message: string): Finding {
  return { part: 'views', code, message };
}

/** Types that no visible position leads to, and directives that GraphQL itself does not define. */
function strayTypes(name: ViewName, schema: GraphQLSchema): Finding[] {
  const used = usedTypes(schema);
  const stray = Object.values(schema.getTypeMap()).filter((type) => !isOwn(type) && !used.has(type.name));
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  return [
    ...stray.map((type) =>
      viewFinding('VIEW_STRAY_TYPE', `\`${type.name}\` is in the view \`${name}\`, and nothing visible leads to it`),
    ),
    ...directives.map((directive) =>
      viewFinding('VIEW_STRAY_DIRECTIVE', `\`@${directive.name}\` is in the view \`${name}\`; take it out`),
    ),
  ];
}

function isOwn(type: GraphQLNamedType): boolean {
  return isIntrospectionType(type) || (isScalarType(type) && isSpecifiedScalarType(type));
}

/** Every type that the root types lead to by what is visible. */
function usedTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const used = new Set<string>();
  const waiting: (GraphQLNamedType | null | undefined)[] = [...roots];
  while (waiting.length > 0) {
    const type = waiting.pop();
    if (!type || used.has(type.name)) continue;
    used.add(type.name);
    waiting.push(...neighboursOf(schema, type));
  }
  return used;
}

function neighboursOf(schema: GraphQLSchema, type: GraphQLNamedType): (GraphQLNamedType | undefined)[] {
  if (isUnionType(type)) return [...type.getTypes()];
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => named(schema, field.type));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).flatMap((field) => [field, ...field.args]);
  const members = isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
  return [...fields.map((field) => named(schema, field.type)), ...type.getInterfaces(), ...members];
}

function named(schema: GraphQLSchema, type: { toString(): string }): GraphQLNamedType | undefined {
  return schema.getType(String(type).replaceAll(/[[\]!]/g, ''));
}

/** Free texts in which a name stands that the view hides: descriptions, reasons, defaults, links, enum values. */
function tellingTexts({ schema, views }: Subject, name: ViewName): Finding[] {
  const visible = namesIn(views[name].schema);
  const hidden = new Set([...namesIn(schema)].filter((word) => !visible.has(word)));
  return textsOf(views[name].schema).flatMap(({ where, kind, text }) => {
    if (kind === 'description') {
      return [viewFinding('VIEW_DESCRIPTION', `${where} has a description in the view \`${name}\`; leave it out`)];
    }
    const told = text.match(/\w+/g)?.find((word) => hidden.has(word));
    return told === undefined
      ? []
      : [
          viewFinding(
            'VIEW_NAMES_HIDDEN',
            `the ${kind} of ${where} names \`${told}\`, which the view \`${name}\` hides`,
          ),
        ];
  });
}

/** Names of types, fields, arguments and enum values. */
function namesIn(schema: GraphQLSchema): ReadonlySet<string> {
  const types = Object.values(schema.getTypeMap());
  return new Set([
    ...coordinatesOf(schema).flatMap((coordinate) => coordinate.match(/\w+/g) ?? []),
    ...types.flatMap((type) => [type.name, ...(isEnumType(type) ? type.getValues().map(({ name }) => name) : [])]),
  ]);
}

/** What clients introspect must be what the committed file of the view says, and nothing besides. */
function introspectionDiffers(name: ViewName, { schema, sdl }: View): Finding[] {
  const told = introspectionFromSchema(schema, { specifiedByUrl: true, inputValueDeprecation: true });
  const written = introspectionFromSchema(lexicographicSortSchema(buildSchema(sdl)), {
    specifiedByUrl: true,
    inputValueDeprecation: true,
  });
  // As clients get it: text, whose order is that of the query.
  if (JSON.stringify(told) === JSON.stringify(written)) return [];
  const message = `introspection of the view \`${name}\` differs from its projection; run \`ringfence compose\` and compare`;
  return [viewFinding('VIEW_INTROSPECTION', message)];
}
