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
  type IntrospectionQuery,
} from 'graphql';
import { purposes, viewNames, viewOf, type ViewName } from '../policy/index.js';
import { coordinatesOf } from './classified.js';
import type { Counterexample, Finding } from './finding.js';
import type { PartResult, Subject } from './subject.js';
import { introspectionExample, schemaQuery, shownExample, typeQuery } from './viewExample.js';
import { textsOf, type FreeText } from './viewTexts.js';

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
  return [
    ...hiddenCoordinates(subject, name),
    ...(name === 'first-party' ? [] : [...strayTypes(subject, name), ...tellingTexts(subject, name)]),
    ...introspectionDiffers(subject, name),
  ];
}

/** Coordinates that no purpose of the view may read, or that no client may see at all. */
function hiddenCoordinates(subject: Subject, name: ViewName): Finding[] {
  const { views, table, classification } = subject;
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
      ...viewFinding('VIEW_SHOWS_HIDDEN', `is in the view \`${name}\`, none of whose purposes may read it; hide it`, {
        counterexample: shownExample(subject, name, coordinate),
      }),
      coordinate,
    }));
}

function viewFinding(
  code: string,
  message: string,
  { counterexample }: { readonly counterexample: Counterexample | undefined },
): Finding {
  return { part: 'views', code, message, ...(counterexample ? { counterexample } : {}) };
}

/** Types that no visible position leads to, and directives that GraphQL itself does not define. */
function strayTypes(subject: Subject, name: ViewName): Finding[] {
  const { schema } = subject.views[name];
  const used = usedTypes(schema);
  const stray = Object.values(schema.getTypeMap()).filter((type) => !isOwn(type) && !used.has(type.name));
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  return [
    ...stray.map((type) => ({
      ...viewFinding('VIEW_STRAY_TYPE', `is in the view \`${name}\`, and nothing visible leads to it`, {
        counterexample: introspectionExample(subject, name, {
          operation: typeQuery(type.name),
          told: `that \`${type.name}\` exists`,
        }),
      }),
      coordinate: type.name,
    })),
    ...directives.map((directive) =>
      viewFinding('VIEW_STRAY_DIRECTIVE', `\`@${directive.name}\` is in the view \`${name}\`; take it out`, {
        counterexample: introspectionExample(subject, name, {
          operation: schemaQuery,
          told: `that \`@${directive.name}\` exists`,
        }),
      }),
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
function tellingTexts(subject: Subject, name: ViewName): Finding[] {
  const { schema, views } = subject;
  const visible = namesIn(views[name].schema);
  const hidden = new Set([...namesIn(schema)].filter((word) => !visible.has(word)));
  return textsOf(views[name].schema).flatMap((free) => {
    const { where, kind, text } = free;
    if (kind === 'description') {
      const message = `${where} has a description in the view \`${name}\`; leave it out`;
      return [textFinding(subject, name, { ...free, code: 'VIEW_DESCRIPTION', message })];
    }
    const told = text.match(/\w+/g)?.find((word) => hidden.has(word));
    const message = `the ${kind} of ${where} names \`${told}\`, which the view \`${name}\` hides`;
    return told === undefined ? [] : [textFinding(subject, name, { ...free, code: 'VIEW_NAMES_HIDDEN', message })];
  });
}

function textFinding(
  subject: Subject,
  name: ViewName,
  { where, text, code, message }: FreeText & { readonly code: string; readonly message: string },
): Finding {
  const coordinate = where.replaceAll('`', '');
  const [type = ''] = coordinate.split(/\W/);
  const isSchema = coordinate === 'the schema';
  const operation = isSchema ? schemaQuery : typeQuery(type);
  const told = `what is written there: ${JSON.stringify(text)}`;
  const found = viewFinding(code, message, {
    counterexample: introspectionExample(subject, name, { operation, told }),
  });
  return isSchema ? found : { ...found, coordinate };
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
function introspectionDiffers(subject: Subject, name: ViewName): Finding[] {
  const { schema, sdl } = subject.views[name];
  const told = introspected(schema);
  const written = introspected(lexicographicSortSchema(buildSchema(sdl)));
  // As clients get it: text, whose order is that of the query.
  if (JSON.stringify(told) === JSON.stringify(written)) return [];
  const known = new Set(written.__schema.types.map((type) => JSON.stringify(type)));
  const other = told.__schema.types.find((type) => !known.has(JSON.stringify(type)))?.name;
  const message = `introspection of the view \`${name}\` differs from its projection; run \`ringfence compose\` and compare`;
  const counterexample = introspectionExample(subject, name, {
    operation: other === undefined ? schemaQuery : typeQuery(other),
    told: other === undefined ? 'another schema' : `of \`${other}\` what its projection does not say`,
  });
  return [viewFinding('VIEW_INTROSPECTION', message, { counterexample })];
}

function introspected(schema: GraphQLSchema): IntrospectionQuery {
  return introspectionFromSchema(schema, { specifiedByUrl: true, inputValueDeprecation: true });
}
