import { EXIT } from '../../model/verdict.js';
import { listInstances, loadInstance } from '../../store/instances.js';
import { checkName, DEFAULT_LAB, type LabFlags, labFromFlags, nameFromFlags, withLock } from '../lab-session.js';
import { output } from '../output.js';
import { requireRights } from '../preflight.js';
import type { Settings } from '../settings.js';
import { createBackend } from '../wire.js';

/** Takes labs down by label; what a crash left behind has no memory and goes as well. */
export async function down(settings: Settings, flags: LabFlags & { readonly all?: boolean }): Promise<number> {
  const fallback = createBackend(flags.backend ?? settings.backend, settings);
  const known = new Set([...listInstances(settings.stateDir), ...(await fallback.list())]);
  const names = flags.all ? [...known].sort() : [checkName(nameFromFlags(settings, flags))];
  const removed: string[] = [];
  for (const name of names) {
    const instance = loadInstance(settings.stateDir, name);
    const backend = createBackend(instance?.backend ?? fallback.name, settings);
    if (!settings.isRoot) await requireRights(backend, instance?.lab ?? labFromFlags(settings, { lab: DEFAULT_LAB }));
    await withLock(settings, name, 'down', () => backend.down(name));
    if (known.has(name)) removed.push(name);
  }
  if (settings.json) output.json({ schema: 'halab.down/1', removed });
  else
    output.line(
      removed.length > 0
        ? `taken down: ${removed.join(', ')}`
        : `there was nothing of ${names.join(', ') || 'any lab'} on this machine`,
    );
  return EXIT.passed;
}
