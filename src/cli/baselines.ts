import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabAsItWas, snapshotText } from '../learn/baseline.js';
import { contentsOf } from '../learn/contents.js';
import { playSetUps } from '../learn/set-ups.js';
import { isLabError } from '../model/errors.js';
import { type LabInstance, pcsNodesOf } from '../model/lab.js';
import type { Scenario } from '../model/scenario.js';
import type { Backend, BaselineAbility } from '../ports/backend.js';
import { nodeScript } from '../ports/node-program.js';
import { execOrThrow } from '../ports/transport.js';
import { takeSnapshot, untilSettled } from '../runner/restore.js';
import type { RunSession } from '../runner/session.js';
import {
  haclusterPassword,
  keepHaclusterPassword,
  listInstances,
  loadBaseline,
  removeBaseline,
  saveBaseline,
} from '../store/instances.js';
import { keepSessionsAside, putSessionsBack } from '../store/learning.js';
import { remember } from './lab-session.js';
import { ROOT, type Settings } from './settings.js';

/** The state that a lab is brought back to: what its set-ups left. */
interface KnownState extends LabAsItWas {
  readonly setUps: readonly Scenario[];
  /** Of the saved state that it is. */
  readonly key?: string;
}

export interface BaselineRequest {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly run: RunSession;
  readonly signal: AbortSignal;
}

/** More than these are removed, the longest unused first; those that a lab is brought back to stay. */
const MOST_BASELINES = 8;
const COMMAND_MS = 20_000;

/**
 * Brings the lab to the state after these set-ups, whatever there is of it: from a saved state, or else by making the lab and
 * playing them, after which that state is saved. Sessions of exercises outlive it, and the password of the lab stays.
 */
export async function bringToSetUps(
  request: BaselineRequest,
  setUps: readonly Scenario[],
  onProgress: (text: string) => void,
): Promise<void> {
  const { settings, instance, backend } = request;
  const key = await keyFor(request, setUps);
  if (await beginFrom(request, key, setUps, onProgress)) return;
  if ((await backend.status(instance)).state !== 'absent') await takeDown(request);
  removeBaseline(settings.stateDir, instance.name);
  remember(settings, instance);
  const { signal } = request;
  await backend.up(instance, { signal, onProgress: ({ text }) => onProgress(text) });
  request.run.beginLab();
  await playSetUps(request.run, setUps, onProgress);
  const snapshot = await stateNow(request);
  await keep(request, key, setUps, snapshot, onProgress);
  await saveKnown(request, { setUps, ...snapshot, ...(key && { key }) });
}

/** What the nodes have differs from lab to lab, so it is no part of a saved state. */
async function saveKnown(
  { settings, instance, run }: BaselineRequest,
  state: Omit<KnownState, 'contents'>,
): Promise<void> {
  const known: KnownState = { ...state, contents: await contentsOf(run) };
  saveBaseline(settings.stateDir, instance.name, known);
}

/** Undefined where the state is not saved: nothing is to be set up, a script does it, or the backend keeps none. */
async function keyFor(
  { backend, instance }: BaselineRequest,
  setUps: readonly Scenario[],
): Promise<string | undefined> {
  if (backend.baselines === undefined || setUps.length === 0) return undefined;
  if (setUps.some(({ script }) => script !== undefined)) return undefined;
  const { imageHash } = await backend.status(instance);
  const what = JSON.stringify([...programOfHalab(), imageHash, instance.lab, setUps]);
  return createHash('sha256').update(what).digest('hex').slice(0, 12);
}

/** Its version, and the first part of the built program, which names the others by their content. */
function programOfHalab(): readonly string[] {
  const files = ['package.json', 'dist/program/main.js'].map((path) => join(ROOT, path));
  return files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
}

/** Whether it could be done. A saved state that does not do is removed. */
async function beginFrom(
  request: BaselineRequest,
  key: string | undefined,
  setUps: readonly Scenario[],
  onProgress: (text: string) => void,
): Promise<boolean> {
  const { settings, instance, backend, run, signal } = request;
  const { baselines } = backend;
  const found = baselines?.list().find((each) => each.key === key);
  if (baselines === undefined || found === undefined) return false;
  try {
    onProgress(`restore the saved state ${found.key}: ${found.setUps.join(', ')}`);
    remember(settings, instance);
    removeBaseline(settings.stateDir, instance.name);
    run.beginLab();
    await baselines.begin(instance, found.key, { signal, onProgress: ({ text }) => onProgress(text) });
    run.beginLab();
    await setPassword(settings, instance, run);
  } catch (error) {
    if (!isLabError(error) || error.code === 'bug' || signal.aborted) throw error;
    onProgress(`the saved state ${found.key} could not be restored: ${error.message}`);
    baselines.remove(found.key);
    return false;
  }
  const snapshot = found.state === undefined ? {} : { snapshot: found.state };
  await saveKnown(request, { setUps, ...snapshot, key: found.key });
  return true;
}

/** A node where a set-up has not given hacluster a password, or whose packages are not installed, has none afterwards either. */
const REPLACE_PASSWORD = nodeScript('replace-password.sh');

/** Another lab may have been saved, with another password. */
async function setPassword(settings: Settings, instance: LabInstance, run: RunSession): Promise<void> {
  const stdin = `hacluster:${haclusterPassword(settings.stateDir, instance)}\n`;
  const set = pcsNodesOf(instance.lab).map(async ({ name }) =>
    execOrThrow(await run.transport(name), ['sh', '-c', REPLACE_PASSWORD], { stdin, timeoutMs: COMMAND_MS }),
  );
  const failed = (await Promise.allSettled(set)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

async function takeDown({ settings: { stateDir }, settings, instance, backend }: BaselineRequest): Promise<void> {
  const password = haclusterPassword(stateDir, instance);
  keepSessionsAside(stateDir, instance.name);
  try {
    await backend.down(instance.name);
    remember(settings, instance);
    keepHaclusterPassword(stateDir, instance, password);
  } finally {
    putSessionsBack(stateDir, instance.name);
  }
}

async function stateNow({ run, signal }: BaselineRequest): Promise<Pick<KnownState, 'snapshot'>> {
  const { isolating } = run.deps;
  if (isolating === undefined) return {};
  try {
    await untilSettled(run, isolating);
    return { snapshot: snapshotText(await takeSnapshot(run, isolating)) };
  } catch (error) {
    if (!isLabError(error) || signal.aborted) throw error;
    return {};
  }
}

/** A lab whose state cannot be saved is as good as any other. */
async function keep(
  { settings, instance, backend, run, signal }: BaselineRequest,
  key: string | undefined,
  setUps: readonly Scenario[],
  { snapshot }: Pick<KnownState, 'snapshot'>,
  onProgress: (text: string) => void,
): Promise<void> {
  const { baselines } = backend;
  if (baselines === undefined || key === undefined) return;
  onProgress('save this state: the nodes are stopped and started again');
  const { name: lab, image } = instance.lab;
  const state = snapshot === undefined ? {} : { state: snapshot };
  try {
    await baselines.keep(instance, { key, lab, image, setUps: setUps.map(({ id }) => id), ...state });
  } catch (error) {
    if (!isLabError(error) || error.code === 'bug' || signal.aborted) throw error;
    onProgress(`this state could not be saved: ${error.message}`);
    await backend.up(instance, { signal, onProgress: ({ text }) => onProgress(text) });
  }
  run.beginLab();
  removeOld(settings, baselines, key);
}

function removeOld(settings: Settings, baselines: BaselineAbility, key: string): void {
  const inUse = new Set([key, ...listInstances(settings.stateDir).map((name) => knownState(settings, name)?.key)]);
  const all = baselines.list();
  const others = all.filter((each) => !inUse.has(each.key));
  const most = Math.max(0, MOST_BASELINES - (all.length - others.length));
  for (const each of others.slice(most)) baselines.remove(each.key);
}

/** What a lab is brought back to; undefined where nothing was set up in it. */
export function knownState({ stateDir }: Settings, name: string): KnownState | undefined {
  return loadBaseline<KnownState>(stateDir, name);
}
