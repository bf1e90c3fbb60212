import { defined } from '../model/defined.js';
import { LabError } from '../model/errors.js';
import { PHASES } from '../model/scenario.js';
import type { Verdict } from '../model/verdict.js';
import type { SqlDatabase, SqlRow, SqlValue } from '../ports/sql.js';
import type { Outcome, PackageVersion, RunFacts, RunRows, StepTimes } from './run-rows.js';
import { CREATE, DROP, INSERT, META, VERSION } from './tables.js';

/** One run of one scenario, as the index has it. */
export interface Attempt {
  readonly key: string;
  readonly run: string;
  readonly folder: string;
  readonly night: string;
  readonly startedAt: string;
  readonly facts: RunFacts;
  readonly scenario: string;
  readonly digest?: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly durationMs: number;
  readonly steps: readonly StepTimes[];
}

interface Asked {
  /** All of them where there is none. */
  readonly scenarios?: readonly string[];
  /** So many of the latest. */
  readonly nights: number;
}

/** The index of runs in a database. */
export interface RunIndex {
  /** For messages. */
  readonly place: string;
  /** What it has, by key: how many bytes of events it was made from. */
  known(): Promise<ReadonlyMap<string, number>>;
  /** Each run is there once, however often it is put. */
  put(runs: readonly RunRows[]): Promise<void>;
  /** By time, the oldest first. */
  attempts(asked: Asked): Promise<readonly Attempt[]>;
  /** The packages of these sets, by the mark in `RunFacts`. */
  packages(sets: readonly string[]): Promise<ReadonlyMap<string, readonly PackageVersion[]>>;
}

/**
 * Makes the tables where they are missing. Those of another version of halab are recreated empty, or refused with
 * LabError `usage`.
 */
export async function openRunIndex(database: SqlDatabase, otherVersion: 'replace' | 'refuse'): Promise<RunIndex> {
  const made = await versionIn(database);
  if (made !== VERSION) {
    if (made !== undefined && otherVersion === 'refuse')
      throw new LabError('usage', `the history in ${database.name} is of version ${made}, this halab has ${VERSION}`, {
        hint: 'use the same halab everywhere, or another database',
      });
    await database.change([...(made === undefined ? [] : DROP), ...CREATE].map((sql) => ({ sql, rows: [[]] })));
  }
  return {
    place: database.name,
    async known() {
      const rows = await database.all('SELECT run_key, bytes FROM halab_run');
      return new Map(rows.map(({ run_key, bytes }) => [String(run_key), Number(bytes)]));
    },
    put: (runs) => database.change(changesFor(runs)),
    attempts: (asked) => readAttempts(database, asked),
    async packages(sets) {
      if (sets.length === 0) return new Map();
      const rows = await database.all(
        `SELECT set_id, node, name, version FROM halab_package WHERE set_id IN (${marksFor(sets)}) ORDER BY node, name`,
        sets,
      );
      const found = new Map<string, PackageVersion[]>(sets.map((set) => [set, []]));
      for (const { set_id, node, name, version } of rows)
        found.get(String(set_id))?.push({ node: String(node), name: String(name), version: String(version) });
      return found;
    },
  };
}

/** The marks of the packages that these took place with. */
export function packageSetsOf(attempts: readonly Attempt[]): readonly string[] {
  return [...new Set(attempts.flatMap(({ facts }) => facts.packages ?? []))];
}

/** Undefined where there are no tables yet. */
async function versionIn(database: SqlDatabase): Promise<string | undefined> {
  await database.change([{ sql: META, rows: [[]] }]);
  const [found] = await database.all("SELECT value FROM halab_meta WHERE name = 'version'");
  return found === undefined ? undefined : text(found.value);
}

function changesFor(runs: readonly RunRows[]) {
  const keys = runs.map(({ key }) => [key]);
  return [
    ...['halab_run', 'halab_cell', 'halab_step'].map((table) => ({
      sql: `DELETE FROM ${table} WHERE run_key = ?`,
      rows: keys,
    })),
    { sql: INSERT.run, rows: runs.map(runRow) },
    {
      sql: INSERT.cell,
      rows: runs.flatMap(({ key, cells }) =>
        cells.map((cell) => [
          key,
          cell.scenario,
          cell.outcome,
          orNull(cell.reason),
          cell.durationMs,
          orNull(cell.digest),
        ]),
      ),
    },
    { sql: INSERT.step, rows: runs.flatMap(({ key, steps }) => steps.map((step) => [key, ...stepRow(step)])) },
    {
      sql: INSERT.package,
      rows: runs.flatMap(({ facts, packages }) =>
        packages.map(({ node, name, version }) => [facts.packages ?? '', node, name, version]),
      ),
    },
  ];
}

function runRow({ key, run, folder, night, startedAt, bytes, facts }: RunRows): readonly SqlValue[] {
  const { lab, backend, image, imageHash, labDigest, kernel, halab, machine, slowness, packages } = facts;
  const known = [imageHash, labDigest, kernel, halab, machine?.name, machine?.cpu, machine?.cores, machine?.memoryMiB];
  return [
    key,
    run,
    folder,
    night,
    startedAt,
    bytes,
    lab,
    backend,
    image,
    ...[...known, slowness, packages].map(orNull),
  ];
}

function stepRow({
  scenario,
  position,
  step,
  verdict,
  durationMs,
  outageMs,
  floorMs,
  phases,
}: RunRows['steps'][number]) {
  const measured = [outageMs, floorMs, ...PHASES.map((phase) => phases[phase])];
  return [scenario, position, step, verdict, durationMs, ...measured.map(orNull)];
}

function orNull<T extends SqlValue>(value: T | undefined): T | null {
  return value ?? null;
}

async function readAttempts(database: SqlDatabase, { scenarios = [], nights }: Asked): Promise<readonly Attempt[]> {
  const only = scenarios.length === 0 ? '' : `AND c.scenario IN (${marksFor(scenarios)})`;
  const from = `FROM halab_run r JOIN halab_cell c ON c.run_key = r.run_key WHERE true ${only}`;
  const latest = await database.all(`SELECT DISTINCT r.night ${from} ORDER BY r.night DESC LIMIT ${nights}`, scenarios);
  const first = String(latest.at(-1)?.night ?? '');
  const [cells, steps] = [
    await database.all(
      `SELECT r.*, c.scenario, c.outcome, c.reason, c.duration_ms, c.digest ${from} AND r.night >= ? ORDER BY r.started, r.run_key`,
      [...scenarios, first],
    ),
    await database.all(
      `SELECT s.* FROM halab_step s JOIN halab_cell c ON c.run_key = s.run_key AND c.scenario = s.scenario
       JOIN halab_run r ON r.run_key = s.run_key WHERE true ${only} AND r.night >= ? ORDER BY s.run_key, s.position`,
      [...scenarios, first],
    ),
  ];
  const byCell = new Map<string, StepTimes[]>();
  for (const row of steps) {
    const cell = `${row.run_key} ${row.scenario}`;
    byCell.set(cell, [...(byCell.get(cell) ?? []), stepIn(row)]);
  }
  return cells.map((row) => attemptIn(row, byCell.get(`${row.run_key} ${row.scenario}`) ?? []));
}

function marksFor(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

function attemptIn(row: SqlRow, steps: readonly StepTimes[]): Attempt {
  return {
    key: text(row.run_key),
    run: text(row.run),
    folder: text(row.folder),
    night: text(row.night),
    startedAt: text(row.started),
    facts: factsIn(row),
    scenario: text(row.scenario),
    outcome: text(row.outcome) as Outcome,
    durationMs: Number(row.duration_ms),
    steps,
    ...defined({ digest: textOrNone(row.digest), reason: textOrNone(row.reason) }),
  };
}

function factsIn(row: SqlRow): RunFacts {
  const name = textOrNone(row.machine);
  const machine = name === undefined ? undefined : { name, cpu: text(row.cpu), ...sizeIn(row) };
  return {
    ...{ lab: text(row.lab), backend: text(row.backend), image: text(row.image) },
    ...defined({
      imageHash: textOrNone(row.image_hash),
      labDigest: textOrNone(row.lab_digest),
      kernel: textOrNone(row.kernel),
      halab: textOrNone(row.halab),
      machine,
      slowness: numberOrNone(row.slowness),
      packages: textOrNone(row.packages),
    }),
  };
}

function sizeIn({ cores, memory_mib }: SqlRow) {
  return { cores: Number(cores), memoryMiB: Number(memory_mib) };
}

function stepIn(row: SqlRow): StepTimes {
  return {
    step: text(row.step),
    verdict: text(row.verdict) as Verdict,
    durationMs: Number(row.duration_ms),
    phases: defined(Object.fromEntries(PHASES.map((phase) => [phase, numberOrNone(row[`${phase}_ms`])]))),
    ...defined({ outageMs: numberOrNone(row.outage_ms), floorMs: numberOrNone(row.floor_ms) }),
  };
}

function text(value: SqlValue | undefined): string {
  return String(value ?? '');
}

function textOrNone(value: SqlValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

function numberOrNone(value: SqlValue | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
