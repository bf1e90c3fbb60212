// Makes a bare clone ready to run. Node built-ins only: it runs before anything is installed. May run any number of times.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = dirname(dirname(fileURLToPath(import.meta.url)));
const LONGEST_STEP_MS = 15 * 60_000;

/** What the embedded backend calls, by the Debian package that brings it. */
export const SYSTEM_PACKAGES = [
  { name: 'mmdebstrap', command: 'mmdebstrap', why: 'builds node images' },
  { name: 'systemd-container', command: 'systemd-nspawn', why: 'runs nodes' },
  { name: 'iproute2', command: 'ip', why: 'namespaces, links and bridges' },
  { name: 'util-linux', command: 'nsenter', why: 'enters and makes namespaces' },
  { name: 'tar', command: 'tar', why: 'unpacks images' },
  { name: 'debian-archive-keyring', why: 'the keys that images are verified with' },
];

/** What the tests call beside that: `--tests`. */
export const TEST_PACKAGES = [
  { name: 'vagrant', command: 'vagrant', why: 'reads the Vagrantfiles that tests render' },
  { name: 'vagrant-libvirt', why: 'knows what Vagrantfiles say of libvirt' },
  { name: 'tmux', command: 'tmux', why: 'is the terminal of tests that press keys' },
  { name: 'chromium', command: 'chromium', why: 'opens reports' },
  { name: 'libxml2-utils', command: 'xmllint', why: 'validates JUnit files by a schema' },
  { name: 'shellcheck', command: 'shellcheck', why: 'reads the provisioning scripts' },
];

/** What tests with real virtual machines call: `--machines`. */
export const MACHINE_PACKAGES = [
  { name: 'libvirt-daemon-system', command: 'libvirtd', why: 'runs virtual machines' },
  { name: 'libvirt-clients', command: 'virsh', why: 'asks libvirt' },
  { name: 'qemu-system-x86', command: 'qemu-system-x86_64', why: 'is the virtual machine' },
  { name: 'qemu-utils', command: 'qemu-img', why: 'makes disks' },
  { name: 'dnsmasq-base', command: 'dnsmasq', why: 'gives machines their management address' },
  { name: 'openssh-server', command: 'sshd', why: 'lets fence agents in, inside the test’s own namespace' },
  { name: 'e2fsprogs', command: 'mke2fs', why: 'makes the disk of a box' },
];

/** What the tests of the history on a server call: `--databases`. */
export const DATABASE_PACKAGES = [{ name: 'postgresql', why: 'keeps the history of a team' }];

/** What tests with a pool of machines call: `--pool`. Without a slurm.conf, none of its daemons starts on this machine. */
export const POOL_PACKAGES = [
  { name: 'slurm-wlm', command: 'slurmctld', why: 'is the queue of a pool' },
  { name: 'munge', command: 'munged', why: 'is how the parts of Slurm know one another' },
  { name: 'rsync', command: 'rsync', why: 'brings results home' },
  { name: 'openssh-client', command: 'ssh', why: 'sets machines of a pool up' },
  { name: 'openssh-server', command: 'sshd', why: 'lets the head of a pool in, inside the test’s own namespace' },
];

/** @param {readonly string[]} argv */
export function packagesFor(argv) {
  const has = (flag) => argv.includes(flag);
  return [
    ...SYSTEM_PACKAGES,
    ...(has('--tests') || has('--machines') ? TEST_PACKAGES : []),
    ...(has('--machines') ? MACHINE_PACKAGES : []),
    ...(has('--databases') ? DATABASE_PACKAGES : []),
    ...(has('--pool') ? POOL_PACKAGES : []),
  ];
}

/** @param {string} version as in process.versions.node */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/** @param {string} osRelease text of /etc/os-release */
export function isDebianLike(osRelease) {
  const value = (key) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  const ids = [value('ID'), ...value('ID_LIKE').split(' ')];
  return ids.includes('debian') || ids.includes('ubuntu');
}

/**
 * What halab can run labs with. The embedded backend is made of Linux namespaces; Vagrant runs on all three.
 * @param {string} platform as in process.platform
 */
export function backendsOn(platform) {
  return platform === 'linux' ? ['embedded', 'vagrant'] : ['vagrant'];
}

/**
 * npm is a batch file on Windows, which only a shell can start.
 * @param {string} platform as in process.platform
 */
export function shellFor(command, platform) {
  return platform === 'win32' && command === 'npm';
}

/** Throws an Error whose message says what to do. `argv`: `--tests`, `--machines`, `--databases`, `--pool`. */
export function setup(argv) {
  checkNode();
  if (backendsOn(process.platform).includes('embedded')) installSystemPackages(packagesFor(argv));
  else
    say(
      `the embedded backend needs Linux; on ${process.platform} labs run on Vagrant (halab doctor says what it lacks)`,
    );
  installDependencies();
  build();
}

function checkNode() {
  if (isSupportedNode(process.versions.node)) return;
  throw new Error(
    `halab needs Node.js ^20.19 or >=22.12, this is ${process.versions.node}. Install one of those and run this again.`,
  );
}

function installSystemPackages(packages) {
  const osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!isDebianLike(osRelease)) return checkCommands(packages);
  const missing = packages.filter(({ name }) => !isInstalled(name));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  if (process.getuid?.() !== 0) {
    throw new Error(
      `Missing system packages: ${names.join(', ')}. Run this again as root, or install them first:\n  sudo apt-get install ${names.join(' ')}`,
    );
  }
  say('installing system packages with apt-get:');
  for (const { name, why } of missing) say(`  ${name} (${why})`);
  const apt = ['-q', '-o', 'DPkg::Lock::Timeout=120'];
  run('apt-get', [...apt, 'update']);
  run('apt-get', [...apt, 'install', '--yes', '--no-install-recommends', ...names], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
}

/** On a distribution without apt we look for the commands and leave installing them to whoever knows it. */
function checkCommands(packages) {
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  const missing = packages.filter(
    ({ command }) => command && !folders.some((folder) => existsSync(join(folder, command))),
  );
  if (missing.length === 0) return;
  const list = missing.map(({ command, name }) => `${command} (Debian calls the package ${name})`).join(', ');
  throw new Error(
    `This is neither Debian nor Ubuntu, so nothing was installed. Missing commands: ${list}. Install them and run this again.`,
  );
}

function isInstalled(name) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format language
  const found = spawnSync('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name], { encoding: 'utf8' });
  return found.status === 0 && found.stdout === 'installed';
}

function installDependencies() {
  const installed = modified(join(TOP, 'node_modules', '.package-lock.json'));
  if (installed >= modified(join(TOP, 'package-lock.json'))) return;
  say('installing dependencies with npm ci');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}

function build() {
  const sources = Math.max(newest(join(TOP, 'src')), modified(join(TOP, 'tsconfig.json')));
  if (newest(join(TOP, 'dist')) >= sources) return;
  say('building dist');
  run('npm', ['run', '--silent', 'build']);
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(folder) {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return Math.max(
    0,
    ...entries.filter((entry) => entry.isFile()).map((entry) => modified(join(entry.parentPath, entry.name))),
  );
}

function run(command, args, env = {}) {
  const line = [command, ...args].join(' ');
  const result = spawnSync(command, args, {
    cwd: TOP,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
    shell: shellFor(command, process.platform),
    timeout: LONGEST_STEP_MS,
  });
  if (result.error) throw new Error(`"${line}" could not run: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(`"${line}" ended with ${result.signal ?? `exit code ${result.status}`}; its output is above.`);
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/** Runs the set-up as a program does: 3 where the machine cannot be made ready. */
export function setupOrExit(argv = []) {
  try {
    setup(argv);
  } catch (error) {
    say(error.message);
    process.exit(3);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setupOrExit(process.argv.slice(2));
