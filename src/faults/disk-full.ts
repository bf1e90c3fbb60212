import { text } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { message } from '../messages/message.js';
import type { FaultContext } from '../ports/fault.js';
import { nodeScript } from '../ports/node-program.js';
import { processesOf } from './daemons.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { ask, execOrThrow, mountsOn, nothingToBreak, throwIf } from './on-node.js';
import { onNode, param } from './params.js';

/** Where the cluster keeps its CIB and its scheduler's inputs. */
const DEFAULT_FULL_PATH = '/var/lib/pacemaker';

/** The node could not be used or healed with these full, nor with anything inside of them. */
const NEVER_FULL = ['/proc', '/sys', '/dev', '/run', '/boot', '/usr', '/bin', '/sbin', '/lib', '/lib64'];
/** What is inside of these may be. */
const NOT_ITSELF = ['/', '/etc', '/var', '/root', '/home', '/tmp'];

/** Of a folder that is to be full. */
export function fullPathRefusal(path: string): ValueProblem | undefined {
  if (!/^\/(?:[\w.@+-]+(?:\/[\w.@+-]+)*)?$/.test(path) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(path))
    return { message: `'${path}' is not the whole path of a folder`, hint: `write it as ${DEFAULT_FULL_PATH}` };
  const isInside = NEVER_FULL.some((each) => path === each || path.startsWith(`${each}/`));
  if (!isInside && !NOT_ITSELF.includes(path)) return undefined;
  return {
    message: `with ${path} full the node could not be healed`,
    hint: `name a folder that only services write to, such as ${DEFAULT_FULL_PATH}`,
  };
}

/** node-programs/cover-folder.sh mounts the cover under this name. */
const FULL_DEVICE = 'halab-full';
/** As much as may be copied. */
const MOST_KIB = 65_536;
const CIB_FOLDER = '/var/lib/pacemaker/cib';
/** A page for each file, beside what it takes on disk. */
const PAGE_KIB = 4;
/** Of SIGPIPE, 13, in a mask of signals (proc(5), SigCgt). */
const SIGPIPE_BIT = 1n << 12n;

export const diskFull = defineFault({
  kind: 'disk-full',
  params: {
    node: onNode(),
    path: param(
      text('a folder', fullPathRefusal).default(DEFAULT_FULL_PATH).describe(`A folder. Default: ${DEFAULT_FULL_PATH}.`),
      {
        value: '<folder>',
        help: `a folder (default: ${DEFAULT_FULL_PATH})`,
        example: '/var/log',
      },
    ),
  },
  summary: message('fault.disk-full.summary'),
  expectedBehaviour: message('fault.disk-full.expected-behaviour'),
  needs: () => [],
  effect: ({ path }) => breaksOnly({ kind: 'full-path', path }),
  describe: ({ path }) => path,
  walk: {
    weight: 6,
    draw({ chance, on }) {
      const node = chance.one(on);
      const path = chance.one(FILLED);
      return node && path ? { kind: 'disk-full', node, path } : undefined;
    },
    membersLost: () => 0,
    holdS: 10,
  },
  async inject({ node, path }, context) {
    throwIf(fullPathRefusal(path));
    if (await isCovered(context, node, path)) return;
    await refuseMounts(context, node, path);
    const kib = await sizeOf(context, node, path);
    const script = ['sh', '-euc', nodeScript('cover-folder.sh'), 'halab'];
    await execOrThrow(context, node, [...script, path, placeOf(path), String(kib)]);
  },
  async undo({ node, path }, context) {
    await execOrThrow(context, node, ['sh', '-euc', nodeScript('uncover-folder.sh'), 'halab', path, placeOf(path)]);
    if (isAround(path, CIB_FOLDER) || isAround(CIB_FOLDER, path)) await letWriteAgain(context, node);
  },
  isActive: ({ node, path }, context) => isCovered(context, node, path),
});

/** Where the cluster keeps its CIB, and where it logs. */
const FILLED = ['/var/lib/pacemaker', '/var/log'] as const;

function placeOf(path: string): string {
  return `/run/halab-full${path}`;
}

async function isCovered(context: FaultContext, node: string, path: string): Promise<boolean> {
  return (await mountsOn(context, node)).some(({ point, source }) => point === path && source === FULL_DEVICE);
}

/** A file system mounted inside would be hidden by the cover, and one cover inside of another would be lost with it. */
async function refuseMounts(context: FaultContext, node: string, path: string): Promise<void> {
  const mounts = await mountsOn(context, node);
  const inside = mounts.find(({ point }) => isAround(path, point));
  const around = mounts.find(({ point, source }) => source === FULL_DEVICE && isAround(point, path));
  const found = inside ?? around;
  if (found === undefined) return;
  const what = found.source === FULL_DEVICE ? 'full already' : 'a file system of its own';
  throw nothingToBreak(`${found.point} on ${node} is ${what}`, 'Name a folder that is on the node’s own disk.');
}

async function sizeOf(context: FaultContext, node: string, path: string): Promise<number> {
  const { stdout } = await ask(context, node, ['readlink', '-e', path]);
  if (stdout.trim() !== path || (await ask(context, node, ['test', '-d', path])).exitCode !== 0)
    throw nothingToBreak(
      `${path} is no folder on ${node}`,
      'Name one that is there, by its own name and not by a link.',
    );
  const used = Number((await execOrThrow(context, node, ['du', '-skx', path])).split('\t')[0]);
  const files = (await execOrThrow(context, node, ['du', '-ax', path])).trim().split('\n').length;
  if (used <= MOST_KIB) return used + files * PAGE_KIB;
  throw nothingToBreak(
    `${path} on ${node} holds ${Math.round(used / 1024)} MiB, more than would be copied`,
    `Name a folder inside of it that holds at most ${MOST_KIB / 1024} MiB.`,
  );
}

/**
 * Once a write has failed the CIB is not written any more, until the daemon that keeps it is started again or gets SIGPIPE
 * (cib_enable_writes in daemons/based). Sent only where it is caught, for it would be the end of it otherwise.
 */
async function letWriteAgain(context: FaultContext, node: string): Promise<void> {
  for (const { pid } of await processesOf(context, node, 'based')) {
    const { stdout } = await ask(context, node, ['grep', '^SigCgt:', `/proc/${pid}/status`]);
    const [, mask] = /^SigCgt:\s*([0-9a-f]+)/.exec(stdout) ?? [];
    if (mask !== undefined && (BigInt(`0x${mask}`) & SIGPIPE_BIT) !== 0n)
      await ask(context, node, ['kill', '-PIPE', String(pid)]);
  }
}

/** Or is the same. */
function isAround(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
