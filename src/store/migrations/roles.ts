import type { Migration } from './schemaVersion.js';

/**
 * The roles that later steps grant to. A role belongs to the whole server, so it may be there already; the owner becomes a
 * member of each, to act as one of them.
 */
export const roles: Migration = {
  name: 'roles',
  statements: [
    'do $$ begin create role ringfence_gateway nologin; exception when duplicate_object then null; end $$',
    'do $$ begin create role ringfence_auditor nologin; exception when duplicate_object then null; end $$',
    'grant ringfence_gateway, ringfence_auditor to current_user',
    'grant usage on schema public to ringfence_gateway, ringfence_auditor',
    'grant select on ringfence_schema to ringfence_gateway, ringfence_auditor',
  ],
};
