import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcessRunner } from '../../../src/system/process-runner.js';
import { halabJson } from '../../support/real-lab/halab.js';

export interface OfflineBox {
  readonly name: string;
  readonly file: string;
  /** An archive of what an HA node and a storage node lack. */
  readonly packages: string;
}

const BUILD_MS = 15 * 60_000;
let built: Promise<OfflineBox> | undefined;

/** The box of Debian 12 with the cluster's packages and those that a lab of the library adds. */
export async function buildBoxOf(lab: string, out: string): Promise<Omit<OfflineBox, 'packages'>> {
  const { name, box } = await halabJson(['box', 'build', lab, '--provider', 'libvirt', '--out', out], {
    timeoutMs: BUILD_MS,
  });
  return { name, file: box };
}

/** The box of Debian 12 without the cluster's packages, built on this machine once in a run of the tests. */
export function buildOfflineBox(): Promise<OfflineBox> {
  built ??= build();
  return built;
}

async function build(): Promise<OfflineBox> {
  const out = mkdtempSync(join(tmpdir(), 'halab-boxes-'));
  process.once('exit', () => rmSync(out, { recursive: true, force: true }));
  const words = ['box', 'build', '--image', 'debian-12', '--provider', 'libvirt', '--without-cluster', '--out', out];
  const { name, box, packages } = await halabJson(words, { timeoutMs: BUILD_MS });
  return { name, file: box, packages };
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
