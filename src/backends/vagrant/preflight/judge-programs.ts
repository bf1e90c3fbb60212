import type { Finding } from '../../../ports/backend.js';
import type { Provider } from '../options.js';
import type { Asked, MachineFacts } from './gather.js';

/** The first version that supports everything in our Vagrantfiles. */
const VAGRANT = '2.2.10';
/** The first with the controller that data disks hang on. */
const VIRTUALBOX = '6.1';
const PLUGIN = 'vagrant-libvirt';

type Fix = NonNullable<Finding['fix']>;
type ByPlatform = { readonly linux: Fix; readonly darwin: Fix; readonly win32: Fix };

function apt(debianPackage: string, otherwise: string): Fix {
  return {
    text: `apt-get install -y ${debianPackage} (elsewhere: ${otherwise})`,
    argv: ['apt-get', 'install', '-y', '--no-install-recommends', debianPackage],
  };
}

const GET_VAGRANT: ByPlatform = {
  linux: apt('vagrant', 'https://developer.hashicorp.com/vagrant/install'),
  darwin: { text: 'brew install --cask vagrant, or https://developer.hashicorp.com/vagrant/install' },
  win32: { text: 'winget install Hashicorp.Vagrant, or https://developer.hashicorp.com/vagrant/install' },
};

const GET_VIRTUALBOX: ByPlatform = {
  linux: {
    text: 'install VirtualBox from https://www.virtualbox.org/wiki/Linux_Downloads, or take --provider libvirt',
  },
  darwin: { text: 'brew install --cask virtualbox, or https://www.virtualbox.org/wiki/Downloads' },
  win32: { text: 'winget install Oracle.VirtualBox, or https://www.virtualbox.org/wiki/Downloads' },
};

const GET_LIBVIRT: ByPlatform = {
  linux: apt('libvirt-clients', 'the package with virsh and libvirtd; also libvirt-daemon-system and qemu-system-x86'),
  darwin: { text: 'libvirt labs run on Linux: take --provider virtualbox' },
  win32: { text: 'libvirt labs run on Linux: take --provider virtualbox' },
};

export function judgePrograms(facts: MachineFacts, provider: Provider): readonly Finding[] {
  const vagrant = judgeProgram(facts.platform, {
    program: 'vagrant',
    asked: facts.vagrant,
    atLeast: VAGRANT,
    get: GET_VAGRANT,
    repair: { text: 'run `vagrant --version` and fix what it complains about, or install it again' },
  });
  return [vagrant, ...JUDGE[provider](facts)];
}

const JUDGE: { readonly [P in Provider]: (facts: MachineFacts) => readonly Finding[] } = {
  virtualbox: ({ platform, hypervisor }) => [
    judgeProgram(platform, {
      program: 'VBoxManage',
      asked: hypervisor,
      atLeast: VIRTUALBOX,
      get: GET_VIRTUALBOX,
      repair: { text: 'run `VBoxManage --version` and do what it says (often: sudo /sbin/vboxconfig)' },
    }),
  ],
  libvirt: ({ platform, hypervisor, plugins, vagrant }) => [
    judgeProgram(platform, {
      program: 'virsh',
      asked: hypervisor,
      atLeast: '0.0',
      get: GET_LIBVIRT,
      repair: {
        text: 'systemctl start libvirtd (apt-get install libvirt-daemon-system where it is missing), and be root or in the group libvirt',
      },
    }),
    ...(vagrant.version === undefined ? [] : [judgePlugin(plugins.get(PLUGIN))]),
  ],
};

interface ProgramWish {
  readonly program: string;
  readonly asked: Asked;
  readonly atLeast: string;
  readonly get: ByPlatform;
  readonly repair: Fix;
}

function judgeProgram(platform: NodeJS.Platform, { program, asked, atLeast, get, repair }: ProgramWish): Finding {
  const id = `program:${program}`;
  const finding = (ok: boolean, text: string, fix?: Fix): Finding => ({
    id,
    ok,
    weight: 'required',
    text,
    ...(fix ? { fix } : {}),
  });
  const getIt = platform === 'darwin' || platform === 'win32' ? get[platform] : get.linux;
  if (asked.file === undefined) return finding(false, `${program} is not installed`, getIt);
  if (asked.version === undefined) return finding(false, `${asked.file} does not answer: ${asked.problem}`, repair);
  if (!isAtLeast(asked.version, atLeast))
    return finding(false, `${asked.file} is ${asked.version}, and ${atLeast} or newer is needed`, getIt);
  return finding(true, `${asked.file}, ${asked.version}`);
}

function judgePlugin(version: string | undefined): Finding {
  const ok = version !== undefined;
  return {
    id: 'plugin:vagrant-libvirt',
    ok,
    weight: 'required',
    text: ok ? `${PLUGIN} ${version}` : `Vagrant has no plugin ${PLUGIN}`,
    ...(ok ? {} : { fix: apt(PLUGIN, `vagrant plugin install ${PLUGIN}`) }),
  };
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
