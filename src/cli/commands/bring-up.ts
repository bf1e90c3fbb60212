import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { Scenario } from '../../model/scenario.js';
import type { Backend, LabStatus, UpOptions } from '../../ports/backend.js';
import { loadInstance } from '../../store/instances.js';
import { knownState } from '../baselines.js';
import { remember, withLock } from '../lab-session.js';
import { setUpLab } from '../set-up-session.js';
import type { Settings } from '../settings.js';

/** Brings one lab up, locked, and a new one to where these set-ups leave it. Of a lab that was refused before any node of it was made nothing stays. */
export function bringUp(
  settings: Settings,
  backend: Backend,
  instance: LabInstance,
  options: UpOptions,
  setUps: readonly Scenario[] = [],
): Promise<LabStatus> {
  return withLock(settings, instance.name, 'up', async () => {
    const isNew = loadInstance(settings.stateDir, instance.name) === undefined;
    if (setUps.length > 0 && !isNew) requireSame(settings, instance, setUps);
    remember(settings, instance);
    try {
      if (setUps.length === 0 || !isNew) await backend.up(instance, options);
      else {
        const report = (text: string) => options.onProgress({ stage: 'set-up', text });
        const signal = options.signal ?? new AbortController().signal;
        await setUpLab({ settings, instance, backend, signal }, setUps, report);
      }
    } catch (error) {
      if (isNew && (await hasNoNode(backend, instance))) await backend.down(instance.name);
      throw error;
    }
    return backend.status(instance);
  });
}

/** A lab that stands may hold somebody's work, so only the same set-ups are taken for done. */
function requireSame(settings: Settings, { name }: LabInstance, setUps: readonly Scenario[]): void {
  const known = knownState(settings, name)?.setUps ?? [];
  if (JSON.stringify(known) === JSON.stringify(setUps)) return;
  const what = known.length === 0 ? 'no set-up' : known.map(({ id }) => id).join(', ');
  throw new LabError('lab-already-up', `${name} was made with ${what}`, {
    hint: `halab down --name ${name} takes it down; --name gives this one another name`,
    data: { name },
  });
}

async function hasNoNode(backend: Backend, instance: LabInstance): Promise<boolean> {
  const { nodes } = await backend.status(instance);
  return nodes.every(({ state }) => state === 'absent');
}
