/** A partner's contract (SDL) → the schema that fetches are read and answers are checked against. */
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  type InputValueDefinitionNode,
} from 'graphql';

/** The schema of a subgraph's SDL, `schema/policy.graphql` included. Throws for SDL that does not build. */
export function contractSchema(document: DocumentNode): GraphQLSchema {
  return buildASTSchema(document, { assumeValidSDL: true, assumeValid: true });
}

type Annotated = FieldDefinitionNode | InputValueDefinitionNode | null | undefined;

/** The kind of a `@sealed` field or argument; undefined for any other. */
export function sealedKind(node: Annotated): string | undefined {
  const kind = directive(node, 'sealed')?.arguments?.find(({ name }) => name.value === 'as')?.value;
  return kind?.kind === 'EnumValue' ? kind.value : undefined;
}

/** The argument that says which bank a root field goes to: `@routes`, or the sealed id of a partner's object. */
export function routingArgument(field: GraphQLField<unknown, unknown>): GraphQLArgument | undefined {
  return field.args.find(({ astNode }) => {
    const kind = sealedKind(astNode);
    return directive(astNode, 'routes') !== undefined || (kind !== undefined && kind !== 'CURSOR');
  });
}

/** The use of a directive on a field or an argument, if there is one. */
export function directive(node: Annotated, name: string): ConstDirectiveNode | undefined {
  return node?.directives?.find((candidate) => candidate.name.value === name);
}
