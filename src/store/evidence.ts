import { setMaxListeners } from 'node:events';
import { lastLine } from '../model/command-output.js';
import { isLabError, LabError } from '../model/errors.js';
import type { RunEvent } from '../model/event.js';
import type { LabNode } from '../model/lab.js';
import type { Clock } from '../ports/clock.js';
import type { RunFolder } from '../ports/store.js';
import type { Transport } from '../ports/transport.js';

interface EvidenceRequest {
  readonly nodes: readonly LabNode[];
  transport(node: string): Promise<Transport>;
  readonly folder: RunFolder;
  /** A folder of its own below `evidence/`, for a lab that is not the run's last. */
  readonly place?: string | undefined;
  /** Masks secrets in every text before it is written. */
  redact(text: string): string;
  emit(event: RunEvent): void;
  readonly clock: Clock;
  /** For one node, all its pieces together; default 60,000. */
  readonly nodeDeadlineMs?: number;
}

interface Piece {
  readonly file: string;
  readonly argv: readonly string[];
  readonly nodes: 'all' | 'ha';
  /** `base64`: stdout is decoded and written as it is, beyond the reach of `redact`. */
  readonly content: 'text' | 'base64';
}

const MAX_BYTES = 20 * 1024 * 1024;
const PIECE_TIMEOUT_MS = 20_000;
export const NODE_DEADLINE_MS = 60_000;
const PE_FOLDER = '/var/lib/pacemaker/pengine';

/** Where `pcs cluster setup` has corosync write: Debian's pcs first, then that of other distributions. */
const COROSYNC_LOG = `tail -c ${MAX_BYTES} /var/log/corosync/corosync.log 2>/dev/null || tail -c ${MAX_BYTES} /var/log/cluster/corosync.log`;

/**
 * Why the scheduler decided as it did, oldest first: `@input pe-input-7.bz2 SECONDS` before each answer. crm_simulate writes a
 * copy of the CIB, for which the node's own disk may be full.
 */
const SCHEDULER = [
  `cd ${PE_FOLDER} || exit`,
  'export LC_ALL=C CIB_shadow_dir=$(mktemp -d -p /run halab-scheduler.XXXXXX); trap \'rm -rf "$CIB_shadow_dir"\' EXIT',
  'for input in $(ls -tr -- pe-*.bz2 | tail -n 20); do echo "@input $input $(date -r "$input" +%s.%N)"',
  'timeout 3 crm_simulate --simulate --show-scores --xml-file "$input" 2>/dev/null; done; true',
].join('\n');

const PIECES: readonly Piece[] = [
  // Of every boot: what a node logged before it was fenced or lost its power is what matters.
  text('journal.log', 'all', shell(`journalctl --no-pager -o short-iso-precise | tail -c ${MAX_BYTES}`)),
  // The form of the journal above has no priorities.
  text(
    'journal-warnings.log',
    'all',
    shell(`journalctl --no-pager -o short-iso-precise -p warning | tail -c ${MAX_BYTES}`),
  ),
  text('journal-errors.log', 'all', shell(`journalctl --no-pager -o short-iso-precise -p err | tail -c ${MAX_BYTES}`)),
  text('ip-addr.txt', 'all', ['ip', 'addr']),
  text('corosync.log', 'ha', shell(COROSYNC_LOG)),
  text('pacemaker.log', 'ha', ['tail', '-c', String(MAX_BYTES), '/var/log/pacemaker/pacemaker.log']),
  text('cib.xml', 'ha', ['cibadmin', '--query']),
  text('corosync.conf', 'ha', ['cat', '/etc/corosync/corosync.conf']),
  text('scheduler.txt', 'ha', shell(SCHEDULER)),
  text('pe-inputs.txt', 'ha', ['ls', '-lt', '--full-time', PE_FOLDER]),
  {
    file: 'pe-inputs.tar',
    nodes: 'ha',
    content: 'base64',
    argv: shell(`cd ${PE_FOLDER} && ls -t -- pe-*.bz2 | head -n 20 | tar -cf - -T - | base64`),
  },
];

/**
 * Fetches logs and state from all nodes at once into `evidence/<node>/`, or `evidence/<place>/<node>/`. Never throws because of a node: what could not be
 * fetched is listed in `missing.txt` there, and a node that cannot be reached is a `warning` event.
 */
export async function fetchEvidence(request: EvidenceRequest): Promise<void> {
  const outcomes = await Promise.allSettled(request.nodes.map((node) => fetchFromNode(node, request)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function fetchFromNode(node: LabNode, request: EvidenceRequest): Promise<void> {
  const files: string[] = [];
  const missing: string[] = [];
  const ended = new AbortController();
  // Every piece listens to it.
  setMaxListeners(0, ended.signal);
  const late = request.clock.sleep(request.nodeDeadlineMs ?? NODE_DEADLINE_MS, ended.signal).then(() => {
    throw new LabError('node-unreachable', 'the deadline for evidence has passed');
  });
  const place = ['evidence', request.place, node.name].filter(Boolean).join('/');
  const write = (file: string, content: string | Buffer) => {
    if (!ended.signal.aborted) files.push(request.folder.write(`${place}/${file}`, content));
  };
  const fetchAll = async () => {
    const transport = await request.transport(node.name);
    const wanted = PIECES.filter((piece) => piece.nodes === 'all' || node.role === 'ha');
    await Promise.all(
      wanted.map(async (piece) => {
        const { content, problem } = await fetchPiece(piece, transport, request.redact, ended.signal);
        if (content !== undefined) write(piece.file, content);
        if (problem !== undefined) missing.push(`${piece.file}: ${problem}`);
      }),
    );
  };
  try {
    await Promise.race([fetchAll(), late]);
  } catch (error) {
    if (!isLabError(error)) throw error;
    request.emit({ kind: 'warning', text: `evidence of ${node.name} is not complete: ${error.message}` });
    missing.push(error.message);
  }
  if (missing.length > 0) write('missing.txt', request.redact(`${missing.join('\n')}\n`));
  ended.abort();
  request.emit({ kind: 'evidence-fetched', node: node.name, files });
}

/** The content, as far as there is any, and the problem where it is missing or not whole. */
async function fetchPiece(
  { argv, content: kind }: Piece,
  transport: Transport,
  redact: (text: string) => string,
  signal: AbortSignal,
): Promise<{ readonly content?: string | Buffer; readonly problem?: string }> {
  try {
    const { stdout, stderr, exitCode } = await transport.exec(argv, { timeoutMs: PIECE_TIMEOUT_MS, signal });
    const content = kind === 'base64' ? Buffer.from(stdout, 'base64') : redact(stdout);
    const problem = `exit ${exitCode} ${lastLine(stderr) ?? ''}`.trimEnd();
    if (content.length === 0) return { problem };
    return exitCode === 0 ? { content } : { content, problem };
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { problem: error.message };
  }
}

function text(file: string, nodes: Piece['nodes'], argv: readonly string[]): Piece {
  return { file, nodes, argv, content: 'text' };
}

/** Only for pipelines whose every word is a constant of this file. */
function shell(pipeline: string): readonly string[] {
  return ['sh', '-c', pipeline];
}
