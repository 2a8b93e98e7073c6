/** Loaded before a program: each SIGUSR2 sets its wall clock 40 s back, or right again. */
const wrongMs = -40_000;
const Real = Date;
let offsetMs = 0;

process.on('SIGUSR2', () => {
  offsetMs = offsetMs === 0 ? wrongMs : 0;
});

globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [Real.now() + offsetMs] : given));
  }

  static now() {
    return Real.now() + offsetMs;
  }
};
