/** The order of the test files: whole-system journeys begin, so that none runs on alone when all else is done. */
const journeys = ['twoDemos', 'everyCoordinate', 'oneDemo', 'everyCoordinatePlanted', 'demo'];

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
