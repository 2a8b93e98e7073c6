import { controlCategories, financialMask, type CategoryMask, maskOf } from '../policy/index.js';
import type { PrincipalClass } from './verdicts.js';

const controlMask = maskOf(controlCategories);

/**
 * True when the scope names what a coordinate needs. Open categories need no scope. Consent managers read the bank of a
 * consent or receipt as part of the record; auditors read reduced records by `audit:read`; changing a consent takes
 * `consent:manage` (domain.md, 3 and 4).
 */
export function scopeReaches(asker: PrincipalClass, needs: CategoryMask, coordinate: string): boolean {
  if (asker.purpose === 'COMPLIANCE_AUDIT') return (needs & controlMask) === 0 || asker.scopeWords.has('audit:read');
  if (changesConsent(coordinate) && !asker.scopeWords.has('consent:manage')) return false;
  const ofRecord = asker.purpose === 'CONSENT_MANAGEMENT' && (needs & controlMask) !== 0;
  const named = needs & (ofRecord ? controlMask : financialMask | controlMask);
  return (named & ~asker.scope) === 0;
}

function changesConsent(coordinate: string): boolean {
  return coordinate === 'Mutation.grantConsent' || coordinate === 'Mutation.revokeConsent';
}
