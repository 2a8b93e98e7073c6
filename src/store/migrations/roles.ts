import type { Migration } from './schemaVersion.js';

/** Makes a role where there is none, and the owner a member where that is theirs to grant. */
const made = (role: string): string => `do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
  begin
    grant ${role} to current_user;
  exception when insufficient_privilege then null;
  end;
end $$`;

/**
 * The roles that later steps grant to. A role belongs to the whole server, so another database or an administrator may have made
 * it; an owner who may not make roles needs that.
 */
export const roles: Migration = {
  name: 'roles',
  statements: [
    made('ringfence_gateway'),
    made('ringfence_auditor'),
    'grant usage on schema public to ringfence_gateway, ringfence_auditor',
    'grant select on ringfence_schema to ringfence_gateway, ringfence_auditor',
  ],
};
