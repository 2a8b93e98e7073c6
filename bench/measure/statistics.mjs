/** The few figures that rounds are summed up in. */

/** The value below which `percent` of the sorted values lie (nearest rank); undefined for none. */
export function percentile(sorted, percent) {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** The middle of the values; the mean of the two middle ones for an even number of them. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Half of the distance between the extremes, as a part of the median: 0.05 for a spread of ± 5 %. */
export function spread(values) {
  return (Math.max(...values) - Math.min(...values)) / 2 / median(values);
}

/** Slope and bend of y over x, by least squares through all points: how far a cost is from growing in a straight line. */
export function lineThrough(points) {
  const count = points.length;
  const sum = (of) => points.reduce((total, point) => total + of(point), 0);
  const [sx, sy, sxx, sxy] = [sum(({ x }) => x), sum(({ y }) => y), sum(({ x }) => x * x), sum(({ x, y }) => x * y)];
  const slope = (count * sxy - sx * sy) / (count * sxx - sx * sx);
  const offset = (sy - slope * sx) / count;
  const mean = sy / count;
  const total = sum(({ y }) => (y - mean) ** 2);
  const left = sum(({ x, y }) => (y - offset - slope * x) ** 2);
  return { slope, offset, r2: total === 0 ? 1 : 1 - left / total };
}
