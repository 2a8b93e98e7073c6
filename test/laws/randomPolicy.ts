/** A random graph with labels, and a random policy over it: as books for the oracle, as SDL and policy file for the gateway. */
import type { Books, Label } from './policyBooks.js';
import type { Dice } from './dice.js';
import { drawRows, financialWords, purposesOf } from './randomRows.js';

/** A graph and a policy, written down for both. */
export interface RandomPolicy {
  readonly books: Books;
  /** Subgraph → SDL, without the policy's vocabulary. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** The graph that clients see, without labels. */
  readonly publicSdl: string;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly list: boolean;
  readonly label: Omit<Label, 'coordinate'>;
  /** What another owner says beside. */
  readonly second?: Omit<Label, 'coordinate'>;
  readonly args: readonly Field[];
}

interface Graph {
  readonly objects: Map<string, Field[]>;
  readonly faces: Map<string, Field[]>;
  readonly values: Map<string, Field[]>;
  readonly inputs: Map<string, Field[]>;
  /** Object → its interfaces. */
  readonly implemented: Map<string, string[]>;
  readonly members: readonly string[];
}

const openWords = ['PLATFORM_PROFILE', 'AD_PROFILE', 'INSTITUTION_PUBLIC', 'OFFER_PUBLIC', 'APP_PUBLIC'];
const controlWords = ['CONSENT_RECORD', 'RECEIPT'];
const leaves = ['String', 'Int', 'ID'];

/** Every view shows something of every type, or the type would not be there. */
const publicField: Field = {
  name: 'public',
  type: 'String',
  list: false,
  label: { categories: ['INSTITUTION_PUBLIC'] },
  args: [],
};

/** Draws one; its matrix is of the kind that loads. */
export function drawPolicy(dice: Dice): RandomPolicy {
  const draw = new GraphDraw(dice);
  const graph = draw.graph();
  const labels = labelsOf(graph);
  const shape = shapeOf(graph);
  const rows = drawRows(dice);
  const books: Books = { labels, ...shape, rows, ...drawLists(dice, { labels, rows, targets: shape.targets }) };
  return {
    books,
    subgraphs: { one: sdlOf(graph, 'one'), two: sdlOf(graph, 'two') },
    publicSdl: sdlOf(graph, 'public'),
  };
}

class GraphDraw {
  private count = 0;

  constructor(private readonly dice: Dice) {}

  graph(): Graph {
    const { dice } = this;
    const names = (letter: string, most: number): string[] =>
      Array.from({ length: dice.between(1, most) }, (_, index) => `${letter}${index}`);
    const [objects, faces, values, inputs] = [names('O', 5), names('F', 2), names('V', 2), names('N', 2)];
    const members = dice.oneOrMore(objects, 50);
    const targets = { composite: [...objects, ...objects, ...faces, ...values, 'U'], inputs };
    const fields = (count: number): Field[] => Array.from({ length: count }, () => this.field(targets));
    const faceFields = new Map(faces.map((face) => [face, [publicField, ...fields(dice.between(1, 3))]]));
    const implemented = new Map(objects.map((name) => [name, dice.some(faces, 50)]));
    const rootFields: [string, Field[]][] = [
      ['Query', [publicField, ...fields(dice.between(2, 6))]],
      ['Mutation', [...fields(2), { ...this.field(targets), name: dice.pick(['grantConsent', 'revokeConsent']) }]],
      ['Subscription', fields(1)],
    ];
    return {
      objects: new Map([
        ...rootFields,
        ...objects.map((name): [string, Field[]] => {
          const inherited = (implemented.get(name) ?? []).flatMap((face) => faceFields.get(face) ?? []);
          return [
            name,
            [
              ...new Set([publicField, ...inherited]),
              ...fields(dice.between(1, 5)).map((field) => this.seconded(field)),
            ],
          ];
        }),
      ]),
      faces: faceFields,
      values: new Map(
        values.map((name) => [name, fields(dice.between(1, 3)).map((field) => ({ ...field, args: [] }))]),
      ),
      inputs: new Map(inputs.map((name) => [name, this.inputFields(dice.between(1, 3), inputs)])),
      implemented,
      members,
    };
  }

  private field(targets: { composite: readonly string[]; inputs: readonly string[] }): Field {
    const { dice } = this;
    return {
      name: `f${(this.count += 1)}`,
      type: dice.chance(45) ? dice.pick(leaves) : dice.pick(targets.composite),
      list: dice.chance(25),
      label: this.label(),
      args: dice.chance(25) ? this.inputFields(dice.between(1, 2), targets.inputs) : [],
    };
  }

  /** Sometimes another subgraph owns the field too and says something else of it. */
  private seconded(field: Field): Field {
    if (!this.dice.chance(20)) return field;
    return { ...field, second: { ...this.label(), reduced: field.label.reduced === true } };
  }

  private inputFields(count: number, inputs: readonly string[]): Field[] {
    return Array.from({ length: count }, () => ({
      name: `a${(this.count += 1)}`,
      type: this.dice.chance(30) ? this.dice.pick(inputs) : 'String',
      list: this.dice.chance(20),
      label: this.label(),
      args: [],
    }));
  }

  private label(): Omit<Label, 'coordinate'> {
    const { dice } = this;
    const words = dice.chance(30)
      ? openWords
      : dice.chance(15)
        ? controlWords
        : [...financialWords, 'DERIVED', 'RELATIONSHIP', 'TRANSACTION_CORE', 'TRANSACTION_CORE', 'FRAUD_SIGNAL'];
    const more = dice.chance(25) ? [dice.pick([...financialWords, ...controlWords, ...openWords])] : [];
    const categories = [...new Set([dice.pick(words), ...more])];
    const derived = categories.includes('DERIVED') ? { from: dice.oneOrMore(financialWords, 8) } : {};
    return { categories, reduced: dice.chance(words === controlWords ? 30 : 2), ...derived };
  }
}

/** Every type with its fields, inputs included. */
function allTypes({ objects, faces, values, inputs }: Graph): [string, readonly Field[]][] {
  return [...objects, ...faces, ...values, ...inputs];
}

function labelsOf(graph: Graph): Label[] {
  const of = (coordinate: string, { label, second }: Field): Label[] =>
    [label, second].flatMap((said) => (said ? [{ coordinate, ...said }] : []));
  return allTypes(graph)
    .filter(([type]) => !graph.values.has(type))
    .flatMap(([type, fields]) =>
      fields.flatMap((field) => [
        ...of(`${type}.${field.name}`, field),
        ...field.args.flatMap((argument) => of(`${type}.${field.name}(${argument.name}:)`, argument)),
      ]),
    );
}

function shapeOf(graph: Graph): Pick<Books, 'targets' | 'values' | 'edges' | 'inputs'> {
  const targets: Record<string, string> = {};
  for (const [type, fields] of allTypes(graph)) {
    for (const field of fields) {
      targets[`${type}.${field.name}`] = field.type;
      field.args.forEach((argument) => {
        targets[`${type}.${field.name}(${argument.name}:)`] = argument.type;
      });
    }
  }
  const values = [...graph.values.keys()];
  const leads = (type: string): boolean =>
    /^[OFU]/.test(type) || (values.includes(type) && valueLeads(graph, type, []));
  return {
    targets,
    values,
    edges: Object.keys(targets).filter((coordinate) => leads(targets[coordinate] ?? '')),
    inputs: Object.fromEntries(
      [...graph.inputs].map(([type, fields]) => [type, fields.map(({ name }) => `${type}.${name}`)]),
    ),
  };
}

/** Whether objects hang below a value. */
function valueLeads(graph: Graph, type: string, above: readonly string[]): boolean {
  if (above.includes(type)) return false;
  return (graph.values.get(type) ?? []).some(
    (field) =>
      /^[OFU]/.test(field.type) || (graph.values.has(field.type) && valueLeads(graph, field.type, [...above, type])),
  );
}

type Lists = Pick<Books, 'anchors' | 'picking' | 'writes' | 'open' | 'entries'>;

function drawLists(dice: Dice, { labels, rows, targets }: Pick<Books, 'labels' | 'rows' | 'targets'>): Lists {
  const fields = [...new Set(labels.map(({ coordinate }) => coordinate))];
  const words = (coordinate: string): string[] =>
    labels.filter((label) => label.coordinate === coordinate).flatMap(({ categories }) => categories);
  const cells = (purpose: string, coordinate: string): string[] =>
    words(coordinate).map((category) => rows[purpose]?.[category] ?? 'deny');
  const anchors = purposesOf.firstParty.map((purpose): [string, string[]] => {
    const fit = fields.filter(
      (edge) =>
        /^[OFU]/.test(targets[edge] ?? '') && cells(purpose, edge).every((cell) => cell === 'allow' || cell === 'item'),
    );
    return [purpose, dice.some(fit, 40)];
  });
  const picked = fields.filter((field) => purposesOf.firstParty.some((one) => cells(one, field).includes('picking')));
  const entered = dice.some(openWords, 25).filter((word) => word !== 'INSTITUTION_PUBLIC');
  // A view that hid a field of an object and not the same one of its interface would be no schema.
  const kin = (chosen: readonly string[]): string[] => {
    const names = new Set(chosen.map((coordinate) => coordinate.slice(coordinate.indexOf('.'))));
    return fields.filter((coordinate) => names.has(coordinate.slice(coordinate.indexOf('.'))));
  };
  const listed = (category: string): string[] =>
    kin(
      dice.some(
        fields.filter((field) => words(field).includes(category)),
        60,
      ),
    );
  const entry = (category: string): Record<string, string[]> =>
    Object.fromEntries(dice.some(purposesOf.all, 30).map((purpose) => [purpose, listed(category)]));
  return {
    anchors: Object.fromEntries(anchors),
    picking: dice.some(picked, 50),
    writes: Object.fromEntries(
      fields
        .filter((field) => /^Mutation\.\w+$/.test(field))
        .map((field) => [field, dice.some(purposesOf.firstParty, 50)]),
    ),
    open: openWords.filter((word) => !entered.includes(word)),
    entries: Object.fromEntries(entered.map((word) => [word, entry(word)])),
  };
}

function sdlOf(graph: Graph, reader: 'one' | 'two' | 'public'): string {
  const keep = (field: Field): boolean => reader !== 'two' || field.second !== undefined;
  const block = (head: string, fields: readonly Field[]): string => {
    const lines = fields.filter(keep).map((field) => fieldText(field, reader));
    return lines.length === 0 ? '' : `${head} {\n  ${lines.join('\n  ')}\n}`;
  };
  const head = (name: string): string => {
    const faces = graph.implemented.get(name) ?? [];
    return `type ${name}${faces.length > 0 && reader !== 'two' ? ` implements ${faces.join(' & ')}` : ''}`;
  };
  const mark = reader === 'public' ? '' : ' @value';
  const plain = (field: Field): Field => ({ ...field, label: { categories: [] } });
  const parts = [...graph.objects].map(([name, fields]) => block(head(name), fields));
  if (reader === 'two') return ['scalar Another', ...parts].join('\n');
  parts.push(
    ...[...graph.faces].map(([name, fields]) => block(`interface ${name}`, fields)),
    ...[...graph.values].map(([name, fields]) => block(`type ${name}${mark}`, fields.map(plain))),
    ...[...graph.inputs].map(([name, fields]) => block(`input ${name}`, fields)),
    `union U = ${graph.members.join(' | ')}`,
  );
  return parts.join('\n');
}

function fieldText(field: Field, reader: 'one' | 'two' | 'public'): string {
  const type = field.list ? `[${field.type}]` : field.type;
  const given = field.args.map((argument) => fieldText(argument, reader === 'two' ? 'one' : reader)).join(', ');
  const said = reader === 'two' ? (field.second ?? field.label) : field.label;
  const label = reader === 'public' || said.categories.length === 0 ? '' : ` ${labelText(said)}`;
  return `${field.name}${given === '' ? '' : `(${given})`}: ${type}${label}`;
}

function labelText({ categories, from, reduced }: Omit<Label, 'coordinate'>): string {
  const inputs = from ? `, from: [${from.join(', ')}]` : '';
  return `@data(category: [${categories.join(', ')}]${inputs}${reduced === true ? ', reduced: true' : ''})`;
}
