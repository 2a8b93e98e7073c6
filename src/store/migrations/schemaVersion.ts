import type { Generated } from 'kysely';

/** The table that says which migrations have run. */
export interface SchemaTables {
  readonly ringfence_schema: {
    readonly version: number;
    readonly name: string;
    readonly applied_at: Generated<Date>;
  };
}

/** One step of the schema: statements that PostgreSQL 15 and later understand, run once and whole. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}
