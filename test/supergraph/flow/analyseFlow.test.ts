import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskOf } from '../../../src/policy/index.js';
import { classify, type Flow } from '../../../src/supergraph/index.js';
import { bits } from '../smallGraph.js';
import { directiveLeaks } from './directiveLeaks.js';
import { selectionLeaks } from './selectionLeaks.js';
import { brief, flowOf, flowThrough, subgraphsOf, type SmallGraph } from './smallFlow.js';

const leaks = [...directiveLeaks, ...selectionLeaks];

describe('the flow of data', () => {
  test.each(leaks.map((leak) => [leak.title, leak] as const))(
    'finds a leak over %s, and none in the same graph without it',
    (_, { leaking, found, fine }) => {
      expect(flowOf(leaking).findings.map(brief)).toEqual(found);
      expect(flowOf(fine).findings.map(brief)).toEqual([]);
    },
  );

  test('tells the way in words, from the labelled source to where it must not arrive', () => {
    const [, , chain] = directiveLeaks;
    const flow = flowOf((chain as (typeof directiveLeaks)[number]).leaking);
    expect(flow.pathTo('Customer.segment', maskOf(['BALANCE'])).map(({ words }) => words)).toEqual([
      '`Customer.segment` in subgraph `ads` requires `Customer.score`',
    ]);
    expect(flow.pathTo('Customer.balance', maskOf(['BALANCE']))).toEqual([]);
    expect(flow.pathTo('Customer.name', maskOf(['BALANCE']))).toEqual([]);
  });

  test('sees directives under the name that they were imported by, and under their long name', () => {
    const renamed = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", as: "fed",
      import: [{ name: "@requires", as: "@needs" }, "@external"])`;
    const sdl = (directive: string): SmallGraph['sdl'] => ({
      bank: `type Query { me: Customer @data(category: PLATFORM_PROFILE) }
        type Customer @fed__key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE) balance: Int @data(category: BALANCE) }`,
      ads: `type Customer @federation__key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE) balance: Int @external
        segment: Int ${directive}(fields: "balance") @data(category: AD_PROFILE) }`,
    });
    for (const directive of ['@needs', '@fed__requires', '@federation__requires', '@requires']) {
      const flow = flowThrough(subgraphsOf(sdl(directive), renamed));
      expect(flow.findings.map(({ sink }) => sink)).toEqual(['Customer.segment', 'subgraph ads']);
      expect(flow.received.get('ads')).toBe(maskOf(['PLATFORM_PROFILE', 'BALANCE']));
    }
  });
});

describe('an exception', () => {
  const said = '@declassify(category: BALANCE, reason: "rounded to thousands", approver: "privacy board")';
  const graph = (exception: string): SmallGraph => ({
    sdl: {
      bank: `type Query { me: Customer @data(category: PLATFORM_PROFILE) }
        type Customer @key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE) balance: Int @data(category: BALANCE) }`,
      ads: `type Customer @key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE) balance: Int @external
        segment: Int @requires(fields: "balance") @data(category: AD_PROFILE) ${exception} }`,
    },
    cleared: { ads: ['BALANCE'] },
  });

  test('stops the categories that it names where it stands, and is listed with its reason and approver', () => {
    const flow = flowOf(graph(said));
    expect(flow.findings).toEqual([]);
    expect(flow.declassifications).toMatchObject([
      {
        coordinate: 'Customer.segment',
        subgraph: 'ads',
        reason: 'rounded to thousands',
        approver: 'privacy board',
        location: { file: 'ads.graphql', line: 2 },
      },
    ]);
    const stopping = flow.edges.filter(({ stops }) => stops !== undefined);
    expect(stopping).toMatchObject([{ from: 'Customer.balance', to: 'Customer.segment', stops: maskOf(['BALANCE']) }]);
  });

  test('does not clear the subgraph that is handed the value', () => {
    expect(flowOf({ sdl: graph(said).sdl }).findings.map(brief)).toEqual([
      'FLOW_INTO_SUBGRAPH subgraph ads BALANCE requires@ads.graphql:2',
    ]);
  });

  test('does not stop other categories', () => {
    const other = said.replace('BALANCE', 'TERMS');
    expect(flowOf(graph(other)).findings.map(({ sink }) => sink)).toEqual(['Customer.segment']);
  });

  test.each([
    ['no reason', '@declassify(category: BALANCE, reason: " ", approver: "privacy board")'],
    ['no approver', '@declassify(category: BALANCE, reason: "rounded", approver: "")'],
    ['no category', '@declassify(category: [], reason: "rounded", approver: "privacy board")'],
    ['a category of its own making', '@declassify(category: SMALL, reason: "rounded", approver: "privacy board")'],
    ['a second one', `${said} ${said}`],
  ])('with %s is refused', (_, exception) => {
    const classified = classify(subgraphsOf(graph(exception).sdl), bits);
    expect(classified.kind === 'problems' && classified.problems.map(({ code }) => code)).toEqual(['DECLASSIFY']);
  });
});

describe('the fixpoint', () => {
  /** A fact of a flow whatever the order of steps. */
  function facts({ reaching, received, edges, findings }: Flow): unknown {
    return {
      reaching: [...reaching].sort(),
      received: [...received].sort(),
      edges,
      findings: findings.map(brief).sort(),
    };
  }

  test('is the same whatever the order of subgraphs', () => {
    const order = fc.constantFrom(...leaks).chain(({ leaking }) => {
      const names = Object.keys(leaking.sdl);
      return fc.shuffledSubarray(names, { minLength: names.length }).map((shuffled) => ({ leaking, shuffled }));
    });
    fc.assert(
      fc.property(order, ({ leaking: { sdl, cleared = {} }, shuffled }) => {
        const other = Object.fromEntries(shuffled.map((name) => [name, sdl[name] ?? '']));
        expect(facts(flowThrough(subgraphsOf(other), cleared))).toEqual(facts(flowThrough(subgraphsOf(sdl), cleared)));
      }),
      { numRuns: 40 },
    );
  });

  test('loses nothing when a requirement is added, and is closed under its steps', () => {
    const fields = ['a', 'b', 'c', 'd'] as const;
    const categories = ['BALANCE', 'TERMS', 'BILLS', 'OFFER_PUBLIC'] as const;
    const requirement = fc.tuple(fc.nat(3), fc.nat(3)).filter(([from, to]) => from !== to);
    const graph = (requirements: readonly (readonly [number, number])[]): Flow => {
      const owned = fields.map((field, at) => {
        const wanted = requirements.filter(([, to]) => to === at).map(([from]) => fields[from] ?? '');
        const requires = wanted.length === 0 ? '' : `@requires(fields: "${wanted.join(' ')}")`;
        const external = [...new Set(wanted)].map((name) => `${name}: Int @external`).join(' ');
        const sdl = `type Customer @key(fields: "ref") { ref: ID! @data(category: PLATFORM_PROFILE)
          ${field}: Int ${requires} @data(category: ${categories[at]}) ${external} }`;
        return [`s${field}`, sdl] as const;
      });
      const root = 'type Query { me: Customer @data(category: PLATFORM_PROFILE) }';
      return flowThrough(subgraphsOf({ ...Object.fromEntries(owned), sa: `${root} ${owned[0]?.[1] ?? ''}` }));
    };
    const masksOf = ({ reaching, received }: Flow): [string, number][] => [...reaching, ...received];
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 5 }), requirement, (before, added) => {
        const [less, more] = [graph(before), new Map(masksOf(graph([...before, added])))];
        for (const [place, mask] of masksOf(less)) expect((more.get(place) ?? 0) & mask).toBe(mask);
        for (const { from, to, stops } of less.edges) {
          const arrived = less.reaching.get(to) ?? less.received.get(to.replace('subgraph ', '')) ?? 0;
          expect((less.reaching.get(from) ?? 0) & ~(stops ?? 0) & ~arrived).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  });
});
