import { copyFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../../model/errors.js';
import type { ProcessRunner } from '../../../ports/process.js';
import { type Build, bootstrap, inBuildFolder, runBuildStep } from '../../image/building.js';
import {
  CLUSTER_PACKAGES,
  collectingScript,
  customizeScript,
  IMAGE_IDS,
  type Recipe,
  releaseOf,
  SYSTEM_PACKAGES,
} from '../../image/recipe.js';

const NEEDED_MIB = 4_000;

interface BoxRequest {
  /** `debian-12`. */
  readonly image: string;
  readonly outDir: string;
  /** False: a box without the cluster packages, and an archive of them beside it. */
  readonly cluster: boolean;
  readonly mirror: string | undefined;
  /** The lab that it is for, if it is for one: its name and the packages that its file adds. */
  readonly lab?: { readonly name: string; readonly packages: readonly string[] };
}

interface BuiltBox {
  readonly boxFile: string;
  /** A plain tar of Debian packages and their index, from which a machine can install offline. */
  readonly packagesFile?: string;
  /** For `vagrant box add --name`. */
  readonly name: string;
}

/** Where a tree holds the archived packages until the disk is made (`collect-packages.sh`). */
const COLLECTED = 'var/lib/lab-packages';

/** Makes a box for vagrant-libvirt in `outDir`. A build that is cut off leaves nothing that looks finished. */
export async function buildBox(
  request: BoxRequest,
  { processes }: { readonly processes: ProcessRunner },
  onProgress: (text: string) => void,
  signal?: AbortSignal,
): Promise<BuiltBox> {
  const { image, outDir } = request;
  const recipe = recipeFor(request);
  const build = { ...request, processes, onProgress, signal };
  return inBuildFolder(join(outDir, variantOf(request)), NEEDED_MIB, async (folder) => {
    onProgress(`${image}: unpacking and setting up packages (one to three minutes)`);
    await bootstrap(build, recipe, join(folder, 'tree'));
    if (!request.cluster) await archivePackages(build, folder);
    onProgress(`${image}: making the disk`);
    await makeDisk(build, folder);
    onProgress(`${image}: packing the box`);
    await packBox(build, folder);
    return publish(folder, request);
  });
}

function recipeFor({ image, cluster, lab }: BoxRequest): Recipe {
  const recipe = boxRecipeOf(image, cluster, lab?.packages);
  if (recipe) return recipe;
  throw new LabError('config-invalid', `there is no image ${image}`, { hint: `known images: ${IMAGE_IDS.join(', ')}` });
}

const TAR = ['tar', '--create', '--owner=0', '--group=0'];

/** Moves the collected packages out of the tree; the disk is not to hold them. */
async function archivePackages(build: Build, folder: string): Promise<void> {
  const collected = join(folder, 'tree', COLLECTED);
  await runBuildStep(build, [...TAR, '--file', join(folder, 'packages.tar'), '-C', collected, '.']);
  rmSync(collected, { recursive: true });
}

/** A file system made directly from the tree needs neither a mount nor a loop device. */
async function makeDisk(build: Build, folder: string): Promise<void> {
  const [raw, image] = [join(folder, 'disk.raw'), join(folder, 'box.img')];
  const now = 'lazy_itable_init=0,lazy_journal_init=0';
  const fill = ['-L', 'root', '-E', now, '-d', join(folder, 'tree')];
  await runBuildStep(build, ['mke2fs', '-q', '-t', 'ext4', ...fill, raw, `${DISK_GIB}G`]);
  const format = ['-f', 'raw', '-O', 'qcow2', '-c', '-o', 'compression_type=zstd'];
  await runBuildStep(build, ['qemu-img', 'convert', ...format, raw, image]);
  rmSync(raw);
}

async function packBox(build: Build, folder: string): Promise<void> {
  const boot = join(folder, 'tree/boot');
  copyFileSync(oneIn(boot, /^vmlinuz-/), join(folder, 'vmlinuz'));
  copyFileSync(oneIn(boot, /^initrd\.img-/), join(folder, 'initrd.img'));
  writeFileSync(join(folder, 'metadata.json'), METADATA);
  writeFileSync(join(folder, 'Vagrantfile'), VAGRANTFILE);
  const files = ['metadata.json', 'Vagrantfile', 'vmlinuz', 'initrd.img', 'box.img'];
  // The disk is compressed already.
  const tar = [...TAR, '--use-compress-program=gzip -1'];
  await runBuildStep(build, [...tar, '--file', join(folder, 'finished.box'), '-C', folder, ...files]);
}

function oneIn(folder: string, name: RegExp): string {
  const found = readdirSync(folder).filter((entry) => name.test(entry));
  if (found.length === 1) return join(folder, found[0] as string);
  throw new LabError('image-build-failed', `${found.length} files in ${folder} match ${name}, where one is wanted`, {
    data: { folder, found },
  });
}

/** The archive goes first: a box that is there is complete. */
function publish(folder: string, request: BoxRequest): BuiltBox {
  const { outDir, cluster } = request;
  const variant = variantOf(request);
  const boxFile = join(outDir, `${variant}.box`);
  const packagesFile = join(outDir, `${variant}.packages.tar`);
  if (!cluster) renameSync(join(folder, 'packages.tar'), packagesFile);
  renameSync(join(folder, 'finished.box'), boxFile);
  return { boxFile, name: `halab/${variant}`, ...(cluster ? {} : { packagesFile }) };
}

/**
 * A machine has a kernel of its own, finds its devices itself, and takes folders by rsync. Certificates are in every
 * public box, and take a minute to be set up on an emulated processor.
 */
const MACHINE_PACKAGES = [
  'linux-image-cloud-amd64',
  'initramfs-tools',
  'udev',
  'kmod',
  'rsync',
  'ca-certificates',
] as const;

/** A kernel of its own can log in to iSCSI, and a hypervisor can be asked to cut a node's power. */
const MACHINE_CLUSTER_PACKAGES = [...CLUSTER_PACKAGES, 'open-iscsi', 'fence-agents'] as const;

/** Without the cluster packages they are left in the tree as an archive instead. Undefined for an unknown id. */
export function boxRecipeOf(id: string, cluster: boolean, more: readonly string[] = []): Required<Recipe> | undefined {
  const release = releaseOf(id);
  if (!release) return undefined;
  const ofCluster = [...new Set([...MACHINE_CLUSTER_PACKAGES, ...more])];
  return {
    id,
    ...release,
    packages: [...SYSTEM_PACKAGES, ...MACHINE_PACKAGES, ...(cluster ? ofCluster : [])],
    // The kernel's package makes its initrd at once.
    prepare: customizeScript('kernel.sh'),
    customize: cluster
      ? customizeScript('system.sh', 'machine.sh')
      : collectingScript(ofCluster, 'system.sh', 'machine.sh'),
  };
}

/** What a machine's disk can grow to; what is not written takes no room. */
export const DISK_GIB = 8;

export const METADATA = `${JSON.stringify({ provider: 'libvirt', format: 'qcow2', virtual_size: DISK_GIB })}\n`;

/** The kernel is started from beside this file: no boot loader, and a machine that says early what it does. */
export const VAGRANTFILE = `Vagrant.configure("2") do |config|
  config.vm.synced_folder ".", "/vagrant", disabled: true
  config.vm.provider :libvirt do |libvirt|
    libvirt.kernel = File.expand_path("vmlinuz", __dir__)
    libvirt.initrd = File.expand_path("initrd.img", __dir__)
    libvirt.cmd_line = "root=/dev/vda rw console=ttyS0 net.ifnames=0 quiet"
  end
end
`;

/** `debian-12`; `debian-12-drbd` with what the lab drbd adds; `-bare` at the end of one without the cluster packages. */
export function variantOf({ image, cluster, lab }: Pick<BoxRequest, 'image' | 'cluster' | 'lab'>): string {
  return [image, lab?.name, cluster ? undefined : 'bare'].filter((part) => part !== undefined).join('-');
}
