/**
 * A policy project for the benchmark: the repository's own `schema/` and `policy/`, and the benchmark's four subgraphs
 * beside them with every field labelled open. So the gateway that is measured holds the whole of the real policy, and
 * the operations of the benchmark pass through it.
 */
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, visit } from 'graphql';
import { permissions, argumentPermissions } from '../../dist/src/policy/index.js';
import { sdlOf, subgraphNames } from '../graph/graph.mjs';

/** The category of every field: public, for any authenticated principal. */
const openCategory = 'APP_PUBLIC';

/** Writes the project below `folder`, which must be empty or absent. */
export function writeProject(root, folder) {
  mkdirSync(folder, { recursive: true });
  for (const part of ['schema', 'policy']) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const name of subgraphNames) {
    writeFileSync(join(folder, 'schema/platform', `${name}.graphql`), labelled(sdlOf(name)));
  }
  const cleared = subgraphNames.map((name) => `  ${name}: []\n`).join('');
  appendFileSync(join(folder, 'policy/clearances.yaml'), cleared);
}

const policyLink = parse(`
  extend schema
    @link(url: "https://ringfence.dev/policy/v1.0", import: ["@data", "@value", "DataCategory"])
    @composeDirective(name: "@data")
    @composeDirective(name: "@value")
`).definitions[0].directives;
const label = parse(`type T { f: Int @data(category: ${openCategory}) }`).definitions[0].fields[0].directives[0];

/** A subgraph's SDL with the label on every field and argument. */
function labelled(sdl) {
  const withLabel = (node) => ({ ...node, directives: [...node.directives, label] });
  const document = visit(parse(sdl), {
    FieldDefinition: { leave: withLabel },
    InputValueDefinition: { leave: withLabel },
    SchemaExtension: (node) => ({ ...node, directives: [...node.directives.map(importing), ...policyLink] }),
  });
  return `${print(document)}\n`;
}

/** The link to the federation specification imports `@composeDirective` too. */
function importing(link) {
  return visit(link, {
    ListValue: (node) => ({ ...node, values: [...node.values, { kind: Kind.STRING, value: '@composeDirective' }] }),
  });
}

/** The second book with a page for the benchmark's graph: what is open to all, and arguments that are about it. */
export function booksFor() {
  const open = permissions.App.name;
  const aboutOpen = argumentPermissions.Query.app.id;
  const { pages, given } = pagesOf(
    subgraphNames.map((name) => parse(sdlOf(name))),
    { open, aboutOpen },
  );
  return {
    permissions: { ...permissions, ...pages, Query: { ...permissions.Query, ...pages.Query } },
    argumentPermissions: { ...argumentPermissions, Query: { ...argumentPermissions.Query, ...given } },
  };
}

function pagesOf(documents, { open, aboutOpen }) {
  const pages = {};
  const given = {};
  const types = documents.flatMap(({ definitions }) => definitions.filter(isObject));
  const fieldsByType = types.flatMap(({ name, fields }) => fields.map((field) => ({ type: name.value, field })));
  for (const { type, field } of fieldsByType) {
    (pages[type] ??= {})[field.name.value] = open;
    if (field.arguments.length > 0) given[field.name.value] = rulesFor(field.arguments, aboutOpen);
  }
  return { pages, given };
}

function isObject({ kind }) {
  return kind === Kind.OBJECT_TYPE_DEFINITION;
}

function rulesFor(args, rule) {
  return Object.fromEntries(args.map(({ name }) => [name.value, rule]));
}
