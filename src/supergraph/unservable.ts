/** A supergraph → what it asks of a gateway that this one does not do. Such a graph is refused, not served in part. */
import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import type { Problem } from '../fault/index.js';
import { argumentOf, usesOf } from './statement.js';

/** Every reason why the supergraph is not served; none for what Federation 2 composes, `@fromContext` apart. */
export function unservable(document: DocumentNode): readonly Problem[] {
  return [...firstJoinSpec(document), ...links(document).flatMap(unservableLink), ...contextArguments(document)];
}

/** Join v0.1 does not say which subgraphs have a value type, so nothing in it can be planned with certainty. */
function firstJoinSpec(document: DocumentNode): readonly Problem[] {
  const isFirst =
    schemaDirectives(document, 'core').some((core) => /\/join\/v0\.1\b/.test(textOf(core, 'feature'))) ||
    links(document).some((link) => /\/join\/v0\.1\b/.test(textOf(link, 'url'))) ||
    document.definitions.some((node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === 'join__owner');
  const message = 'was composed for Federation 1 (join v0.1); compose its subgraphs with Federation 2';
  return isFirst ? [{ code: 'JOIN_V0_1', message }] : [];
}

/** Features that decide who may read what; `inaccessible` is the one that this gateway knows. */
function unservableLink(link: ConstDirectiveNode): readonly Problem[] {
  const [url, as] = [textOf(link, 'url'), textOf(link, 'as')];
  const purpose = argumentOf(link, 'for');
  if (purpose?.kind === Kind.ENUM && purpose.value === 'SECURITY' && !/\/inaccessible\/v0\./.test(url)) {
    return [{ code: 'SECURITY_FEATURE', message: `is secured by \`${url}\`, which a gateway without policy ignores` }];
  }
  if (/\/join\/v\d/.test(url) && as !== '' && as !== 'join') {
    return [{ code: 'JOIN_RENAMED', message: `names the join spec \`${as}\`; expected \`join\`` }];
  }
  return [];
}

/** The planner leaves such arguments out, and subgraphs would be asked for something else. */
function contextArguments(document: DocumentNode): readonly Problem[] {
  return document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    const fed = (node.fields ?? []).filter((field) => usesOf(field, 'join__field').some(takesContext));
    return fed.map((field) => ({
      code: 'CONTEXT_ARGUMENT',
      coordinate: `${node.name.value}.${field.name.value}`,
      message: 'takes an argument from a context (`@fromContext`), which is not supported',
    }));
  });
}

function takesContext(join: ConstDirectiveNode): boolean {
  const value = argumentOf(join, 'contextArguments');
  return value?.kind === Kind.LIST && value.values.length > 0;
}

function links(document: DocumentNode): readonly ConstDirectiveNode[] {
  return schemaDirectives(document, 'link');
}

function schemaDirectives(document: DocumentNode, name: string): readonly ConstDirectiveNode[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? usesOf(node, name) : [],
  );
}

function textOf(directive: ConstDirectiveNode, argument: string): string {
  const value = argumentOf(directive, argument);
  return value?.kind === Kind.STRING ? value.value : '';
}
