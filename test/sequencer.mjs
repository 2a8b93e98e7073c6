/**
 * The order of the test files: whole-system journeys begin, so that none runs on alone when all else is done. Two that
 * start many processes do not stand side by side.
 */
const journeys = ['twoDemos', 'everyCoordinatePlanted', 'everyCoordinate', 'oneDemo', 'demo'];

export default class JourneysFirst {
  sort(tests) {
    const rank = ({ path }) => {
      const place = journeys.findIndex((name) => path.endsWith(`journeys/${name}.test.ts`));
      return place === -1 ? journeys.length : place;
    };
    return [...tests].sort((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1));
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
