import { PHASES } from '../model/scenario.js';

/** Of the tables below. An index of another version is made again. */
export const VERSION = '1';

const RUN = [
  'run_key TEXT PRIMARY KEY',
  'run TEXT NOT NULL',
  'folder TEXT NOT NULL',
  'night TEXT NOT NULL',
  'started TEXT NOT NULL',
  'bytes DOUBLE PRECISION NOT NULL',
  'lab TEXT NOT NULL',
  'backend TEXT NOT NULL',
  'image TEXT NOT NULL',
  'image_hash TEXT',
  'lab_digest TEXT',
  'kernel TEXT',
  'halab TEXT',
  'machine TEXT',
  'cpu TEXT',
  'cores DOUBLE PRECISION',
  'memory_mib DOUBLE PRECISION',
  'slowness DOUBLE PRECISION',
  'packages TEXT',
];
const CELL = [
  'run_key TEXT NOT NULL',
  'scenario TEXT NOT NULL',
  'outcome TEXT NOT NULL',
  'reason TEXT',
  'duration_ms DOUBLE PRECISION NOT NULL',
  'digest TEXT',
];
const STEP = [
  'run_key TEXT NOT NULL',
  'scenario TEXT NOT NULL',
  'position DOUBLE PRECISION NOT NULL',
  'step TEXT NOT NULL',
  'verdict TEXT NOT NULL',
  'duration_ms DOUBLE PRECISION NOT NULL',
  'outage_ms DOUBLE PRECISION',
  'floor_ms DOUBLE PRECISION',
  ...PHASES.map((phase) => `${phase}_ms DOUBLE PRECISION`),
];
const PACKAGE = ['set_id TEXT NOT NULL', 'node TEXT NOT NULL', 'name TEXT NOT NULL', 'version TEXT NOT NULL'];

export const META = 'CREATE TABLE IF NOT EXISTS halab_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)';

/** In the common part of SQLite's and PostgreSQL's SQL. Names begin with halab, as a team's database may have other tables. */
export const CREATE: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS halab_run (${RUN.join(', ')})`,
  `CREATE TABLE IF NOT EXISTS halab_cell (${CELL.join(', ')}, PRIMARY KEY (run_key, scenario))`,
  `CREATE TABLE IF NOT EXISTS halab_step (${STEP.join(', ')}, PRIMARY KEY (run_key, scenario, position))`,
  `CREATE TABLE IF NOT EXISTS halab_package (${PACKAGE.join(', ')}, PRIMARY KEY (set_id, node, name))`,
  'CREATE INDEX IF NOT EXISTS halab_run_night ON halab_run (night)',
  `INSERT INTO halab_meta (name, value) VALUES ('version', '${VERSION}') ON CONFLICT DO NOTHING`,
];

export const DROP: readonly string[] = [
  ...['run', 'cell', 'step', 'package'].map((table) => `DROP TABLE IF EXISTS halab_${table}`),
  'DELETE FROM halab_meta',
];

/** `INSERT INTO halab_run (run_key, …) VALUES (?, …)`. */
export const INSERT = {
  run: insertInto('halab_run', RUN),
  cell: insertInto('halab_cell', CELL),
  step: insertInto('halab_step', STEP),
  package: `${insertInto('halab_package', PACKAGE)} ON CONFLICT DO NOTHING`,
};

function insertInto(table: string, columns: readonly string[]): string {
  const names = columns.map((column) => column.split(' ')[0]);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
}
