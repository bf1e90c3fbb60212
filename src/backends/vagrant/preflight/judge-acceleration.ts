import type { Finding } from '../../../ports/backend.js';
import type { Kvm } from '../acceleration.js';
import type { Provider } from '../options.js';
import type { MachineFacts } from './facts.js';

const EMULATION = 'the machines are emulated, about 10 times slower';
const IN_FIRMWARE =
  'switch on VT-x or AMD-V in the firmware; inside another hypervisor, switch on nested virtualisation for this machine';

/** Whether processors help: a hypervisor either needs it, or is slow without. */
export function judgeAcceleration(facts: MachineFacts, provider: Provider): readonly Finding[] {
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
      text: firmwareOff ? 'VT-x or AMD-V is off in the firmware' : 'the firmware does not say no to virtualisation',
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
