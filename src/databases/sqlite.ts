import { rmSync } from 'node:fs';
import type { SqlChange, SqlDatabase, SqlRow, SqlValue } from '../ports/sql.js';

/** What both of the SQLite libraries can do. */
interface Library {
  open(file: string): Connection;
}

interface Connection {
  exec(sql: string): void;
  all(sql: string, values: readonly SqlValue[]): readonly SqlRow[];
  /** Runs it once for each row. */
  runEach(sql: string, rows: SqlChange['rows']): void;
  close(): void;
}

/**
 * The file, made if it is missing; its folder must exist. The caller holds a lock on it: nothing else has it open, so that what a killed
 * process left locked is free.
 */
export async function openSqlite(file: string): Promise<SqlDatabase> {
  const library = builtIn() ?? (await webAssembly());
  const connection = library.open(file);
  try {
    // Enough for what can be made again.
    connection.exec('PRAGMA synchronous = NORMAL');
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    name: file,
    all: async (sql, values = []) => connection.all(sql, values),
    async change(changes) {
      connection.exec('BEGIN IMMEDIATE');
      try {
        for (const { sql, rows } of changes) connection.runEach(sql, rows);
        connection.exec('COMMIT');
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      }
    },
    close: async () => connection.close(),
  };
}

/** The part of node:sqlite that is used, which the types of Node 20 do not have. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    file: string,
  ) => {
    exec(sql: string): void;
    prepare(sql: string): {
      run(...values: readonly SqlValue[]): unknown;
      all(...values: readonly SqlValue[]): unknown;
    };
    close(): void;
  };
}

/** node:sqlite; undefined before Node 22.13. */
function builtIn(): Library | undefined {
  const sqlite = quietly(() => process.getBuiltinModule('node:sqlite')) as NodeSqlite | undefined;
  return (
    sqlite && {
      open(file) {
        const database = new sqlite.DatabaseSync(file);
        return {
          exec: (sql) => database.exec(sql),
          all: (sql, values) => database.prepare(sql).all(...values) as readonly SqlRow[],
          runEach(sql, rows) {
            const statement = database.prepare(sql);
            for (const row of rows) statement.run(...row);
          },
          close: () => database.close(),
        };
      },
    }
  );
}

/** Without the warning that the module is experimental, which is no news to those who run halab. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** SQLite as WebAssembly. It locks a file by a folder beside it, which a killed process leaves there. */
async function webAssembly(): Promise<Library> {
  const { default: sqlite } = await import('node-sqlite3-wasm');
  return {
    open(file) {
      rmSync(`${file}.lock`, { recursive: true, force: true });
      const database = new sqlite.Database(file);
      return {
        exec: (sql) => database.exec(sql),
        all: (sql, values) => database.all(sql, [...values]) as readonly SqlRow[],
        runEach(sql, rows) {
          const statement = database.prepare(sql);
          try {
            for (const row of rows) statement.run([...row]);
          } finally {
            statement.finalize();
          }
        },
        close: () => database.close(),
      };
    },
  };
}
