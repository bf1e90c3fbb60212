import { existsSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { isLabError } from '../../../model/errors.js';
import { contains, parseInterface } from '../../../model/ipv4.js';
import type { Lab } from '../../../model/lab.js';
import { spaceIn } from '../../prerequisites.js';
import { type Kvm, tryKvm } from '../acceleration.js';
import { call, lastLines, libvirtUri, locate, PROGRAMS } from '../call.js';
import { slowed, type VagrantDeps } from '../hypervisor.js';
import type { Provider } from '../options.js';
import { parseLine } from '../vagrant.js';

/** A program: absent, or the version that it reports. */
export interface Asked {
  /** Where it lies. Undefined where it is not installed. */
  readonly file: string | undefined;
  /** Its version, where it answered. */
  readonly version: string | undefined;
  /** Its last words, where it did not answer well. */
  readonly problem?: string;
}

/** Who else holds the processor on Windows. */
interface WindowsFacts {
  readonly hypervisorPresent: boolean;
  readonly firmwareVirtualisation: boolean | undefined;
}

/** What was seen on a machine, gathered first and judged after. */
export interface MachineFacts {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly vagrant: Asked;
  /** By name, with versions. */
  readonly plugins: ReadonlyMap<string, string>;
  readonly hypervisor: Asked;
  /** Linux: vmx or svm in /proc/cpuinfo; macOS: kern.hv_support. Undefined where it could not be seen. */
  readonly virtualisation: boolean | undefined;
  /** This machine is itself a guest. */
  readonly isGuest: boolean;
  /** Of Linux with libvirt only. */
  readonly kvm: Kvm | undefined;
  readonly windows: WindowsFacts | undefined;
  /** CIDRs in which VirtualBox takes host-only addresses. `any`: no limit. */
  readonly ranges: readonly string[] | 'any';
  readonly memoryMiB: number;
  readonly disk: { readonly folder: string; readonly freeMiB: number };
  readonly boxes: readonly { readonly name: string; readonly provider: string }[];
}

const ASK_MS = 60_000;
const NETWORKS_CONF = '/etc/vbox/networks.conf';

/** How the hypervisor of a provider is asked for its version; the answer proves that it works. */
const HYPERVISORS: {
  readonly [P in Provider]: { readonly args: (env: VagrantDeps['env']) => readonly string[]; readonly version: RegExp };
} = {
  virtualbox: { args: () => ['--version'], version: /^(\d+\.\d+\.\d+)/m },
  libvirt: { args: (env) => ['--connect', libvirtUri(env), 'version'], version: /Using library: libvirt (\S+)/ },
};

/** Looks only, changes nothing, and never fails: what cannot be seen is a fact of its own. */
export async function gatherFacts(deps: VagrantDeps, provider: Provider): Promise<MachineFacts> {
  const { args, version } = HYPERVISORS[provider];
  const [vagrant, hypervisor, plugins, boxes, windows, virtualisation] = await Promise.all([
    ask(deps, ['vagrant', '--version'], /Vagrant (\S+)/),
    ask(deps, [PROGRAMS[provider], ...args(deps.env)], version),
    pluginsOf(deps),
    boxesOf(deps),
    deps.platform === 'win32' ? stdoutOf(deps, ASK_WINDOWS).then(parseWindows) : undefined,
    virtualisationOf(deps),
  ]);
  const cpuinfo = deps.platform === 'linux' ? (textOf(deps, '/proc/cpuinfo') ?? '') : '';
  const hasKvm = deps.platform === 'linux' && provider === 'libvirt' && existsSync('/dev/kvm');
  return {
    platform: deps.platform,
    arch: deps.arch,
    vagrant,
    plugins,
    hypervisor,
    virtualisation,
    isGuest: /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo),
    kvm: hasKvm ? await tryKvm(deps) : undefined,
    windows,
    ranges: rangesOf(deps),
    memoryMiB: Math.floor(totalmem() / 1024 ** 2),
    disk: spaceIn(deps.dirs.state),
    boxes,
  };
}

async function ask(deps: VagrantDeps, argv: readonly string[], version: RegExp): Promise<Asked> {
  const file = locate(deps, argv[0] ?? '');
  if (file === undefined) return { file, version: undefined };
  const answer = await answerOf(deps, argv);
  if (typeof answer === 'string') return { file, version: undefined, problem: answer };
  const found = version.exec(answer.stdout)?.[1] ?? versionIn(answer.stdout);
  if (answer.exitCode === 0 && found !== undefined) return { file, version: found };
  return { file, version: undefined, problem: lastLines(answer) };
}

/** What a program answers, or why it does not. */
async function answerOf(deps: VagrantDeps, argv: readonly string[]) {
  try {
    return await call(deps, argv, { timeoutMs: slowed(deps, ASK_MS) });
  } catch (error) {
    if (isLabError(error)) return error.message;
    throw error;
  }
}

async function stdoutOf(deps: VagrantDeps, argv: readonly string[]): Promise<string> {
  if (locate(deps, argv[0] ?? '') === undefined) return '';
  const answer = await answerOf(deps, argv);
  return typeof answer === 'string' || answer.exitCode !== 0 ? '' : answer.stdout;
}

async function pluginsOf(deps: VagrantDeps): Promise<ReadonlyMap<string, string>> {
  const versions = (await listOf(deps, 'plugin')).filter(({ type }) => type === 'plugin-version');
  return new Map(versions.map(({ target, data: [version = ''] }) => [target, versionIn(version) ?? '']));
}

async function boxesOf(deps: VagrantDeps): Promise<MachineFacts['boxes']> {
  let name = '';
  return (await listOf(deps, 'box')).flatMap(({ type, data: [value = ''] }) => {
    if (type === 'box-name') name = value;
    return type === 'box-provider' ? [{ name, provider: value }] : [];
  });
}

/** The lines of `vagrant plugin list` or `vagrant box list`. */
async function listOf(deps: VagrantDeps, what: 'plugin' | 'box') {
  const text = await stdoutOf(deps, ['vagrant', what, 'list', '--machine-readable']);
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

async function virtualisationOf(deps: VagrantDeps): Promise<boolean | undefined> {
  if (deps.platform === 'linux') return /^flags\s*:.*\b(?:vmx|svm)\b/m.test(textOf(deps, '/proc/cpuinfo') ?? '');
  if (deps.platform !== 'darwin') return undefined;
  const flag = (await stdoutOf(deps, ['sysctl', '-n', 'kern.hv_support'])).trim();
  return flag === '' ? undefined : flag === '1';
}

/** By CIM classes (learn.microsoft.com: Win32_ComputerSystem, Win32_Processor); not proven by a run of ours. */
const ASK_WINDOWS = [
  'powershell',
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  '(Get-CimInstance Win32_ComputerSystem).HypervisorPresent; (Get-CimInstance Win32_Processor).VirtualizationFirmwareEnabled',
] as const;

/** Two lines, each True or False. With Hyper-V in charge, the firmware's line says False whatever it is. */
export function parseWindows(text: string): WindowsFacts {
  const [present, firmware] = text.split(/\s+/).filter(Boolean);
  return {
    hypervisorPresent: present === 'True',
    firmwareVirtualisation: firmware === undefined || present === 'True' ? undefined : firmware === 'True',
  };
}

/** VirtualBox on Windows has no such limit (VirtualBox manual, 6.7). */
function rangesOf(deps: VagrantDeps): readonly string[] | 'any' {
  if (deps.platform === 'win32') return 'any';
  const conf = textOf(deps, NETWORKS_CONF);
  return conf === undefined ? DEFAULT_RANGES : parseNetworksConf(conf);
}

function textOf({ hostFile }: VagrantDeps, path: string): string | undefined {
  if (hostFile) return hostFile(path);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** The first `1.2` or `1.2.3` in what a program prints of itself. */
function versionIn(text: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
}

/** Where VirtualBox 6.1.28 and newer take host-only addresses unless configured otherwise (VirtualBox manual, 6.7). */
const DEFAULT_RANGES: readonly string[] = ['192.168.56.0/21'];

/** `/etc/vbox/networks.conf`: lines of `* RANGE [RANGE …]`; anything else is a comment. Its ranges take the default's place. */
export function parseNetworksConf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [star, ...ranges] = line.trim().split(/\s+/);
    return star === '*' ? ranges.filter((range) => /^[\d.]+\/\d+$/.test(range)) : [];
  });
}

/** Networks of the lab that lie in none of the ranges. */
export function refusedBy(ranges: readonly string[] | 'any', lab: Lab): readonly string[] {
  if (ranges === 'any') return [];
  return lab.networks.map(({ cidr }) => cidr).filter((cidr) => !ranges.some((range) => isWithin(cidr, range)));
}

function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [inner, outer].map((text) => parseInterface(text)?.network);
  return a !== undefined && b !== undefined && a.prefix >= b.prefix && contains(b, a.first);
}
