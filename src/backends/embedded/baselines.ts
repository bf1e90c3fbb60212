import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LabError, tolerate } from '../../model/errors.js';
import type { LabInstance, LabNode } from '../../model/lab.js';
import type { Baseline, BaselineAbility, BaselineAbout, UpOptions } from '../../ports/backend.js';
import { passwordFile } from './controllers/files.js';
import { endControllers } from './controllers/tree.js';
import { initiatorExports } from './disks.js';
import { copy, inPartialFolder, putDisks, type StartNodes, saveDisks } from './disks-of-lab.js';
import type { EmbeddedDeps } from './host.js';
import { baselineDir, type EmbeddedDirs, labDirs, nodeDirs } from './names.js';
import { createWriter } from './node-writer.js';

/**
 * A saved state has the disks of all nodes and, since the disks are made for them, the keys of the lab and the passwords of its
 * power controllers. Labs that begin from the same state have the same keys.
 */
export function createBaselines(deps: EmbeddedDeps, start: StartNodes): BaselineAbility {
  return {
    keep: (instance, about) => keep(deps, start, instance, about),
    begin: (instance, key, options) => begin(deps, start, instance, key, options),
    list: () => baselinesIn(deps.dirs),
    remove: (key) => rmSync(baselineDir(deps.dirs, basename(key)), { recursive: true, force: true }),
  };
}

/** What of a lab's own folder the disks of its nodes are made for. */
function keptOf(dirs: EmbeddedDirs, instance: string): readonly string[] {
  return [labDirs(dirs, instance).ssh, ...([1, 2] as const).map((level) => passwordFile(dirs, instance, level))];
}

async function keep(deps: EmbeddedDeps, start: StartNodes, instance: LabInstance, about: BaselineAbout): Promise<void> {
  const folder = baselineDir(deps.dirs, about.key);
  const partial = baselineDir(deps.dirs, `.${about.key}-${instance.name}`);
  const finish = () => {
    writeFileSync(join(partial, 'about.json'), JSON.stringify(about), { mode: 0o600 });
    // Another lab may begin from the same state just now.
    if (aboutIn(folder) !== undefined) rmSync(partial, { recursive: true });
    else renameSync(partial, folder);
  };
  await inPartialFolder(partial, async () => {
    for (const each of keptOf(deps.dirs, instance.name)) await copy(deps, each, join(partial, `of-${basename(each)}`));
    await saveDisks(deps, start, instance, partial, finish);
  });
}

async function begin(
  deps: EmbeddedDeps,
  start: StartNodes,
  instance: LabInstance,
  key: string,
  options: UpOptions,
): Promise<void> {
  const folder = baselineDir(deps.dirs, key);
  if (aboutIn(folder) === undefined)
    throw new LabError('usage', `there is no saved state ${key}`, { hint: 'halab list shows those that there are' });
  await endControllers(deps, instance.name);
  rmSync(labDirs(deps.dirs, instance.name).controllers, { recursive: true, force: true });
  for (const each of keptOf(deps.dirs, instance.name)) {
    rmSync(each, { recursive: true, force: true });
    mkdirSync(dirname(each), { recursive: true, mode: 0o755 });
    await copy(deps, join(folder, `of-${basename(each)}`), each);
  }
  await putDisks(deps, start, instance, folder, options, (node, disk) => adapt(deps.dirs, instance, node, disk));
  const now = new Date(deps.clock.now());
  utimesSync(join(folder, 'about.json'), now, now);
}

/** The one file of a node that has the name of its lab. */
function adapt(dirs: EmbeddedDirs, instance: LabInstance, node: LabNode, disk: string): void {
  const file = initiatorExports(nodeDirs(dirs, instance.name, node.name).exports);
  if (existsSync(join(disk, file.path))) createWriter(disk).file(file);
}

function baselinesIn(dirs: EmbeddedDirs): readonly Baseline[] {
  const top = dirname(baselineDir(dirs, 'any'));
  // A user who is not root may not see what root saved.
  const keys = tolerate(['ENOENT', 'EACCES'], () => readdirSync(top)) ?? [];
  return keys
    .filter((key) => !key.startsWith('.'))
    .flatMap((key) => {
      const about = aboutIn(join(top, key));
      if (about === undefined) return [];
      return [{ ...about, usedAt: statSync(join(top, key, 'about.json')).mtime.toISOString() }];
    })
    .sort((a, b) => (a.usedAt < b.usedAt ? 1 : -1));
}

function aboutIn(folder: string): BaselineAbout | undefined {
  const file = join(folder, 'about.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BaselineAbout) : undefined;
}
