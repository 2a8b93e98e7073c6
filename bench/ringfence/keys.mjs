/** The keys that the benchmark's processes share, and the tokens of its customers. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { jsonResponse } from '../http/messages.mjs';
import { listen } from '../http/server.mjs';

/** The gateway's end of a fresh grant key and MAC key per audience, and the audiences' own ends, by audience. */
export function grantKeysFor(audiences) {
  const gateway = {};
  const partners = {};
  for (const audience of audiences) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const kid = `${audience}-1`;
    const macKey = randomBytes(32).toString('base64');
    gateway[audience] = { kid, grantKey: privateKey.export({ format: 'jwk' }), macKey };
    partners[audience] = {
      grantKeys: [{ ...publicKey.export({ format: 'jwk' }), kid }],
      macKeys: [{ kid, key: macKey }],
    };
  }
  return { gateway, partners };
}

const audience = 'ringfence';
const issuerName = 'https://issuer.bench.example';
const tokenLifeS = 24 * 3600;

/** An issuer whose keys are served over HTTP: what a verifier needs of it, tokens for customers, and its end. */
export async function openIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const kid = 'issuer-1';
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' }] };
  const served = jsonResponse(JSON.stringify(jwks));
  const { port, close } = await listen(() => served);
  const tokenFor = (customer) => {
    const nowS = Math.floor(Date.now() / 1000);
    const times = { iat: nowS, auth_time: nowS, exp: nowS + tokenLifeS };
    const who = { client_id: 'messenger', purpose: 'ACCOUNT_SERVICING', sub: customer, scope };
    return new SignJWT({ iss: issuerName, aud: audience, ...times, ...who })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
      .sign(privateKey);
  };
  return { issuer: { issuer: issuerName, jwksUrl: `http://127.0.0.1:${port}/jwks` }, audience, tokenFor, close };
}

const scope = [
  'data:relationship',
  'data:account-identity',
  'data:available-balance',
  'data:balance',
  'data:transaction-core',
  'data:transaction-detail',
].join(' ');
