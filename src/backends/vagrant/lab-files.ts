import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LabInstance } from '../../model/lab.js';
import { providerOf, type VagrantDeps } from './hypervisor.js';
import { labDirs } from './names.js';
import { noArchiveAt, vagrantOptionsOf } from './options.js';
import { type RenderedFile, renderLab } from './render.js';

/** Writes what a person would get from `halab vagrantfile`, where it differs, and returns the hash of all files. */
export function writeLabFiles(deps: VagrantDeps, instance: LabInstance): string {
  const { vagrant } = labDirs(deps.dirs, instance.name);
  const { box, packages: archive } = vagrantOptionsOf(instance);
  const files = renderLab({
    instance: instance.name,
    lab: instance.lab,
    provider: providerOf(deps, instance),
    box,
    packages: archive && basename(archive),
  });
  mkdirSync(vagrant, { recursive: true });
  if (archive !== undefined) copyWhereOther(archive, join(vagrant, basename(archive)));
  for (const file of files) writeWhereOther(vagrant, file);
  return hashOf(files);
}

/** Changes with each file's path and content. */
function hashOf(files: readonly RenderedFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of files) hash.update(JSON.stringify([path, content]));
  return hash.digest('hex').slice(0, 16);
}

/** Byte for byte as rendered, so that guests get LF line ends whatever the platform. */
function writeWhereOther(folder: string, { path, content, mode }: RenderedFile): void {
  const file = join(folder, ...path.split('/'));
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
  chmodSync(file, mode);
}

function copyWhereOther(from: string, to: string): void {
  const there = statSync(to, { throwIfNoEntry: false });
  const wanted = statSync(from, { throwIfNoEntry: false });
  // The lab keeps its own copy, so the archive it came from may be gone.
  if (there && !wanted) return;
  if (!wanted?.isFile()) throw noArchiveAt(from);
  if (there?.size !== wanted.size || there.mtimeMs < wanted.mtimeMs) copyFileSync(from, to);
}
