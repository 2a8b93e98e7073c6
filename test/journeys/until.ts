const pauseMs = 50;

/** Looks again, every 50 ms, until it is so. Throws when it is not at the last of `mostLooks` (600: half a minute). */
export async function until(look: () => Promise<boolean>, mostLooks = 600): Promise<void> {
  for (let turn = 0; turn < mostLooks; turn += 1) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error('it did not come to pass');
}
