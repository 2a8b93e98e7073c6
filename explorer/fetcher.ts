import type { Fetcher } from '@graphiql/toolkit';

/** Sends operations to the gateway; `token` is asked for anew each time, because tokens are short-lived. */
export function createFetcher(token: () => Promise<string>): Fetcher {
  return async ({ query, variables, operationName }) => {
    const bearer = await token();
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify({ query, variables, ...(operationName ? { operationName } : {}) }),
    });
    return answer.json();
  };
}
