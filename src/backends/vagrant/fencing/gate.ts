import { messageOf } from '../../../model/errors.js';
import { labelOf } from '../../../model/lab.js';
import type { ProcessRunner } from '../../../ports/process.js';
import { libvirtUri, PROGRAMS } from '../call.js';

import type { Provider } from '../options.js';

/** What the gate runs: the programs of the hypervisor host, by the paths at which halab found them. */
export interface GateOptions {
  readonly instance: string;
  readonly provider: Provider;
  /** Path of virsh or VBoxManage. */
  readonly program: string;
  /** Which libvirt; its own default without it, and of no matter on VirtualBox. */
  readonly uri?: string;
}

/** What a line that a fence agent sent comes to. */
type GateAnswer =
  | { readonly kind: 'run'; readonly argv: readonly string[]; readonly keepLine: (line: string) => boolean }
  | { readonly kind: 'refuse'; readonly why: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'nothing' };

/** What agents call the programs; fence_vbox distinguishes three systems. */
const CALLED: { readonly [P in Provider]: readonly string[] } = {
  virtualbox: [PROGRAMS.virtualbox, `${PROGRAMS.virtualbox}.exe`],
  libvirt: [PROGRAMS.libvirt],
};
const GOODBYE = ['quit', 'exit', 'logout'];
const EVERY_LINE = () => true;

/**
 * Decides on one line of a fence agent's session. Whatever is not one of the few commands that fence_virsh and fence_vbox
 * send (fence-agents 4.12, get_power_status and set_power_status), or not about a machine of this lab, is refused.
 */
export function decide(line: string, options: GateOptions): GateAnswer {
  const words = wordsOf(line);
  if (words === undefined) return { kind: 'refuse', why: 'no such command' };
  const [program = '', ...rest] = words;
  if (program === '') return { kind: 'nothing' };
  if (GOODBYE.includes(program)) return { kind: 'leave' };
  if (!isProgram(program, options.provider)) return { kind: 'refuse', why: `${program} is not to be had here` };
  return COMMANDS[options.provider](rest, options) ?? { kind: 'refuse', why: `not this: ${rest.join(' ')}` };
}

type Commands = (words: readonly string[], options: GateOptions) => GateAnswer | undefined;

const COMMANDS: { readonly [P in Provider]: Commands } = {
  libvirt(words, options) {
    const [verb, machine = '', ...more] = words;
    const virsh = [options.program, '--connect', options.uri ?? libvirtUri({})];
    if (verb === 'list' && machine === '--all' && more.length === 0) {
      return { kind: 'run', argv: [...virsh, 'list', '--all'], keepLine: keepsVirshLine(options.instance) };
    }
    if (!['domstate', 'start', 'destroy'].includes(verb ?? '') || more.length > 0) return undefined;
    return ofMachine(machine, options, [...virsh, verb ?? '', machine]);
  },
  virtualbox(words, options) {
    const [verb, machine = '', ...more] = words;
    if (verb === 'list' && ['vms', 'runningvms'].includes(machine) && more.length === 0) {
      const own = new RegExp(`^"${machinesOf(options.instance)}" `);
      return { kind: 'run', argv: [options.program, 'list', machine], keepLine: (line) => own.test(line) };
    }
    const isStart = verb === 'startvm' && more.join(' ') === '--type headless';
    const isCut = verb === 'controlvm' && more.join(' ') === 'poweroff';
    return isStart || isCut ? ofMachine(machine, options, [options.program, verb, machine, ...more]) : undefined;
  },
};

function ofMachine(machine: string, { instance }: GateOptions, argv: readonly string[]): GateAnswer {
  if (new RegExp(`^${machinesOf(instance)}$`).test(machine)) return { kind: 'run', argv, keepLine: EVERY_LINE };
  return { kind: 'refuse', why: `${machine} is no machine of the lab ${instance}` };
}

/** The heading of the table, and the lab's own lines. */
function keepsVirshLine(instance: string): (line: string) => boolean {
  const own = new RegExp(`^\\s*\\S+\\s+${machinesOf(instance)}\\s`);
  return (line) => /^\s*Id\s+Name\s/.test(line) || own.test(line);
}

/** Words on blanks; double quotes hold a word together, as fence_vbox writes machine names. Anything a shell would act on is no command. */
function wordsOf(line: string): readonly string[] | undefined {
  const trimmed = line.trim();
  if (/[^\w\s./"-]/.test(trimmed)) return undefined;
  return [...trimmed.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function isProgram(word: string, provider: Provider): boolean {
  return CALLED[provider].includes(word.split('/').at(-1) ?? '');
}

/** A pattern of the names that machines of the lab have. */
function machinesOf(instance: string): string {
  return `${labelOf(instance).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.[a-z0-9-]+`;
}

/** What fence agents wait for before they send the next line (`--command-prompt` of fence_virsh(8) and fence_vbox(8)). */
export const PROMPT = '[EXPECT]# ';
const COMMAND_MS = 60_000;

interface GateSession {
  readonly lines: AsyncIterable<string>;
  readonly write: (text: string) => void;
  readonly processes: ProcessRunner;
}

/** Talks to one fence agent until it leaves. A command that fails is answered as the program answered; the session goes on. */
export async function serveGate(options: GateOptions, { lines, write, processes }: GateSession): Promise<void> {
  write(PROMPT);
  for await (const line of lines) {
    const answer = decide(line, options);
    if (answer.kind === 'leave') return;
    if (answer.kind === 'nothing') continue;
    if (answer.kind === 'refuse') write(`error: refused by halab: ${answer.why}\n`);
    else write(await outputOf(processes, answer.argv, answer.keepLine));
    write(PROMPT);
  }
}

async function outputOf(
  processes: ProcessRunner,
  argv: readonly string[],
  keepLine: (line: string) => boolean,
): Promise<string> {
  try {
    const { stdout, stderr } = await processes.run(argv, { timeoutMs: COMMAND_MS });
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '' && keepLine(line));
    return lines.map((line) => `${line}\n`).join('');
  } catch (error) {
    return `error: ${messageOf(error).split('\n')[0]}\n`;
  }
}
