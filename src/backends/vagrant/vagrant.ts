import { join } from 'node:path';
import { type ErrorCode, isLabError, LabError } from '../../model/errors.js';
import type { ProcessOptions } from '../../ports/process.js';
import { call } from './call.js';
import type { VagrantDeps } from './hypervisor.js';
import { labDirs } from './names.js';
import type { Provider } from './options.js';

const LAST_SAYINGS = 10;

export interface VagrantCall extends Pick<ProcessOptions, 'timeoutMs' | 'signal' | 'env'> {
  /** What is being done, for messages: `vagrant up of ha-host1`. */
  readonly what: string;
  readonly args: readonly string[];
  readonly provider: Provider;
  /**
   * How long Vagrant may take to stop when it is asked to. It gets one SIGINT, alone: it then lets the call to the
   * hypervisor that is under way come to its end, and undoes what it began ("Waiting for cleanup before exiting..."). A
   * second one, or one to its whole process group, would reach VBoxManage in the middle of its work and corrupt it
   * (hashicorp/vagrant#608). What is left all the same, the next `up` or `down` finds by its label.
   * Without it Vagrant is killed at once, for calls that change nothing.
   */
  readonly graceMs?: number;
  readonly onSaying?: (text: string) => void;
}

/** Runs Vagrant in the lab's folder. Throws a LabError that says what is wrong and what to do, with Vagrant's last messages. */
export async function vagrant(deps: VagrantDeps, instance: string, options: VagrantCall): Promise<string> {
  const { what, args, provider, env, onSaying, ...limits } = options;
  const { vagrant: folder } = labDirs(deps.dirs, instance);
  const sayings: string[] = [];
  const onLine = (line: string) => {
    const text = sayingOf(line);
    if (text === undefined) return;
    sayings.push(text);
    onSaying?.(text);
  };
  const settings = { ...limits, onLine, cwd: folder, env: { ...environment(folder, provider), ...env } };
  const result = await call(deps, ['vagrant', ...args], settings).catch((error: unknown) => {
    throw isLabError(error) && error.code === 'process-failed'
      ? tooLong(what, limits.timeoutMs, sayings, error)
      : error;
  });
  if (result.exitCode === 0) return result.stdout;
  const messages = [result.stdout, result.stderr].join('\n').split('\n').map(sayingOf).filter(Boolean).join('\n');
  throw refused(what, result.exitCode, messages);
}

function environment(folder: string, provider: Provider) {
  return {
    VAGRANT_CWD: folder,
    VAGRANT_VAGRANTFILE: 'Vagrantfile',
    VAGRANT_DOTFILE_PATH: join(folder, '.vagrant'),
    VAGRANT_DEFAULT_PROVIDER: provider,
    VAGRANT_CHECKPOINT_DISABLE: '1',
    VAGRANT_NO_COLOR: '1',
  };
}

function refused(what: string, exitCode: number, messages: string): LabError {
  const { id, code, hint } = explain(messages);
  return new LabError(code, `${what} failed (exit code ${exitCode}): ${lastOf(messages.split('\n'))}`, {
    hint,
    data: { reason: id, exitCode },
  });
}

function tooLong(what: string, waitedMs: number, sayings: readonly string[], cause: LabError): LabError {
  const hint =
    'look at the machine’s console (virt-manager, or the VirtualBox window); halab up goes on from what is there, halab down clears it';
  const message = `${what} did not end within ${Math.round(waitedMs / 1000)} s; its last messages: ${lastOf(sayings)}`;
  return new LabError('boot-timeout', message, { hint, data: { waitedMs }, cause });
}

function lastOf(sayings: readonly string[]): string {
  return sayings.slice(-LAST_SAYINGS).join('\n') || 'none';
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

/** What a failure of Vagrant means, and what to do about it. */
interface Pattern {
  /** Matched against the messages of Vagrant and the hypervisor, after each run of white space has become one blank. */
  readonly words: RegExp;
  /** `backend-failed` unless stated. */
  readonly code?: ErrorCode;
  readonly hint: string;
}

/** By id; first match wins. The words are those of Vagrant 2.3 (templates/locales/en.yml) and vagrant-libvirt 0.11 (locales/en.yml), unless said otherwise. */
const PATTERNS: Readonly<Record<string, Pattern>> = {
  'range-refused': {
    words: /host-only network is not within the allowed ranges/,
    hint: 'VirtualBox allows host-only addresses in 192.168.56.0/21 only: give the lab networks inside it, or write the range into /etc/vbox/networks.conf (a line "* 192.168.0.0/16") and run halab up again',
  },
  'port-taken': {
    words: /Vagrant cannot forward the specified ports on this VM|found a port collision for the specified port/,
    hint: 'a port that the machine wants on this host is taken: end what listens there (halab down of another lab, or an older machine), then run halab up again',
  },
  'volume-left': {
    words: /Volume for domain is already created|Name `[^`]*` of domain about to create is already taken/,
    hint: 'a machine of an earlier try is in the way: halab down removes it, then halab up',
  },
  'name-taken': {
    words: /another VM with that name already exists|machine with the name '[^']*' already exists/,
    hint: 'a machine of an earlier try is in the way: halab down removes it, then halab up',
  },
  'box-missing': {
    words:
      /could not be found or could not be accessed in the remote catalog|Couldn't open file|The box '[^']*' (?:does not exist|isn't installed)|box you're attempting to add doesn't support the provider|A URL to a Vagrant Cloud server is not set/,
    code: 'package-missing',
    hint: 'the box is not on this machine and could not be fetched: put it there with `vagrant box add NAME FILE`, build one with `halab box`, name another one as machines.box in the lab file, or see to the network',
  },
  'download-failed': {
    words:
      /error occurred while downloading the remote file|checksum of the downloaded box did not match|Could not resolve host/,
    hint: 'a download broke off: look at the network and HTTPS_PROXY, then run halab up again; what was fetched is kept',
  },
  locked: {
    words:
      /another process is already executing an action on the machine|because it is locked!|lock is being held by another instance/,
    code: 'lab-busy',
    hint: 'another vagrant still works on this machine, perhaps one that was interrupted and tidies up: wait until it has ended (look for "vagrant" among the processes), then run the command again',
  },
  'hyper-v': {
    words: /Hyper-V and VirtualBox cannot be used together|VERR_NEM_VM_CREATE_FAILED|VERR_NEM_NOT_AVAILABLE/,
    code: 'platform-unsupported',
    hint: 'Hyper-V holds the processor: switch it off (bcdedit /set hypervisorlaunchtype off, also "Memory integrity" and WSL 2) and start Windows again',
  },
  'no-virtualisation': {
    words:
      /VT-x is not available|VT-x is disabled|AMD-V is (?:not available|disabled)|VERR_VMX_NO_VMX|VERR_SVM_NO_SVM|VERR_VMX_MSR_ALL_VMX_DISABLED/,
    code: 'platform-unsupported',
    hint: 'the processor’s virtualisation is off or not there: switch on VT-x or AMD-V in the firmware, or nested virtualisation in the hypervisor underneath',
  },
  'kvm-unusable': {
    words:
      /Could not access KVM kernel module|failed to initialize KVM|KVM is not available|invalid argument: could not get preferred machine.*kvm/,
    code: 'platform-unsupported',
    hint: 'KVM does not work here: LIBVIRT_DRIVER=qemu in the environment makes emulated machines, about ten times slower',
  },
  'kernel-driver': {
    words:
      /vboxdrv kernel module is not loaded|failed to open \/dev\/vboxnetctl|VERR_VM_DRIVER_NOT_INSTALLED|Kernel driver not installed/,
    hint: 'VirtualBox’s kernel driver is not loaded: run /sbin/vboxconfig (on macOS allow it under Privacy & Security), then halab up again',
  },
  'plugin-missing': {
    words: /The provider '[^']*' could not be found|No usable default provider could be found/,
    code: 'package-missing',
    hint: 'Vagrant has no such provider: vagrant plugin install vagrant-libvirt (Debian: apt-get install vagrant-libvirt), or --provider virtualbox',
  },
  'hypervisor-missing': {
    words:
      /could not detect VirtualBox|"VBoxManage" command or one of its dependencies could not be found|that was requested to back the machine '[^']*' is reporting that it isn't usable/,
    code: 'package-missing',
    hint: 'the hypervisor is not installed, or Vagrant does not support its version: halab doctor --backend vagrant says which',
  },
  'libvirt-away': {
    words: /Error while connecting to Libvirt|Failed to connect socket|failed to connect to the hypervisor/,
    hint: 'libvirtd does not answer: systemctl start libvirtd, and be root or a member of the group libvirt',
  },
  'disk-full': {
    words: /No space left on device|VERR_DISK_FULL|not enough (?:free )?(?:disk )?space/i,
    code: 'disk-full',
    hint: 'free some space where the hypervisor keeps its disks, then run halab up again',
  },
  'no-memory': {
    words: /[Cc]annot allocate memory|VERR_NO_MEMORY|cannot set up guest memory/,
    hint: 'there is not enough free memory for the machines: end other programs, or use a lab with fewer or smaller nodes',
  },
  'boot-timeout': {
    words:
      /Timed out while waiting for the machine to boot|The domain did not (?:get an IP|become ready)|specified wait_for timeout/,
    code: 'boot-timeout',
    hint: 'the machine started but never answered: look at its console (virt-manager, or the VirtualBox window), then run halab up again',
  },
  'network-taken': {
    words:
      /collides with a non-hostonly network|Network [^ ]+ is already in use by|conflicts with the network|IP address range .* already in use/,
    hint: 'this machine itself has an address in one of the lab’s networks: give the lab other networks, or take that interface down',
  },
};

const OTHERWISE: Omit<Pattern, 'words'> = {
  hint: 'halab doctor --backend vagrant checks what this machine can do; halab up may be run again, halab down clears what is left',
};

/** Vagrant indents and folds its messages, so each run of white space counts as one blank. */
export function explain(output: string): { readonly id: string; readonly code: ErrorCode; readonly hint: string } {
  const text = output.replaceAll(/\s+/g, ' ');
  const [id, found] = Object.entries(PATTERNS).find(([, { words }]) => words.test(text)) ?? ['other', OTHERWISE];
  return { id, code: found.code ?? 'backend-failed', hint: found.hint };
}
