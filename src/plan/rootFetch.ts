/** A fetch of root fields → closure. */
import { mergeInto, withholdFrom } from './merge.js';
import type { FetchContext, NodeRunner } from './nodeRunner.js';
import type { RootFetchNode } from './nodes.js';
import { plannedFields } from './plannedFields.js';
import { compileRewrites } from './rewrite.js';

/** Fetches and merges into the root; a failed call is noted at each root field it would have filled. */
export function compileRootFetch(node: RootFetchNode, { runner, topology }: FetchContext): NodeRunner {
  const planned = { fields: plannedFields(node.selectionSet, node.outputRewrites), topology };
  const correct = compileRewrites(node.outputRewrites, topology);
  return async (run) => {
    const { root, stray } = run;
    const { data, faults, isPlain } = await runner(run.exchange, []);
    if (data) run.isPlain &&= isPlain === true;
    if (!data) {
      withholdFrom(root, faults, planned);
      return;
    }
    stray.push(...faults);
    correct?.(data);
    mergeInto(root, data, planned);
  };
}
