/** Whether two kinds of samples can be told apart, by ranks alone: latencies have long tails that means would follow. */

/**
 * How often a sample of `a` exceeds one of `b`, ties by half: 0.5 when neither tells anything (the U of Mann and Whitney, divided
 * by the number of pairs). Sorts both once.
 */
export function superiority(a, b) {
  const all = [...a.map((value) => ({ value, of: 'a' })), ...b.map((value) => ({ value, of: 'b' }))];
  all.sort((x, y) => x.value - y.value);
  let rankSum = 0;
  for (let start = 0, end = 0; start < all.length; start = end) {
    while (end < all.length && all[end].value === all[start].value) end += 1;
    const tied = all.slice(start, end).filter(({ of }) => of === 'a').length;
    rankSum += (tied * (start + 1 + end)) / 2;
  }
  return (rankSum - (a.length * (a.length + 1)) / 2) / (a.length * b.length);
}

/** The z of Mann and Whitney's test for samples of these sizes; beyond ± 1.96 chance is a poor explanation. */
export function zOf(probability, aCount, bCount) {
  return (probability - 0.5) / Math.sqrt((aCount + bCount + 1) / (12 * aCount * bCount));
}

/**
 * The superiority over blocks of `{ a, b }` that were measured one after the other, with an interval of 99 % from how much blocks
 * differ: neighbours in time resemble each other, which a test over all samples would take for evidence.
 */
export function overBlocks(blocks) {
  const each = blocks.map(({ a, b }) => superiority(a, b));
  const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
  const variance = each.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, each.length - 1);
  const student = 2.58 + 7.25 / Math.max(1, each.length - 1); // a little above the true quantile, most with few blocks
  const half = student * Math.sqrt(variance / each.length);
  const [a, b] = [blocks.flatMap((block) => block.a), blocks.flatMap((block) => block.b)];
  return { superiority: mean, low: mean - half, high: mean + half, z: zOf(superiority(a, b), a.length, b.length) };
}

/**
 * In one word: `alike` when the whole interval lies within 0.45 … 0.55, `different` when it lies on one side of 0.5 and reaches
 * beyond that, else `undecided`: more samples, or a quieter machine.
 */
export function judged({ low, high }) {
  if (low > 0.45 && high < 0.55) return 'alike';
  return low > 0.5 || high < 0.5 ? 'different' : 'undecided';
}
