import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { isLabError } from '../../../model/errors.js';
import { tryKvm } from '../acceleration.js';
import { call, lastLines } from '../call.js';
import { slowed, type VagrantDeps } from '../deps.js';
import { parseLine } from '../machine-readable.js';
import type { Provider } from '../options.js';
import { libvirtUri, locate, PROGRAMS } from '../programs.js';
import type { Asked, MachineFacts, WindowsFacts } from './facts.js';
import { DEFAULT_RANGES, parseNetworksConf } from './ranges.js';

const MIB = 1024 ** 2;
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
    deps.platform === 'win32' ? windowsFacts(deps) : undefined,
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
    memoryMiB: Math.floor(totalmem() / MIB),
    disk: diskOf(deps.dirs.state),
    boxes,
  };
}

async function ask(deps: VagrantDeps, argv: readonly string[], version: RegExp): Promise<Asked> {
  const file = locate(deps, argv[0] ?? '');
  if (file === undefined) return { file, version: undefined };
  const said = await saidBy(deps, argv);
  if (typeof said === 'string') return { file, version: undefined, problem: said };
  const found = version.exec(said.stdout)?.[1] ?? versionIn(said.stdout);
  if (said.exitCode === 0 && found !== undefined) return { file, version: found };
  return { file, version: undefined, problem: lastLines(said) };
}

/** What a program answers, or why it does not. */
async function saidBy(deps: VagrantDeps, argv: readonly string[]) {
  try {
    return await call(deps, argv, { timeoutMs: slowed(deps, ASK_MS) });
  } catch (error) {
    if (isLabError(error)) return error.message;
    throw error;
  }
}

async function stdoutOf(deps: VagrantDeps, argv: readonly string[]): Promise<string> {
  if (locate(deps, argv[0] ?? '') === undefined) return '';
  const said = await saidBy(deps, argv);
  return typeof said === 'string' || said.exitCode !== 0 ? '' : said.stdout;
}

async function pluginsOf(deps: VagrantDeps): Promise<ReadonlyMap<string, string>> {
  const lines = (await stdoutOf(deps, ['vagrant', 'plugin', 'list', '--machine-readable'])).split('\n').map(parseLine);
  const versions = lines.flatMap((line) =>
    line?.type === 'plugin-version' ? [[line.target, versionIn(line.data[0] ?? '') ?? ''] as const] : [],
  );
  return new Map(versions);
}

async function boxesOf(deps: VagrantDeps): Promise<MachineFacts['boxes']> {
  const lines = (await stdoutOf(deps, ['vagrant', 'box', 'list', '--machine-readable'])).split('\n').map(parseLine);
  let name = '';
  return lines.flatMap((line) => {
    if (line?.type === 'box-name') name = line.data[0] ?? '';
    return line?.type === 'box-provider' ? [{ name, provider: line.data[0] ?? '' }] : [];
  });
}

async function virtualisationOf(deps: VagrantDeps): Promise<boolean | undefined> {
  if (deps.platform === 'linux') return /^flags\s*:.*\b(?:vmx|svm)\b/m.test(textOf(deps, '/proc/cpuinfo') ?? '');
  if (deps.platform !== 'darwin') return undefined;
  const said = (await stdoutOf(deps, ['sysctl', '-n', 'kern.hv_support'])).trim();
  return said === '' ? undefined : said === '1';
}

/** By CIM classes (learn.microsoft.com: Win32_ComputerSystem, Win32_Processor); not proven by a run of ours. */
const ASK_WINDOWS = [
  'powershell',
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  '(Get-CimInstance Win32_ComputerSystem).HypervisorPresent; (Get-CimInstance Win32_Processor).VirtualizationFirmwareEnabled',
] as const;

async function windowsFacts(deps: VagrantDeps): Promise<WindowsFacts> {
  return parseWindows(await stdoutOf(deps, ASK_WINDOWS));
}

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

function textOf({ hostFile = readHostFile }: VagrantDeps, path: string): string | undefined {
  return hostFile(path);
}

function readHostFile(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function diskOf(folder: string): MachineFacts['disk'] {
  if (!existsSync(folder)) return diskOf(dirname(folder));
  const { bavail, bsize } = statfsSync(folder);
  return { folder, freeMiB: Math.floor((bavail * bsize) / MIB) };
}

/** The first `1.2` or `1.2.3` in what a program prints of itself. */
function versionIn(text: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
}
