/**
 * Labels × policy × token × operation → the positions that are denied. Written by hand from the policy's own text, for
 * laws to compare the gateway with; imports nothing of src/.
 */
import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import { type Books, type Claims, control, firstParty, wordOf } from './policyBooks.js';

const open = /^(PLATFORM_PROFILE|AD_PROFILE|INSTITUTION_PUBLIC|OFFER_PUBLIC|APP_PUBLIC)$/;
/** What is asked for: given as input, or read; on an item's own field, or not. */
type Ask = { readonly coordinate: string; readonly input: boolean; readonly item: boolean };
type At = { readonly type: string; readonly path: string; readonly item: boolean; readonly lost: boolean };

/** Answers for one token. */
export class PolicyOracle {
  private readonly words: string;
  constructor(
    private readonly books: Books,
    private readonly token: Claims,
  ) {
    const isFinancial = / data:(?!(consent-record|receipt) )/.test(` ${token.scope} `);
    this.words = ` ${token.scope} ${isFinancial ? wordOf('RELATIONSHIP') : ''} `;
  }

  /** The denied positions as the steps `Type.key` that lead to them, with all that hangs below. Type: of the root. */
  denied({ definitions }: DocumentNode, root: string, selections: SelectionSetNode): Set<string> {
    const found = new Set<string>();
    const visit = (set: SelectionSetNode, at: At): void => {
      for (const node of set.selections) {
        if (node.kind === Kind.FIELD) field(node, at);
        const named = definitions.find(
          (one) => 'typeCondition' in one && 'name' in node && one.name.value === node.name.value,
        );
        const inner = node.kind === Kind.FRAGMENT_SPREAD ? named : node;
        if (inner && 'typeCondition' in inner)
          visit(inner.selectionSet, { ...at, type: inner.typeCondition?.name.value ?? at.type });
      }
    };
    const field = (node: FieldNode, { type, path, item, lost }: At): void => {
      if (node.name.value.startsWith('__')) return;
      const own = `${type}.${node.name.value}`;
      const inputs = (node.arguments ?? []).flatMap(({ name }) => this.given(`${own}(${name.value}:)`, []));
      const asks = inputs.map((coordinate) => ({ coordinate, input: true, item: item && coordinate.includes('(') }));
      const target = this.books.targets[own] ?? '';
      const below: At = {
        type: target,
        path: `${path}/${type}.${(node.alias ?? node.name).value}`,
        item: this.isAnchor(own) || (item && this.books.values.includes(target)),
        lost: lost || ![{ coordinate: own, input: false, item }, ...asks].every((ask) => this.permits(ask)),
      };
      if (below.lost) found.add(below.path);
      if (node.selectionSet) visit(node.selectionSet, below);
    };
    visit(selections, { type: root, path: '', item: false, lost: false });
    return found;
  }

  private isAnchor(coordinate: string, purpose = this.token.purpose): boolean {
    return this.books.anchors[purpose]?.includes(coordinate) === true;
  }

  /** An argument and every input field that it can carry. */
  private given(coordinate: string, above: readonly string[]): string[] {
    const fields = above.includes(coordinate) ? [] : (this.books.inputs[this.books.targets[coordinate] ?? ''] ?? []);
    return [coordinate, ...fields.flatMap((one) => this.given(one, [...above, coordinate]))];
  }

  /** True when all that anyone says of the coordinate permits it there. */
  permits({ coordinate, input, item }: Ask): boolean {
    const { books, token } = this;
    const names = (category: string): boolean => this.words.includes(` ${wordOf(category)} `);
    const cell = (category: string): string => books.rows[token.purpose]?.[category] ?? 'deny';
    if (books.values.includes(coordinate.split('.')[0] ?? '')) return true; // the edge that reached the value decided
    const isWrite = /^(Mutation|Subscription)\.\w+$/.test(coordinate);
    if (isWrite && !books.writes[coordinate]?.includes(token.purpose)) return false;
    if (/^Mutation\.(grant|revoke)Consent$/.test(coordinate) && !this.words.includes(' consent:manage ')) return false;
    const said = books.labels.filter((label) => label.coordinate === coordinate);
    const all = said.flatMap(({ categories }) => categories);
    // An edge on from an item is no own value of it: it must be an anchor edge too, or readable anyway and nobody's anchor.
    const isAnyones = Object.keys(books.anchors).some((purpose) => this.isAnchor(coordinate, purpose));
    const leaves = !input && item && books.edges.includes(coordinate) && all.some((one) => cell(one) === 'item');
    if (leaves && !this.isAnchor(coordinate) && (isAnyones || !all.some((one) => cell(one) === 'allow'))) return false;
    const reduced = said.some((label) => label.reduced === true);
    const opens = (category: string): boolean => {
      const word = cell(category);
      if (open.test(category) && !reduced)
        return books.open.includes(category) || !!books.entries[category]?.[token.purpose]?.includes(coordinate);
      if (token.purpose === 'COMPLIANCE_AUDIT')
        return control.test(category) && token.scope === 'audit:read' && word === (reduced ? 'reduced' : 'own');
      if (!firstParty.test(token.purpose)) return false;
      if (category === 'DERIVED' && !reduced)
        return said.every(({ from = [] }) => from.every((one) => cell(one) === 'allow' && names(one)));
      if (!names(category)) return false;
      if (reduced || word === 'reduced') return reduced && word === 'reduced';
      if (word === 'item') return item || this.isAnchor(coordinate);
      if (word === 'picking') return books.picking.includes(coordinate);
      return word === 'write' ? input : ['allow', 'own'].includes(word);
    };
    return all.length > 0 && all.every(opens);
  }
}
