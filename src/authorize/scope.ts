import { controlCategories, financialMask, type CategoryMask, maskOf } from '../policy/index.js';
import type { PrincipalClass } from './verdicts.js';

const controlMask = maskOf(controlCategories);

/**
 * True when the scope names all that a coordinate needs. Open categories need no scope; auditors read reduced records by
 * `audit:read`; changing a consent takes `consent:manage` too (domain.md, 3 and 4).
 */
export function scopeReaches(asker: PrincipalClass, needs: CategoryMask, coordinate: string): boolean {
  if (asker.purpose === 'COMPLIANCE_AUDIT') return (needs & controlMask) === 0 || asker.scopeWords.has('audit:read');
  if (changesConsent(coordinate) && !asker.scopeWords.has('consent:manage')) return false;
  return (needs & (financialMask | controlMask) & ~asker.scope) === 0;
}

function changesConsent(coordinate: string): boolean {
  return coordinate === 'Mutation.grantConsent' || coordinate === 'Mutation.revokeConsent';
}
