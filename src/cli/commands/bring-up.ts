import type { LabInstance } from '../../model/lab.js';
import type { Backend, LabStatus, UpOptions } from '../../ports/backend.js';
import { loadInstance } from '../../store/instances.js';
import { remember, withLock } from '../lab-session.js';
import type { Settings } from '../settings.js';

/** Brings one lab up, locked. Of a lab that was refused before any node of it was made nothing stays. */
export function bringUp(
  settings: Settings,
  backend: Backend,
  instance: LabInstance,
  options: UpOptions,
): Promise<LabStatus> {
  return withLock(settings, instance.name, 'up', async () => {
    const isNew = loadInstance(settings.stateDir, instance.name) === undefined;
    remember(settings, instance);
    try {
      await backend.up(instance, options);
    } catch (error) {
      if (isNew && (await hasNoNode(backend, instance))) await backend.down(instance.name);
      throw error;
    }
    return backend.status(instance);
  });
}

async function hasNoNode(backend: Backend, instance: LabInstance): Promise<boolean> {
  const { nodes } = await backend.status(instance);
  return nodes.every(({ state }) => state === 'absent');
}
