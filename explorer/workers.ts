/** The editor's background workers, as files of this page's own origin: the content policy allows no others. */
const workers: Readonly<Record<string, string>> = { json: 'json.worker.js', graphql: 'graphql.worker.js' };

/** Tells the editor where its workers are. Must run before the first editor is drawn. */
export function serveWorkers(): void {
  Object.assign(globalThis, {
    MonacoEnvironment: {
      getWorker: (_id: string, label: string) =>
        new Worker(new URL(workers[label] ?? 'editor.worker.js', location.href)),
    },
  });
}
