/** A subgraph's SDL as Federation 1 wrote it, for gateways that stop there: what another subgraph owns is extended. */
import { Kind, parse, print, visit } from 'graphql';
import { sdlOf } from './graph.mjs';

const owners = { User: 'accounts', Address: 'accounts', Product: 'products', Review: 'reviews' };
const external = parse('type T { f: Int @external }').definitions[0].fields[0].directives[0];

/** `_service { sdl }` of one subgraph. */
export function federation1Sdl(name) {
  const document = visit(parse(sdlOf(name)), {
    SchemaExtension: () => null,
    ObjectTypeDefinition: (node) => (owners[node.name.value] === name ? undefined : extension(node)),
  });
  return print(document);
}

function extension(node) {
  const keys = new Set(
    node.directives.filter(isKey).flatMap(({ arguments: [fields] }) => fields.value.value.split(' ')),
  );
  const fields = node.fields.map((field) => (keys.has(field.name.value) ? marked(field) : field));
  return { ...node, kind: Kind.OBJECT_TYPE_EXTENSION, fields };
}

function isKey({ name }) {
  return name.value === 'key';
}

function marked(field) {
  return { ...field, directives: [...field.directives, external] };
}
