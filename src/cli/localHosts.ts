/** Names of this machine: what goes there crosses no network. */
export const localHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
