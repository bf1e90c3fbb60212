import type { Client } from 'pg';
import { LabError, messageOf } from '../model/errors.js';
import type { SqlChange, SqlDatabase, SqlRow, SqlValue } from '../ports/sql.js';

const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;
/** Writers of halab take turns by it; an arbitrary number. */
const LOCK = 7_245_312_204;
/** The protocol counts the values of a statement in 16 bits. */
const MOST_VALUES = 60_000;

/** A database on a PostgreSQL server, by its URL. Throws LabError `usage` where it cannot be reached. */
export async function openPostgres(url: string): Promise<SqlDatabase> {
  const { default: pg } = await import('pg');
  const name = withoutPassword(url);
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'halab',
  });
  // A server that goes away meanwhile: the query under way rejects, and nobody else asks.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new LabError('usage', `cannot connect to ${name}: ${messageOf(cause)}`, {
      hint: 'check HALAB_HISTORY, and that the server runs',
      cause,
    });
  }
  return {
    name,
    all: async (sql, values = []) => (await client.query<SqlRow>(numbered(sql), [...values])).rows,
    async change(changes) {
      await client.query('BEGIN');
      try {
        await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
        for (const change of changes) await changeRows(client, change);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
    close: () => client.end(),
  };
}

/** Rows that are inserted go in one statement, which saves the way to the server and back for each. */
async function changeRows(client: Client, { sql, rows }: SqlChange): Promise<void> {
  const group = /(?<=VALUES )\([?, ]+\)/.exec(sql)?.[0];
  const width = rows[0]?.length ?? 0;
  const atOnce = group === undefined || width === 0 ? 1 : Math.floor(MOST_VALUES / width);
  for (let from = 0; from < rows.length; from += atOnce) {
    const part = rows.slice(from, from + atOnce);
    const whole = group === undefined ? sql : sql.replace(group, part.map(() => group).join(', '));
    await client.query(numbered(whole), part.flat() as SqlValue[]);
  }
}

/** `$1` for the first question mark, and so on. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${++count}`);
}

function withoutPassword(url: string): string {
  return url.replace(/(?<=^\w+:\/\/[^/@]*):[^/@]*(?=@)/, '').replace(/(?<=[?&]password=)[^&]*/, '…');
}
