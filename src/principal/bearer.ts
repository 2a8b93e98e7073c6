import { TokenRefusal } from './refusal.js';

/** What a verifier looks at of a request: nothing but `Authorization` identifies anyone. */
export interface TokenHeaders {
  /** As Node's parser gives it, which silently keeps the first of several. */
  readonly authorization: string | readonly string[] | undefined;
  /** All names and values in turn, as received (`IncomingMessage.rawHeaders`): shows a doubled header. */
  readonly rawHeaders: readonly string[];
}

/** Far above any honest token, far below what would cost anything to parse. */
const maxLength = 8192;
const authorizationName = 'authorization';
const pattern = /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** The token of exactly one `Bearer` credential (RFC 6750, 2.1). Throws a `TokenRefusal` for anything else. */
export function bearerToken({ authorization, rawHeaders }: TokenHeaders): string {
  let [value, count] = ['', 0];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (!isAuthorization(rawHeaders[index])) continue;
    [value, count] = [rawHeaders[index + 1] ?? '', count + 1];
  }
  if (count !== 1 || value !== authorization) throw new TokenRefusal('header');
  const token = value.length > maxLength ? undefined : pattern.exec(value)?.[1];
  if (token === undefined) throw new TokenRefusal('header');
  return token;
}

function isAuthorization(name: string | undefined): boolean {
  return name?.length === authorizationName.length && name.toLowerCase() === authorizationName;
}
