import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Lab } from '../../model/lab.js';
import type { Finding } from '../../ports/backend.js';
import type { EmbeddedDeps } from './host.js';
import { locateImage } from './image-store.js';
import { inotifyRoom, MAKE_ROOM, roomText } from './inotify.js';
import { findLimits } from './limits.js';
import { labelOf } from './names.js';

/** Programs the backend runs, and the Debian package each is in. */
const PROGRAMS: Readonly<Record<string, string>> = {
  mmdebstrap: 'mmdebstrap',
  'systemd-nspawn': 'systemd-container',
  ip: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  mountpoint: 'util-linux',
  tar: 'tar',
};

const MIB = 1024 ** 2;
/** Measured: about 270 MiB of PSS for each HA node, 16 MiB for the storage node. */
const MIB_PER_NODE = 300;
const STATE_MIB = 600;

/** What this machine has and lacks for the lab; reads only, changes nothing. */
export async function preflight(deps: EmbeddedDeps, lab: Lab): Promise<readonly Finding[]> {
  if (process.platform !== 'linux') return [findPlatform()];
  return [
    findPlatform(),
    findRoot(),
    ...findPrograms(deps.path),
    findOverlay(),
    await findNamespaces(deps),
    findDisk(deps, lab),
    findMemory(lab),
    findLimits(),
    findInotify(lab),
    findImage(deps, lab),
  ];
}

function findPlatform(): Finding {
  const ok = process.platform === 'linux' && process.arch === 'x64';
  return {
    id: 'platform',
    ok,
    weight: 'required',
    text: `${process.platform} on ${process.arch}`,
    ...(ok ? {} : { fix: { text: 'the embedded backend runs on Linux on x64; --backend vagrant runs elsewhere too' } }),
  };
}

function findRoot(): Finding {
  const ok = process.getuid?.() === 0;
  return {
    id: 'root',
    ok,
    weight: 'required',
    text: ok ? 'runs as root' : 'does not run as root',
    ...(ok ? {} : { fix: { text: 'run the same command as root (sudo): it makes namespaces and mounts' } }),
  };
}

function findPrograms(searchPath: string): readonly Finding[] {
  return Object.entries(PROGRAMS).map(([program, debianPackage]) => {
    const path = pathOf(program, searchPath);
    const fix = {
      text: `apt-get install -y ${debianPackage}`,
      argv: ['apt-get', 'install', '-y', '--no-install-recommends', debianPackage],
    };
    return {
      id: `program:${program}`,
      ok: path !== undefined,
      weight: 'required' as const,
      text: path ?? `${program} is not installed`,
      ...(path ? {} : { fix }),
    };
  });
}

function pathOf(program: string, searchPath: string): string | undefined {
  const folders = [...searchPath.split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findOverlay(): Finding {
  const ok = /\toverlay$/m.test(readFileSync('/proc/filesystems', 'utf8')) || existsSync('/sys/module/overlay');
  return {
    id: 'overlayfs',
    ok,
    weight: 'required',
    text: ok ? 'the kernel has overlayfs' : 'the kernel has no overlayfs loaded',
    ...(ok ? {} : { fix: { text: 'modprobe overlay', argv: ['modprobe', 'overlay'] } }),
  };
}

/** Tries it, since a kernel may have namespaces and a policy forbid them. */
async function findNamespaces(deps: EmbeddedDeps): Promise<Finding> {
  const argv = ['unshare', '--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', 'true'];
  const canTry = pathOf('unshare', deps.path) !== undefined;
  const result = canTry ? await deps.processes.run(argv, { timeoutMs: 10_000 }) : undefined;
  const ok = result?.exitCode === 0;
  const why = result ? result.stderr.trim() : 'unshare is not installed';
  return {
    id: 'namespaces',
    ok,
    weight: 'required',
    text: ok ? 'user, network, mount and process namespaces can be made' : `namespaces cannot be made: ${why}`,
    ...(ok
      ? {}
      : {
          fix: {
            text: 'look at /proc/sys/user/max_user_namespaces, or run on a machine that is not itself a sealed container',
          },
        }),
  };
}

function findDisk(deps: EmbeddedDeps, lab: Lab): Finding {
  const folder = existingParent(deps.dirs.state);
  const { bavail, bsize, type } = statfsSync(folder);
  const freeMiB = Math.floor((bavail * bsize) / MIB);
  const OVERLAY = 0x794c7630;
  const ok = freeMiB >= STATE_MIB && type !== OVERLAY;
  const text = type === OVERLAY ? `${folder} lies on an overlay filesystem itself` : `${freeMiB} MiB free in ${folder}`;
  return {
    id: 'disk',
    ok,
    weight: 'required',
    text: `${text} (${labelOf(lab.name)} takes about ${STATE_MIB} MiB)`,
    ...(ok ? {} : { fix: { text: 'free some space, or point HALAB_STATE_DIR at a larger, ordinary disk' } }),
  };
}

function existingParent(folder: string): string {
  return existsSync(folder) ? folder : existingParent(dirname(folder));
}

function findMemory(lab: Lab): Finding {
  const haveMiB = Math.floor(totalmem() / MIB);
  const needMiB = lab.nodes.length * MIB_PER_NODE;
  const ok = haveMiB >= needMiB;
  return {
    id: 'memory',
    ok,
    weight: 'advice',
    text: `${haveMiB} MiB of memory, the lab's ${lab.nodes.length} nodes take about ${needMiB} MiB`,
    ...(ok ? {} : { fix: { text: 'use a lab with fewer nodes' } }),
  };
}

/** Advice, for the nodes of this lab may be among those that run. */
function findInotify(lab: Lab): Finding {
  const room = inotifyRoom(lab.nodes.length);
  return {
    id: 'inotify',
    ok: room.isEnough,
    weight: 'advice',
    text: roomText(room),
    ...(room.isEnough ? {} : { fix: { text: MAKE_ROOM } }),
  };
}

function findImage(deps: EmbeddedDeps, lab: Lab): Finding {
  const { built, root } = locateImage(deps.dirs.cache, lab.image);
  const text = built
    ? `${lab.image} is built: ${root}`
    : `${lab.image} is not built yet: the first halab up builds it, about a minute`;
  return { id: 'image', ok: true, weight: 'advice', text };
}
