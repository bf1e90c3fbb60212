import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import type { LabInstance, LabNode } from '../../model/lab.js';
import type { UpOptions } from '../../ports/backend.js';
import { type HaltedLab, haltLab, nodesOn, unfinished, writeContinuation } from './continuation.js';
import { endControllers } from './controllers/tree.js';
import { type EmbeddedDeps, execOrThrow, waitFor } from './host.js';
import { bootHashOf, nodeImage } from './image-store.js';
import { nodeDirs } from './names.js';
import { isFrozen, powerOff } from './power.js';
import { findSupervisors } from './supervisors.js';

/** Has these nodes running, and all that they need outside of them. */
export type StartNodes = (instance: LabInstance, nodes: readonly LabNode[], options: UpOptions) => Promise<void>;

/** `lab.json`, beside a folder for each node with its disk. */
export interface SavedDisks {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly halted: HaltedLab;
  /** Node to the hash of the image that its disk lies on. */
  readonly images: Readonly<Record<string, string>>;
}

const COPY_MS = 10 * 60_000;

/** Has `fill` write into a new folder, which it renames when it is whole. Where that fails, nothing of the folder is left. */
export async function inPartialFolder(partial: string, fill: () => Promise<void>): Promise<void> {
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  try {
    await fill();
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Stops the lab in an orderly way, copies its disks into a folder, calls `finish`, and starts the lab again. */
export async function saveDisks(
  deps: EmbeddedDeps,
  start: StartNodes,
  instance: LabInstance,
  folder: string,
  finish: () => void,
): Promise<void> {
  const running = findSupervisors(instance.name);
  for (const { node, cgroup } of running) {
    if (!(await isFrozen(deps, cgroup))) continue;
    throw new LabError('usage', `${node} is frozen, so it cannot be stopped for a snapshot`, {
      hint: `halab heal --name ${instance.name} thaws it`,
    });
  }
  const names = running.map(({ node }) => node);
  const halted = await haltLab(deps, instance, names);
  await waitFor(deps, () => findSupervisors(instance.name).length === 0);
  await allOf(names.map((node) => powerOff(deps, instance.name, node)));
  try {
    await allOf(
      instance.lab.nodes.map(({ name }) =>
        copy(deps, nodeDirs(deps.dirs, instance.name, name).upper, join(folder, name)),
      ),
    );
    const saved: SavedDisks = { at: deps.clock.now(), halted, images: imagesNow(deps, instance) };
    writeFileSync(join(folder, 'lab.json'), JSON.stringify(saved), { mode: 0o600 });
    finish();
  } finally {
    await goOn(deps, start, instance, halted, { onProgress: () => undefined });
  }
}

/** Undefined where no disks were saved. */
export function loadDisks(folder: string): SavedDisks | undefined {
  const file = join(folder, 'lab.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SavedDisks) : undefined;
}

/** Cuts the power of all nodes, gives them the disks of a folder, and starts those that were on. `adapt` gets each new disk. */
export async function putDisks(
  deps: EmbeddedDeps,
  start: StartNodes,
  instance: LabInstance,
  folder: string,
  options: UpOptions,
  adapt: (node: LabNode, disk: string) => void = () => undefined,
): Promise<void> {
  const saved = loadDisks(folder);
  if (saved === undefined) throw new LabError('usage', `no disks are saved in ${folder}`);
  requireSameImages(deps, instance, saved);
  // A cluster that sees nodes go may fence them, and that would switch one on while its disk is replaced.
  await endControllers(deps, instance.name);
  await allOf(
    instance.lab.nodes.map(async (node) => {
      const { upper, work } = nodeDirs(deps.dirs, instance.name, node.name);
      const fresh = `${upper}.new`;
      rmSync(fresh, { recursive: true, force: true });
      mkdirSync(dirname(fresh), { recursive: true });
      await allOf([copy(deps, join(folder, node.name), fresh), powerOff(deps, instance.name, node.name)]);
      // What overlayfs keeps in its work folder belongs to the disk that goes.
      for (const old of [upper, work]) rmSync(old, { recursive: true, force: true });
      renameSync(fresh, upper);
      adapt(node, upper);
    }),
  );
  await goOn(deps, start, instance, saved.halted, options);
}

/** The image below a disk must be the one that it was written on. */
function requireSameImages(deps: EmbeddedDeps, instance: LabInstance, { images }: SavedDisks): void {
  const now = imagesNow(deps, instance);
  const other = Object.keys({ ...images, ...now }).find((node) => images[node] !== now[node]);
  if (other === undefined) return;
  throw new LabError('usage', `the saved disk of ${other} lies on another image`, {
    hint: 'this halab builds its images otherwise; halab down and halab up make the lab again',
    data: { node: other, saved: images[other], now: now[other] },
  });
}

function imagesNow({ dirs }: EmbeddedDeps, { lab }: LabInstance): SavedDisks['images'] {
  return Object.fromEntries(lab.nodes.map((node) => [node.name, bootHashOf(nodeImage(dirs.cache, lab, node))]));
}

async function goOn(
  deps: EmbeddedDeps,
  start: StartNodes,
  instance: LabInstance,
  halted: HaltedLab,
  options: UpOptions,
): Promise<void> {
  writeContinuation(deps.dirs, instance, halted);
  unfinished.save(deps.dirs, instance.name, halted);
  await start(instance, nodesOn(instance, halted), options);
}

/** With owners, modes and extended attributes, in which overlayfs keeps its own; blocks are shared where the file system can. */
export async function copy(deps: EmbeddedDeps, from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  const argv = ['cp', '--archive', '--reflink=auto', '--sparse=always', from, to];
  await execOrThrow(deps, argv, { what: `copying ${from}`, timeoutMs: COPY_MS });
}

async function allOf(work: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  const problems = outcomes.flatMap((each) => (each.status === 'rejected' ? [messageOf(each.reason)] : []));
  if (problems.length > 0) throw new LabError('backend-failed', problems.join('\n'));
}
