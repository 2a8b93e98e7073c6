/** Ends what the run of all tests shared. */
export default async function end() {
  await globalThis.ringfenceTestServer?.();
}
