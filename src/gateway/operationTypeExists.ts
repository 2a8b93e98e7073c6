/** A validation rule that graphql 16 lacks: an operation's root type must exist. */
import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/**
 * Refuses a mutation or subscription in a schema without any ("Operation Type Existence", GraphQL specification,
 * 5.2.1). Without it such an operation passes: no field is checked where the root type is unknown.
 */
export function operationTypeExists(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`this schema has no ${node.operation} type`, { nodes: node }));
    },
  };
}
