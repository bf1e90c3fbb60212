import { z } from 'zod';
import { text } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { message } from '../messages/message.js';
import { STACK_DAEMONS } from '../model/scenario.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { nodeState } from './node-state.js';
import { ask, execOrThrow, nothingToBreak, throwIf } from './on-node.js';
import { onNode, param } from './params.js';
import { idsOf, mayBreak } from './walk/expected.js';
import { held, holderOf, type WalkResource } from './walk/scene.js';

/** The kernel keeps so much of a process's name (proc(5), comm). */
const PROCESS_NAME_CHARS = 15;

/** Names up to pacemaker 1.1 too. */
const STACK = ['pcsd', 'crmd', 'cib', 'stonithd', 'lrmd', 'pengine', 'sbd', 'corosync-qdevice', ...STACK_DAEMONS];
/** What runs everything else, and what a node is reached and healed through. */
const FOUNDATIONS = ['init', 'systemd', 'sshd', 'sshd-session', 'sh', 'bash', 'dash', 'dbus-daemon', 'dbus-broker'];

/** Of a process's name. */
function processRefusal(name: string): ValueProblem | undefined {
  if (!/^[\w.+@-]+$/.test(name))
    return { message: `'${name}' is not a process's name`, hint: 'write it as ps -o comm shows it, such as nginx' };
  if (STACK.some((each) => isSameProcess(each, name)) || name.startsWith('pacemaker'))
    return { message: `${name} is a daemon of the stack`, hint: 'use daemon-kill for those' };
  if (FOUNDATIONS.includes(name) || name.startsWith('systemd-'))
    return { message: `without ${name} the node could not be healed`, hint: 'name the process of a service' };
  return undefined;
}

/** The kernel cuts names off. */
function isSameProcess(one: string, other: string): boolean {
  return one.slice(0, PROCESS_NAME_CHARS) === other.slice(0, PROCESS_NAME_CHARS);
}

/** Kernel threads are children of this one, and cannot be killed. */
const KERNEL_THREADS = 2;

/** The ids of the processes that were killed. */
const KILLED = nodeState<readonly number[]>('process-kill');

/** A kill is over at once. It is in force from then on until it is undone. */
export const processKill = defineFault({
  kind: 'process-kill',
  params: {
    node: onNode(),
    process: param(
      text("a process's name", processRefusal).describe('The name that `ps -o comm` shows, such as nginx.'),
      {
        value: '<name>',
        help: 'the name that ps -o comm shows',
        example: 'nginx',
      },
    ),
    which: param(
      z
        .enum(['oldest', 'newest'])
        .optional()
        .describe(
          'Only the one of several with the lowest or the highest id, such as a master or its last worker. Default: all.',
        ),
      { value: '<which>', help: 'oldest or newest of several (default: all)', example: 'newest' },
    ),
  },
  summary: message('fault.process-kill.summary'),
  expectedBehaviour: message('fault.process-kill.expected-behaviour'),
  isMomentary: true,
  needs: () => [],
  effect: ({ process }) => breaksOnly({ kind: 'process', process }),
  describe: ({ process, which }) => (which === undefined ? process : `${process}, ${which}`),
  walk: {
    weight: 10,
    draw(draw) {
      const { id, agent } = draw.chance.one(held(draw).filter((each) => each.agent in PROCESS_OF)) ?? {};
      const process = agent && PROCESS_OF[agent];
      return id && process ? { kind: 'process-kill', node: holderOf(id), process } : undefined;
    },
    membersLost: () => 0,
    inForce: ({ process }, scene) => failedMonitor(process, scene.resources),
    healed: ({ process }, { resources }) => [
      ...failedMonitor(process, resources),
      // Healing brings nothing back, and the fault explains nothing any more.
      ...mayBreak('single-active', ofProcess(process, resources), message('fault.process-kill.healed')),
    ],
    recovery: () => 'sweep',
  },
  async inject({ node, process, which }, context) {
    throwIf(processRefusal(process));
    const pids = await pidsOf(process, node, context);
    if (pids.length === 0) {
      if ((await KILLED.read(context, node, process)) !== undefined) return;
      throw nothingToBreak(`no process ${process} runs on ${node}`, 'Name the node that runs it, such as its holder.');
    }
    const meant = which === undefined ? pids : [which === 'oldest' ? Math.min(...pids) : Math.max(...pids)];
    await KILLED.write(context, node, meant, process);
    // One that ends meanwhile, as the children of a killed parent may, makes kill(1) complain.
    await ask(context, node, ['kill', '-KILL', ...meant.map(String)]);
  },
  undo: ({ node, process }, context) => KILLED.remove(context, node, process),
  async isActive({ node, process }, context) {
    const killed = await KILLED.read(context, node, process);
    if (killed === undefined) return false;
    const running = await pidsOf(process, node, context);
    return killed.every((pid) => !running.includes(pid));
  },
});

/** Agents whose daemon has one name on every distribution. */
const PROCESS_OF: Readonly<Record<string, string>> = {
  'ocf:heartbeat:nginx': 'nginx',
  'systemd:nginx': 'nginx',
};

function ofProcess(process: string, resources: readonly WalkResource[]): readonly string[] {
  return idsOf(resources.filter(({ agent }) => PROCESS_OF[agent] === process));
}

function failedMonitor(process: string, resources: readonly WalkResource[]) {
  return mayBreak('no-failures', ofProcess(process, resources), message('fault.process-kill.service-dead'));
}

async function pidsOf(process: string, node: string, context: FaultContext): Promise<readonly number[]> {
  const shown = await execOrThrow(context, node, ['ps', '-e', '-o', 'pid=,ppid=,stat=,comm=']);
  return shown.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', name = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    const isMeant = isSameProcess(name, process) && Number(parent) !== KERNEL_THREADS && !state.startsWith('Z');
    return isMeant ? [Number(pid)] : [];
  });
}
