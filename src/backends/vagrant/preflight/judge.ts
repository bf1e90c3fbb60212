import type { Lab } from '../../../model/lab.js';
import type { Prerequisite } from '../../../ports/backend.js';
import { advice, aptInstall, type Fix, required } from '../../prerequisites.js';
import type { Kvm } from '../acceleration.js';
import { PROGRAMS } from '../call.js';
import type { Provider } from '../options.js';
import { type Asked, type MachineFacts, refusedBy } from './gather.js';

/** What a machine takes of the disk: a copy of the box for all, and what each changes. */
const BOX_MIB = 2_000;
const NODE_MIB = 1_500;
/** For the system around the machines. */
const SPARE_MIB = 1_024;

interface Wish {
  readonly lab: Lab;
  readonly provider: Provider;
  /** The box that the lab's machines are made of. */
  readonly box: string;
  /** That box was chosen by the user, for whatever processor it may be. */
  readonly isOwnBox?: boolean;
}

/** What facts mean for a lab. Pure. */
export function judge(facts: MachineFacts, wish: Wish): readonly Prerequisite[] {
  const { lab, provider } = wish;
  return [
    judgeArchitecture(facts, wish),
    judgeProgram(facts.platform, facts.vagrant, WISHES.vagrant),
    judgeProgram(facts.platform, facts.hypervisor, WISHES[provider]),
    ...JUDGE[provider](facts, lab),
    judgeMemory(facts, lab),
    judgeDisk(facts, lab),
    judgeBox(facts, wish),
  ];
}

/** Boxes are for x86 processors; another one could only play them, at a hundredth of the speed. */
function judgeArchitecture({ platform, arch }: MachineFacts, { box, isOwnBox = false }: Wish): Prerequisite {
  const text = `${platform} on ${arch}`;
  if (arch === 'x64') return required('platform', true, text);
  if (isOwnBox) return required('platform', true, `${text}, with a box of the lab’s own (${box})`);
  return required(
    'platform',
    false,
    `${text}: the boxes of halab’s images are for x86 and cannot run here`,
    'name a box for this processor as machines.box in the lab file (e.g. bento/debian-12 has one for arm64), or use the embedded backend inside a Linux VM on x86',
  );
}

interface ProgramWish {
  readonly program: string;
  readonly atLeast: string;
  /** How to get it on each platform, those of Linux for all others. */
  readonly get: { readonly linux: Fix; readonly darwin: Fix; readonly win32: Fix };
  readonly repair: string;
}

const NO_LIBVIRT = { text: 'libvirt labs run on Linux: take --provider virtualbox' };

const WISHES: { readonly [P in 'vagrant' | Provider]: ProgramWish } = {
  vagrant: {
    program: 'vagrant',
    // The first version that supports everything in our Vagrantfiles.
    atLeast: '2.2.10',
    get: {
      linux: aptInstall('vagrant', 'https://developer.hashicorp.com/vagrant/install'),
      darwin: { text: 'brew install --cask vagrant, or https://developer.hashicorp.com/vagrant/install' },
      win32: { text: 'winget install Hashicorp.Vagrant, or https://developer.hashicorp.com/vagrant/install' },
    },
    repair: 'run `vagrant --version` and fix what it complains about, or install it again',
  },
  virtualbox: {
    program: PROGRAMS.virtualbox,
    // The first with the controller that data disks hang on.
    atLeast: '6.1',
    get: {
      linux: {
        text: 'install VirtualBox from https://www.virtualbox.org/wiki/Linux_Downloads, or take --provider libvirt',
      },
      darwin: { text: 'brew install --cask virtualbox, or https://www.virtualbox.org/wiki/Downloads' },
      win32: { text: 'winget install Oracle.VirtualBox, or https://www.virtualbox.org/wiki/Downloads' },
    },
    repair: 'run `VBoxManage --version` and do what it says (often: sudo /sbin/vboxconfig)',
  },
  libvirt: {
    program: PROGRAMS.libvirt,
    atLeast: '0.0',
    get: {
      linux: aptInstall(
        'libvirt-clients',
        'the package with virsh and libvirtd; also libvirt-daemon-system and qemu-system-x86',
      ),
      darwin: NO_LIBVIRT,
      win32: NO_LIBVIRT,
    },
    repair:
      'systemctl start libvirtd (apt-get install libvirt-daemon-system where it is missing), and be root or in the group libvirt',
  },
};

function judgeProgram(
  platform: NodeJS.Platform,
  { file, version, problem }: Asked,
  { program, atLeast, get, repair }: ProgramWish,
): Prerequisite {
  const id = `program:${program}`;
  const getIt = platform === 'darwin' || platform === 'win32' ? get[platform] : get.linux;
  if (file === undefined) return required(id, false, `${program} is not installed`, getIt);
  if (version === undefined) return required(id, false, `${file} does not answer: ${problem}`, repair);
  const isNew = isAtLeast(version, atLeast);
  return required(
    id,
    isNew,
    isNew ? `${file}, ${version}` : `${file} is ${version}, and ${atLeast} or newer is needed`,
    getIt,
  );
}

export function isAtLeast(version: string, wanted: string): boolean {
  const parts = (text: string) => text.split('.').map(Number);
  const [have, want] = [parts(version), parts(wanted)];
  for (const [index, part] of want.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/** What each provider takes of the machine beside its program. */
const JUDGE: { readonly [P in Provider]: (facts: MachineFacts, lab: Lab) => readonly Prerequisite[] } = {
  libvirt: (facts) => [
    ...(facts.vagrant.version === undefined ? [] : [judgePlugin(facts.plugins.get(PLUGIN))]),
    ...(facts.platform === 'linux' ? [judgeKvm(facts.kvm)] : []),
    ...judgeNesting(facts),
  ],
  virtualbox: (facts, lab) => [
    ...(facts.platform === 'win32' ? judgeWindows(facts) : judgeVirtualisation(facts)),
    ...judgeNesting(facts),
    judgeNetworks(facts, lab),
  ],
};

const PLUGIN = 'vagrant-libvirt';

function judgePlugin(version: string | undefined): Prerequisite {
  const ok = version !== undefined;
  const text = ok ? `${PLUGIN} ${version}` : `Vagrant has no plugin ${PLUGIN}`;
  return required(`plugin:${PLUGIN}`, ok, text, aptInstall(PLUGIN, `vagrant plugin install ${PLUGIN}`));
}

const EMULATION = 'the machines are emulated, about 10 times slower';
const IN_FIRMWARE =
  'switch on VT-x or AMD-V in the firmware; inside another hypervisor, switch on nested virtualisation for this machine';

const KVM: { readonly [S in Kvm['state']]: (said: string) => Pick<Prerequisite, 'ok' | 'text'> } = {
  works: (said) => ({ ok: true, text: `KVM runs a guest (${said})` }),
  untried: (said) => ({ ok: true, text: `/dev/kvm is there, but was not tried (${said})` }),
  dead: (said) => ({ ok: false, text: `/dev/kvm opens, but a guest does not run (${said}): ${EMULATION}` }),
  slow: (said) => ({ ok: false, text: `/dev/kvm opens, but a guest hardly runs (${said}): ${EMULATION}` }),
  refused: (said) => ({ ok: false, text: `/dev/kvm is there, but KVM refuses (${said}): ${EMULATION}` }),
};

function judgeKvm(kvm: Kvm | undefined): Prerequisite {
  const { ok, text } = kvm ? KVM[kvm.state](kvm.said) : { ok: false, text: `there is no /dev/kvm: ${EMULATION}` };
  return advice('kvm', ok, text, `${IN_FIRMWARE}; it works without, slowly`);
}

function judgeVirtualisation({ virtualisation: ok, arch, platform }: MachineFacts): readonly Prerequisite[] {
  // VirtualBox on Apple's own processors uses what macOS offers.
  if (ok === undefined || arch === 'arm64') return [];
  const how = platform === 'darwin' ? 'kern.hv_support is' : 'the processor says';
  const text = ok
    ? `hardware virtualisation is there (${how} so)`
    : `no hardware virtualisation (${how} so), and VirtualBox does not do without`;
  return [required('virtualisation', ok, text, `${IN_FIRMWARE}; or take --provider libvirt, which emulates`)];
}

function judgeWindows({ windows }: MachineFacts): readonly Prerequisite[] {
  if (!windows) return [];
  const allowed = windows.firmwareVirtualisation !== false;
  const text = allowed ? 'the firmware allows virtualisation' : 'VT-x or AMD-V is off in the firmware';
  return [
    required('virtualisation', allowed, text, IN_FIRMWARE),
    advice(
      'hyper-v',
      !windows.hypervisorPresent,
      windows.hypervisorPresent
        ? 'Hyper-V (or WSL 2, or Memory integrity) holds the processor: VirtualBox is slow beside it, or does not start machines at all'
        : 'no Hyper-V in the way',
      'as administrator: bcdedit /set hypervisorlaunchtype off, switch Memory integrity off, and start Windows again (WSL 2 and Docker Desktop then rest; "auto" instead of "off" brings them back)',
    ),
  ];
}

function judgeNesting({ isGuest }: MachineFacts): readonly Prerequisite[] {
  const text =
    'this machine is itself a guest: machines in it run by nested virtualisation, slower, and not on every cloud';
  return isGuest ? [advice('nested', true, text)] : [];
}

function judgeNetworks({ ranges }: MachineFacts, lab: Lab): Prerequisite {
  const refused = refusedBy(ranges, lab);
  const ok = refused.length === 0;
  const allowed = ranges === 'any' ? 'any address' : ranges.join(' ');
  return required(
    'networks',
    ok,
    ok
      ? `VirtualBox takes the lab’s networks (it allows ${allowed})`
      : `VirtualBox allows host-only networks in ${allowed}, and the lab has ${refused.join(', ')}`,
    `write "* ${refused.join(' ')}" into /etc/vbox/networks.conf (make it if it is not there), or give the lab networks in ${allowed}`,
  );
}

function judgeMemory({ memoryMiB }: MachineFacts, lab: Lab): Prerequisite {
  const needMiB = lab.nodes.reduce((sum, node) => sum + node.memoryMiB, 0) + SPARE_MIB;
  return advice(
    'memory',
    memoryMiB >= needMiB,
    `${memoryMiB} MiB of memory, the lab’s ${lab.nodes.length} machines and the system take about ${needMiB} MiB`,
    'use a lab with fewer or smaller nodes, or the embedded backend on Linux',
  );
}

function judgeDisk({ disk }: MachineFacts, lab: Lab): Prerequisite {
  const disksMiB = lab.nodes.flatMap(({ disks }) => disks).reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  const needMiB = BOX_MIB + lab.nodes.length * NODE_MIB + disksMiB;
  return advice(
    'disk',
    disk.freeMiB >= needMiB,
    `${disk.freeMiB} MiB free in ${disk.folder}, the lab takes about ${needMiB} MiB where the hypervisor keeps its disks`,
    'free some space',
  );
}

function judgeBox({ boxes }: MachineFacts, { box, provider }: Wish): Prerequisite {
  const there = boxes.some((each) => each.name === box && each.provider === provider);
  const text = there
    ? `the box ${box} is here`
    : `the box ${box} is not here yet: the first halab up fetches it (up to 1 GB), or \`vagrant box add ${box} --provider ${provider}\` now`;
  return advice('box', true, text);
}
