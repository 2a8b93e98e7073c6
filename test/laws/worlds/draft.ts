/** A subgraph while it is written: types and fields, printed as SDL at the end. */

/** A field as the world has it, whoever resolves it. */
export interface FieldDesign {
  readonly name: string;
  /** With lists and non-null marks. */
  readonly type: string;
  /** In parentheses; empty for none. */
  readonly args: string;
}

/** The named type below lists and non-null marks. */
export function namedOf(type: string): string {
  return type.replace(/[[\]!]/g, '');
}

/** An object type or interface of one subgraph. */
export class DraftType {
  readonly keys = new Map<string, { readonly resolvable: boolean }>();
  readonly interfaces = new Set<string>();
  readonly marks = new Set<string>();
  /** Field → its SDL and directives. */
  readonly fields = new Map<string, { readonly design: FieldDesign; readonly marks: Set<string> }>();

  constructor(
    readonly keyword: 'type' | 'interface',
    readonly name: string,
  ) {}

  /** Adds a field, or directives to one that is there. */
  add(design: FieldDesign, ...marks: readonly string[]): void {
    const present = this.fields.get(design.name) ?? { design, marks: new Set<string>() };
    for (const mark of marks) present.marks.add(mark);
    this.fields.set(design.name, present);
  }

  /** True when the subgraph resolves the field itself. */
  resolves(field: string): boolean {
    const marks = this.fields.get(field)?.marks;
    return marks !== undefined && !marks.has('@external');
  }

  print(): string {
    const keys = [...this.keys].map(
      ([fields, { resolvable }]) => `@key(fields: "${fields}"${resolvable ? '' : ', resolvable: false'})`,
    );
    const head = [
      this.keyword,
      this.name,
      ...(this.interfaces.size > 0 ? [`implements ${[...this.interfaces].join(' & ')}`] : []),
      ...keys,
      ...this.marks,
    ];
    const fields = [...this.fields.values()].map(({ design: { name, type, args }, marks }) =>
      [`  ${name}${args}: ${type}`, ...marks].join(' '),
    );
    return `${head.join(' ')} {\n${fields.join('\n')}\n}`;
  }
}

/** One subgraph. */
export class DraftSubgraph {
  readonly types = new Map<string, DraftType>();
  /** Definitions without directives: scalars, enums, inputs. */
  readonly plain = new Map<string, string>();
  /** Union → its members here. */
  readonly unions = new Map<string, readonly string[]>();

  constructor(readonly name: string) {}

  type(keyword: 'type' | 'interface', name: string): DraftType {
    const type = this.types.get(name) ?? new DraftType(keyword, name);
    this.types.set(name, type);
    return type;
  }

  print(): string {
    const unions = [...this.unions].map(([name, members]) => `union ${name} = ${members.join(' | ')}`);
    const types = [...this.types.values()].filter(({ fields }) => fields.size > 0).map((type) => type.print());
    return [...this.plain.values(), ...unions, ...types].join('\n');
  }
}
