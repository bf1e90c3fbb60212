export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One statement for each of these rows of values, which stand for its question marks. */
export interface SqlChange {
  readonly sql: string;
  readonly rows: readonly (readonly SqlValue[])[];
}

/** A database that speaks the common part of SQLite's and PostgreSQL's SQL. Its methods throw whatever the database says. */
export interface SqlDatabase {
  /** For messages: a path, or an address without its password. */
  readonly name: string;
  all(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** All of them or none, one writer at a time. */
  change(changes: readonly SqlChange[]): Promise<void>;
  close(): Promise<void>;
}
