/**
 * A plan that was run before → the same run again, for as long as the subgraphs answer what they answered then. Every
 * subgraph is asked every time; what is saved is only the work between its bytes and ours.
 */
import type { Exchange } from './exchange.js';
import type { PlanNode } from './nodes.js';
import type { FetchStep, SubgraphPort } from './subgraph.js';
import type { Take, Tape } from './tape.js';

/** The exchanges of an earlier run of the same plan, under the same variables. */
export type Recording = ReadonlyMap<FetchStep, Take>;

/** One run that is tried again. */
interface Attempt {
  readonly recording: Recording;
  readonly exchange: Exchange;
  readonly tape: Tape;
}

/**
 * Asks again what was asked then; true when all answers were the same, byte for byte. Otherwise what was answered until
 * then is on the tape, for the run that must follow.
 */
export type Repeat = (attempt: Attempt) => Promise<boolean>;

/** Compiles a plan's repetition; null where it writes, or where a subgraph's answers are nothing to be kept. */
export function compileRepeat(node: PlanNode, ports: ReadonlyMap<string, SubgraphPort>): Repeat | null {
  switch (node.kind) {
    case 'sequence':
      return compileAll(node.nodes, ports, inOrder);
    case 'parallel':
      return compileAll(node.nodes, ports, atOnce);
    case 'condition':
      return compileCondition(node, ports);
    case 'rootFetch':
    case 'entityFetch':
      return compileFetch(node.step, ports);
  }
}

function compileAll(
  nodes: readonly PlanNode[],
  ports: ReadonlyMap<string, SubgraphPort>,
  join: (repeats: readonly Repeat[]) => Repeat,
): Repeat | null {
  const repeats = nodes.map((node) => compileRepeat(node, ports));
  const whole = repeats.filter((repeat) => repeat !== null);
  return whole.length === repeats.length ? join(whole) : null;
}

function inOrder(repeats: readonly Repeat[]): Repeat {
  return async (attempt) => {
    for (const repeat of repeats) if (!(await repeat(attempt))) return false;
    return true;
  };
}

function atOnce(repeats: readonly Repeat[]): Repeat {
  return async (attempt) => {
    const same = await Promise.all(repeats.map((repeat) => repeat(attempt)));
    return same.every(Boolean);
  };
}

function compileCondition(
  { variable, whenTrue, whenFalse }: PlanNode & { kind: 'condition' },
  ports: ReadonlyMap<string, SubgraphPort>,
): Repeat | null {
  const onTrue = whenTrue ? compileRepeat(whenTrue, ports) : nothing;
  const onFalse = whenFalse ? compileRepeat(whenFalse, ports) : nothing;
  if (!onTrue || !onFalse) return null;
  return (attempt) => (attempt.exchange.variables[variable] === true ? onTrue(attempt) : onFalse(attempt));
}

const nothing: Repeat = async () => true;

/** A step that the earlier run did not need is not needed now, since all before it is the same. */
function compileFetch(step: FetchStep, ports: ReadonlyMap<string, SubgraphPort>): Repeat | null {
  const carry = step.operation === 'query' ? ports.get(step.subgraph)?.carry?.(step) : undefined;
  if (!carry) return null;
  return async ({ recording, exchange, tape }) => {
    const then = recording.get(step);
    if (!then) return true;
    const now = await tape.take(step, then.body, () => carry(then.body, exchange));
    return now.kind === 'answer' && then.bytes.equals(now.bytes);
  };
}
