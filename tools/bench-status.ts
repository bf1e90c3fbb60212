// How long it takes to read a large cluster's state, and that this grows with its size alone: `npm run bench:status`.
import { disagreements } from '../src/cluster/agreement.js';
import { parseStatusText } from '../src/cluster/read-session.js';
import { parseCrmMonXml } from '../src/cluster/status-xml.js';
import type { ClusterState } from '../src/model/cluster-state.js';
import { instancesOf } from '../src/model/resource-tree.js';
import { crmMonXml, instanceCount, type LargeCluster, largeCluster, statusText } from './large-status.js';

const NODES = 100;
const SIZES = [0.25, 0.5, 1, 2, 4];
const WARM_UP = 10;
const ROUNDS = 21;
const LIMIT_MS = 100;

interface Format {
  readonly name: string;
  readonly print: (cluster: LargeCluster) => string;
  readonly read: (source: string) => ClusterState | undefined;
}

interface Row {
  readonly nodes: number;
  readonly instances: number;
  readonly lines: number;
  /** Median over the rounds. */
  readonly ms: number;
}

const FORMATS: readonly Format[] = [
  { name: 'pcs status text', print: statusText, read: parseStatusText },
  { name: 'crm_mon XML', print: crmMonXml, read: (source) => parseCrmMonXml(source).state },
  { name: 'crm_mon XML, and held against itself', print: crmMonXml, read: comparedWithItself },
];

for (const format of FORMATS) {
  const rows = SIZES.map((size) => measure(format, largeCluster(NODES * size)));
  print(format.name, rows);
  const ms = rows[SIZES.indexOf(1)]?.ms ?? Number.NaN;
  if (!(ms < LIMIT_MS)) process.exitCode = 1;
}

function comparedWithItself(source: string): ClusterState | undefined {
  const { state } = parseCrmMonXml(source);
  if (state !== undefined && disagreements(state, state).length > 0) throw new Error('a reading disagrees with itself');
  return state;
}

function measure({ name, print: printed, read }: Format, cluster: LargeCluster): Row {
  const source = printed(cluster);
  const expected = instanceCount(cluster);
  const state = read(source);
  const found = state === undefined ? 0 : instancesOf(state).length;
  if (found !== expected || state?.nodes.length !== cluster.nodes.length)
    throw new Error(
      `${name}: read ${found} of ${expected} instances, ${state?.nodes.length} of ${cluster.nodes.length} nodes`,
    );
  if (state.unparsed.length > 0) throw new Error(`${name}: did not understand ${state.unparsed[0]}`);
  for (let round = 0; round < WARM_UP; round += 1) read(source);
  const times = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    read(source);
    return performance.now() - begin;
  });
  const ms = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return { nodes: cluster.nodes.length, instances: found, lines: source.split('\n').length, ms };
}

function print(name: string, rows: readonly Row[]): void {
  const base = rows[SIZES.indexOf(1)];
  const perLine = ({ ms, lines }: Row): number => (ms * 1_000) / lines;
  process.stdout.write(`${name}, median of ${ROUNDS} rounds\n  nodes  instances   lines       ms  µs/line  ratio\n`);
  for (const row of rows) {
    const ratio = base === undefined ? Number.NaN : perLine(row) / perLine(base);
    const cells = [row.nodes, row.instances, row.lines, row.ms.toFixed(2), perLine(row).toFixed(2), ratio.toFixed(2)];
    const widths = [7, 11, 8, 9, 9, 7];
    process.stdout.write(`${cells.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join('')}\n`);
  }
}
