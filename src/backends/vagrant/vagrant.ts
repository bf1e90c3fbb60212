import { join } from 'node:path';
import { isLabError, LabError } from '../../model/errors.js';
import { call } from './call.js';
import type { VagrantDeps } from './deps.js';
import { explain } from './explain.js';
import { labDirs } from './names.js';
import type { Provider } from './options.js';

const LAST_SAYINGS = 10;

interface VagrantCall {
  /** What is being done, for messages: `vagrant up of ha-host1`. */
  readonly what: string;
  readonly args: readonly string[];
  readonly provider: Provider;
  readonly timeoutMs: number;
  /**
   * How long Vagrant may take to stop when it is asked to. It gets one SIGINT, alone: it then lets the call to the
   * hypervisor that is under way come to its end, and undoes what it began ("Waiting for cleanup before exiting..."). A
   * second one, or one to its whole process group, would reach VBoxManage in the middle of its work and corrupt it
   * (hashicorp/vagrant#608). What is left all the same, the next `up` or `down` finds by its label.
   * Without it Vagrant is killed at once, for calls that change nothing.
   */
  readonly graceMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly onSaying?: (text: string) => void;
}

/** Runs Vagrant in the lab's folder. Throws a LabError that says what is wrong and what to do, with its last words. */
export async function vagrant(deps: VagrantDeps, instance: string, options: VagrantCall): Promise<string> {
  const { what, args, timeoutMs, graceMs, signal, onSaying } = options;
  const sayings: string[] = [];
  const onLine = (line: string) => {
    const text = sayingOf(line);
    if (text === undefined) return;
    sayings.push(text);
    onSaying?.(text);
  };
  const grace = graceMs === undefined ? {} : { graceMs };
  const settings = { timeoutMs, ...grace, onLine, signal, ...surroundings(deps, instance, options) };
  const result = await call(deps, ['vagrant', ...args], settings).catch((error: unknown) => {
    throw isLabError(error) && error.code === 'process-failed' ? tooLong(what, timeoutMs, sayings, error) : error;
  });
  if (result.exitCode === 0) return result.stdout;
  const said = [result.stdout, result.stderr].join('\n').split('\n').map(sayingOf).filter(Boolean).join('\n');
  throw refused(what, result.exitCode, said);
}

function surroundings(deps: VagrantDeps, instance: string, { provider, env }: VagrantCall) {
  const { vagrant: folder } = labDirs(deps.dirs, instance);
  const own = {
    VAGRANT_CWD: folder,
    VAGRANT_VAGRANTFILE: 'Vagrantfile',
    VAGRANT_DOTFILE_PATH: join(folder, '.vagrant'),
    VAGRANT_DEFAULT_PROVIDER: provider,
    VAGRANT_CHECKPOINT_DISABLE: '1',
    VAGRANT_NO_COLOR: '1',
  };
  return { cwd: folder, env: { ...own, ...env } };
}

function refused(what: string, exitCode: number, said: string): LabError {
  const { id, code, hint } = explain(said);
  return new LabError(code, `${what} failed (exit code ${exitCode}): ${lastOf(said.split('\n'))}`, {
    hint,
    data: { reason: id, exitCode },
  });
}

function tooLong(what: string, waitedMs: number, sayings: readonly string[], cause: LabError): LabError {
  const hint =
    'look at the machine’s console (virt-manager, or the VirtualBox window); halab up goes on from what is there, halab down clears it';
  const message = `${what} did not end within ${Math.round(waitedMs / 1000)} s; it last said: ${lastOf(sayings)}`;
  return new LabError('boot-timeout', message, { hint, data: { waitedMs }, cause });
}

function lastOf(sayings: readonly string[]): string {
  return sayings.slice(-LAST_SAYINGS).join('\n') || 'nothing';
}

/*
 * Lines of `vagrant --machine-readable` (developer.hashicorp.com/vagrant/docs/cli/machine-readable):
 * `timestamp,target,type,data…`, with commas of the data as `%!(VAGRANT_COMMA)` and line ends as `\n`.
 */

interface MachineReadableLine {
  /** A node; empty where the line is about none. */
  readonly target: string;
  readonly type: string;
  readonly data: readonly string[];
}

/** Undefined for a line that is not of that kind, e.g. a warning of Ruby's. */
export function parseLine(line: string): MachineReadableLine | undefined {
  const [stamp = '', target = '', type, ...data] = line.replace(/\r$/, '').split(',');
  if (!/^\d{6,}$/.test(stamp) || type === undefined) return undefined;
  return { target, type, data: data.map(unescapeData) };
}

function unescapeData(data: string): string {
  return data.replaceAll('%!(VAGRANT_COMMA)', ',').replaceAll('\\n', '\n').replaceAll('\\r', '');
}

/** What a line says to people, without Vagrant's own prefix of the node. Undefined where it says nothing. */
export function sayingOf(line: string): string | undefined {
  const parsed = parseLine(line);
  if (!parsed) return line.trim() || undefined;
  if (parsed.type !== 'ui') return parsed.type === 'error-exit' ? parsed.data.slice(1).join(', ') : undefined;
  const text = parsed.data
    .slice(1)
    .join(', ')
    .replace(/^(?:==>| {3}) ?[^\s:]+: ?/gm, '')
    .trim();
  if (text === '') return undefined;
  return parsed.target ? `${parsed.target}: ${text}` : text;
}
