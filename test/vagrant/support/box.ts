import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createProcessRunner } from '../../../src/system/process-runner.js';
import { halabJson } from '../../e2e/support/halab.js';

export interface OfflineBox {
  readonly name: string;
  readonly file: string;
  /** An archive of what an HA node and a storage node lack. */
  readonly packages: string;
}

const BUILD_MS = 15 * 60_000;

/** The box of Debian 12 without the cluster's packages, built on this machine; one that is there already is taken. */
export async function buildOfflineBox(): Promise<OfflineBox> {
  const kept = process.env.HALAB_TEST_BOXES;
  const out = kept ?? '/var/cache/halab/boxes';
  const file = join(out, 'debian-12-bare.box');
  const packages = join(out, 'debian-12-bare.packages.tar');
  if (existsSync(file) && existsSync(packages)) return { name: 'halab/debian-12-bare', file, packages };
  const words = ['box', 'build', '--image', 'debian-12', '--provider', 'libvirt', '--without-cluster', '--out', out];
  const { name, box, packages: archive } = await halabJson(words, { timeoutMs: BUILD_MS });
  return { name, file: box, packages: archive };
}

/** Which of these Debian packages the disk of a box holds; read from its image, without booting it. */
export async function packagesInside({ file }: OfflineBox, wanted: readonly string[]): Promise<readonly string[]> {
  const status = await createProcessRunner().run(['sh', '-c', READ_STATUS, 'read-status', file], {
    timeoutMs: 120_000,
  });
  if (status.exitCode !== 0) throw new Error(`the box cannot be read: ${status.stderr}`);
  const installed = new Set([...status.stdout.matchAll(/^Package: (\S+)$/gm)].map(([, name]) => name));
  if (!installed.has('openssh-server')) throw new Error('the list of packages in the box cannot be right');
  return wanted.filter((name) => installed.has(name));
}

const READ_STATUS = `
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
tar -xf "$1" -C "$folder" box.img
qemu-img convert -O raw "$folder/box.img" "$folder/box.raw"
debugfs -R 'cat /var/lib/dpkg/status' "$folder/box.raw" 2>/dev/null
`;
