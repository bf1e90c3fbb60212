import type { Lab } from '../../../model/lab.js';
import type { Finding } from '../../../ports/backend.js';
import type { Kvm } from '../acceleration.js';
import type { Provider } from '../options.js';
import { type MachineFacts, refusedBy } from './gather.js';
import { judgePrograms } from './judge-programs.js';

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
export function judge(facts: MachineFacts, wish: Wish): readonly Finding[] {
  return [
    judgeArchitecture(facts, wish),
    ...judgePrograms(facts, wish.provider),
    ...judgeAcceleration(facts, wish.provider),
    ...JUDGE_NETWORKS[wish.provider](facts, wish.lab),
    judgeMemory(facts, wish.lab),
    judgeDisk(facts, wish.lab),
    judgeBox(facts, wish),
  ];
}

/** Boxes are for x86 processors; another one could only play them, at a hundredth of the speed. */
function judgeArchitecture({ platform, arch }: MachineFacts, { box, isOwnBox = false }: Wish): Finding {
  const isOther = arch !== 'x64';
  const ok = !isOther || isOwnBox;
  const text = `${platform} on ${arch}`;
  if (ok && !isOther) return { id: 'platform', ok, weight: 'required', text };
  return {
    id: 'platform',
    ok,
    weight: 'required',
    text: ok
      ? `${text}, with a box of the lab’s own (${box})`
      : `${text}: the boxes of halab’s images are for x86 and cannot run here`,
    ...(ok
      ? {}
      : {
          fix: {
            text: 'name a box for this processor as machines.box in the lab file (e.g. bento/debian-12 has one for arm64), or use the embedded backend inside a Linux VM on x86',
          },
        }),
  };
}

const JUDGE_NETWORKS: { readonly [P in Provider]: (facts: MachineFacts, lab: Lab) => readonly Finding[] } = {
  libvirt: () => [],
  virtualbox: ({ ranges }, lab) => {
    const refused = refusedBy(ranges, lab);
    const ok = refused.length === 0;
    const allowed = ranges === 'any' ? 'any address' : ranges.join(' ');
    return [
      {
        id: 'networks',
        ok,
        weight: 'required',
        text: ok
          ? `VirtualBox takes the lab’s networks (it allows ${allowed})`
          : `VirtualBox allows host-only networks in ${allowed}, and the lab has ${refused.join(', ')}`,
        ...(ok
          ? {}
          : {
              fix: {
                text: `write "* ${refused.join(' ')}" into /etc/vbox/networks.conf (make it if it is not there), or give the lab networks in ${allowed}`,
              },
            }),
      },
    ];
  },
};

function judgeMemory({ memoryMiB }: MachineFacts, lab: Lab): Finding {
  const needMiB = lab.nodes.reduce((sum, node) => sum + node.memoryMiB, 0) + SPARE_MIB;
  const ok = memoryMiB >= needMiB;
  return {
    id: 'memory',
    ok,
    weight: 'advice',
    text: `${memoryMiB} MiB of memory, the lab’s ${lab.nodes.length} machines and the system take about ${needMiB} MiB`,
    ...(ok ? {} : { fix: { text: 'use a lab with fewer or smaller nodes, or the embedded backend on Linux' } }),
  };
}

function judgeDisk({ disk }: MachineFacts, lab: Lab): Finding {
  const disksMiB = lab.nodes.flatMap(({ disks }) => disks).reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  const needMiB = BOX_MIB + lab.nodes.length * NODE_MIB + disksMiB;
  const ok = disk.freeMiB >= needMiB;
  return {
    id: 'disk',
    ok,
    weight: 'advice',
    text: `${disk.freeMiB} MiB free in ${disk.folder}, the lab takes about ${needMiB} MiB where the hypervisor keeps its disks`,
    ...(ok ? {} : { fix: { text: 'free some space' } }),
  };
}

function judgeBox({ boxes }: MachineFacts, { box, provider }: Wish): Finding {
  const there = boxes.some((each) => each.name === box && each.provider === provider);
  const text = there
    ? `the box ${box} is here`
    : `the box ${box} is not here yet: the first halab up fetches it (up to 1 GB), or \`vagrant box add ${box} --provider ${provider}\` now`;
  return { id: 'box', ok: true, weight: 'advice', text };
}

const EMULATION = 'the machines are emulated, about 10 times slower';
const IN_FIRMWARE =
  'switch on VT-x or AMD-V in the firmware; inside another hypervisor, switch on nested virtualisation for this machine';

/** Whether processors help: a hypervisor either needs it, or is slow without. */
function judgeAcceleration(facts: MachineFacts, provider: Provider): readonly Finding[] {
  const nested = facts.isGuest ? [NESTED] : [];
  return [...JUDGE[provider](facts), ...nested];
}

const NESTED: Finding = {
  id: 'nested',
  ok: true,
  weight: 'advice',
  text: 'this machine is itself a guest: machines in it run by nested virtualisation, slower, and not on every cloud',
};

const JUDGE: { readonly [P in Provider]: (facts: MachineFacts) => readonly Finding[] } = {
  libvirt: ({ kvm, platform }) => (platform === 'linux' ? [judgeKvm(kvm)] : []),
  virtualbox: (facts) => {
    if (facts.platform === 'win32') return judgeWindows(facts);
    // VirtualBox on Apple's own processors uses what macOS offers.
    if (facts.virtualisation === undefined || facts.arch === 'arm64') return [];
    const ok = facts.virtualisation;
    const how = facts.platform === 'darwin' ? 'kern.hv_support is' : 'the processor says';
    return [
      {
        id: 'virtualisation',
        ok,
        weight: 'required',
        text: ok
          ? `hardware virtualisation is there (${how} so)`
          : `no hardware virtualisation (${how} so), and VirtualBox does not do without`,
        ...(ok ? {} : { fix: { text: `${IN_FIRMWARE}; or take --provider libvirt, which emulates` } }),
      },
    ];
  },
};

const KVM: { readonly [S in Kvm['state']]: (said: string) => Pick<Finding, 'ok' | 'text'> } = {
  works: (said) => ({ ok: true, text: `KVM runs a guest (${said})` }),
  untried: (said) => ({ ok: true, text: `/dev/kvm is there, but was not tried (${said})` }),
  dead: (said) => ({ ok: false, text: `/dev/kvm opens, but a guest does not run (${said}): ${EMULATION}` }),
  slow: (said) => ({ ok: false, text: `/dev/kvm opens, but a guest hardly runs (${said}): ${EMULATION}` }),
  refused: (said) => ({ ok: false, text: `/dev/kvm is there, but KVM refuses (${said}): ${EMULATION}` }),
};

function judgeKvm(kvm: Kvm | undefined): Finding {
  const { ok, text } = kvm ? KVM[kvm.state](kvm.said) : { ok: false, text: `there is no /dev/kvm: ${EMULATION}` };
  return {
    id: 'kvm',
    ok,
    weight: 'advice',
    text,
    ...(ok ? {} : { fix: { text: `${IN_FIRMWARE}; it works without, slowly` } }),
  };
}

function judgeWindows({ windows }: MachineFacts): readonly Finding[] {
  if (!windows) return [];
  const firmwareOff = windows.firmwareVirtualisation === false;
  return [
    {
      id: 'virtualisation',
      ok: !firmwareOff,
      weight: 'required',
      text: firmwareOff ? 'VT-x or AMD-V is off in the firmware' : 'the firmware allows virtualisation',
      ...(firmwareOff ? { fix: { text: IN_FIRMWARE } } : {}),
    },
    {
      id: 'hyper-v',
      ok: !windows.hypervisorPresent,
      weight: 'advice',
      text: windows.hypervisorPresent
        ? 'Hyper-V (or WSL 2, or Memory integrity) holds the processor: VirtualBox is slow beside it, or does not start machines at all'
        : 'no Hyper-V in the way',
      ...(windows.hypervisorPresent
        ? {
            fix: {
              text: 'as administrator: bcdedit /set hypervisorlaunchtype off, switch Memory integrity off, and start Windows again (WSL 2 and Docker Desktop then rest; "auto" instead of "off" brings them back)',
            },
          }
        : {}),
    },
  ];
}
