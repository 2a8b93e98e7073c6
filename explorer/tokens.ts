/** Where the page's bearer tokens come from: the demo's picker where the gateway offers one, else the reader's paste. */

/** One entry of the demo's token picker, as `/demo/tokens` lists it. */
export interface TokenChoice {
  readonly label: string;
  readonly client: string;
  readonly purpose: string;
  readonly customer?: string;
  readonly token: string;
}

/** The demo's choices, freshly minted; undefined where the gateway has no picker. */
export async function fetchTokenChoices(): Promise<readonly TokenChoice[] | undefined> {
  const answer = await fetch('/demo/tokens', { headers: { accept: 'application/json' } }).catch(() => undefined);
  if (answer === undefined || !answer.ok) return undefined;
  const list: unknown = await answer.json();
  return Array.isArray(list) ? list.filter(isTokenChoice) : undefined;
}

function isTokenChoice(entry: unknown): entry is TokenChoice {
  if (typeof entry !== 'object' || entry === null) return false;
  const { label, token } = entry as Partial<TokenChoice>;
  return typeof label === 'string' && typeof token === 'string';
}
