import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '../../src/databases/postgres.js';
import { until } from './real-lab/until.js';

const VERSIONS = '/usr/lib/postgresql';

/** Debian's PostgreSQL with a cluster of its own, which listens on a socket in its folder alone. */
export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Throws where the package postgresql is not installed: `node tools/setup.mjs --databases` installs it. */
export async function startPostgres(): Promise<PostgresServer> {
  const version = readdirSync(VERSIONS).toSorted((one, other) => Number(other) - Number(one))[0] ?? '';
  const program = (name: string) => join(VERSIONS, version, 'bin', name);
  const folder = mkdtempSync(join(tmpdir(), 'halab-pg-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const user = process.getuid?.() === 0 ? otherUser(folder, data) : [];
  const run = (argv: readonly string[]) =>
    spawnSync([...user, ...argv][0] ?? '', [...user, ...argv].slice(1), { encoding: 'utf8' });
  const made = run([program('initdb'), '-D', data, '-U', 'halab', '--auth=trust', '--no-sync', '-E', 'UTF8']);
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const argv = [...user, program('postgres'), '-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'];
  const server = spawn(argv[0] ?? '', argv.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  await until('PostgreSQL', () => said.includes('ready to accept connections'), { withinMs: 20_000, seen: () => said });
  return { url: `postgres://halab@/postgres?host=${folder}`, stop: () => stop(server, folder) };
}

/** PostgreSQL refuses to run as root; the package has made a user for it. */
function otherUser(folder: string, data: string): readonly string[] {
  const idOf = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  chmodSync(folder, 0o755);
  for (const each of [folder, data]) chownSync(each, uid, gid);
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
}

/** SIGINT: the fast shutdown of postgres(1). setpriv has become the server. */
async function stop(server: ChildProcess, folder: string): Promise<void> {
  const closed = once(server, 'close');
  server.kill('SIGINT');
  await closed;
  rmSync(folder, { recursive: true });
}

/** Removes every table of halab's. */
export async function emptyPostgres(url: string): Promise<void> {
  const database = await openPostgres(url);
  const drop = ['meta', 'run', 'cell', 'step', 'package'].map((table) => `DROP TABLE IF EXISTS halab_${table}`);
  await database.change(drop.map((sql) => ({ sql, rows: [[]] })));
  await database.close();
}
