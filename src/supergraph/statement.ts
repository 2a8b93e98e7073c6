import {
  Kind,
  type ConstDirectiveNode,
  type ConstValueNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type Location,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import type { SourceLocation } from '../fault/index.js';
import { locationOf, type Subgraph } from './subgraph.js';

/** What one subgraph writes about one type, in one definition or extension. */
export interface TypeStatement {
  readonly subgraph: string;
  readonly name: string;
  readonly node: TypeDefinitionNode | TypeExtensionNode;
  readonly location: SourceLocation;
  readonly fields: readonly FieldStatement[];
}

/** What one subgraph writes about one field, argument or input field. */
export interface FieldStatement {
  readonly subgraph: string;
  readonly coordinate: string;
  readonly kind: 'field' | 'argument' | 'inputField';
  /** The type that the coordinate begins with. */
  readonly owner: string;
  /** The coordinate of the field that takes this argument; the coordinate itself otherwise. */
  readonly field: string;
  readonly node: FieldDefinitionNode | InputValueDefinitionNode;
  readonly location: SourceLocation;
}

/** Fields that federation adds to a subgraph for itself; never in the public graph. */
const machinery: ReadonlySet<string> = new Set(['Query._entities', 'Query._service']);

/** Every type that the subgraphs write, in their order, with its fields, arguments and input fields. */
export function statementsOf(subgraphs: readonly Subgraph[]): TypeStatement[] {
  return subgraphs.flatMap(({ name, document }) =>
    document.definitions.flatMap((node) => (isTypeNode(node) ? [typeStatement(name, node)] : [])),
  );
}

/** The uses of a directive on a node. */
export function usesOf(node: { directives?: readonly ConstDirectiveNode[] }, directive: string): ConstDirectiveNode[] {
  return (node.directives ?? []).filter(({ name }) => name.value === directive);
}

/** The value of a directive's argument as written; undefined when it is left out. */
export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

const typeKinds: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_EXTENSION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.UNION_TYPE_EXTENSION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.ENUM_TYPE_EXTENSION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_EXTENSION,
]);

function isTypeNode(node: { readonly kind: string }): node is TypeNode {
  return typeKinds.has(node.kind);
}

function typeStatement(subgraph: string, node: TypeNode): TypeStatement {
  const name = node.name.value;
  const fields = fieldNodes(node)
    .flatMap((field) => fieldStatements({ subgraph, owner: name }, field))
    .filter(({ field }) => !machinery.has(field));
  return { subgraph, name, node, location: placeOf(node), fields };
}

function fieldNodes(node: TypeNode): readonly (FieldDefinitionNode | InputValueDefinitionNode)[] {
  return 'fields' in node ? (node.fields ?? []) : [];
}

function fieldStatements(
  { subgraph, owner }: { subgraph: string; owner: string },
  node: FieldDefinitionNode | InputValueDefinitionNode,
): FieldStatement[] {
  const coordinate = `${owner}.${node.name.value}`;
  const base = { subgraph, owner, field: coordinate };
  if (node.kind === Kind.INPUT_VALUE_DEFINITION) {
    return [{ ...base, coordinate, kind: 'inputField', node, location: placeOf(node) }];
  }
  return [
    { ...base, coordinate, kind: 'field', node, location: placeOf(node) },
    ...(node.arguments ?? []).map((argument): FieldStatement => {
      const location = placeOf(argument);
      return {
        ...base,
        coordinate: `${coordinate}(${argument.name.value}:)`,
        kind: 'argument',
        node: argument,
        location,
      };
    }),
  ];
}

/** The place of the name, which a description may stand lines above. */
function placeOf(node: { readonly name: { readonly loc?: Location | undefined } }): SourceLocation {
  return locationOf(node.name.loc) ?? { file: '<built>', line: 1, column: 1 };
}
