import { createCibSnapshots } from '../../cluster/cib/snapshots.js';
import type { LabInstance } from '../../model/lab.js';
import type { Backend } from '../../ports/backend.js';
import type { Isolating } from '../../ports/isolation.js';
import { haclusterPassword, keepHaclusterPassword } from '../../store/instances.js';
import { auditor } from '../auditor.js';
import { remember } from '../lab-session.js';
import type { Settings } from '../settings.js';

interface IsolatingRequest {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly signal: AbortSignal;
}

/** What keeps scenarios apart. Only a lab that this run made is taken down for it: another may hold somebody's work. */
export function isolatingFor(request: IsolatingRequest, stoodBefore: boolean): Isolating {
  const snapshots = createCibSnapshots();
  if (stoodBefore) return { snapshots, auditor };
  return { snapshots, auditor, remake: (onProgress) => remake(request, onProgress) };
}

/** The password stays, for it is what this run masks in all that it writes. */
async function remake(
  { settings, instance, backend, signal }: IsolatingRequest,
  onProgress: (text: string) => void,
): Promise<void> {
  const password = haclusterPassword(settings.stateDir, instance);
  await backend.down(instance.name);
  remember(settings, instance);
  keepHaclusterPassword(settings.stateDir, instance, password);
  await backend.up(instance, { signal, onProgress: ({ text }) => onProgress(text) });
}
