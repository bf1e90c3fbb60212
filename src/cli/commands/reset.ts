import { isLabError } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import { listInstances, requireInstance } from '../../store/instances.js';
import { systemClock } from '../../system/clock.js';
import { knownState } from '../baselines.js';
import { exitCodeOfError } from '../errors.js';
import { withInterrupt } from '../interrupt.js';
import { checkName, journalOf, type LabFlags, nameFromFlags, withLock } from '../lab-session.js';
import { output, stopwatch } from '../output.js';
import { requireMachine } from '../preflight.js';
import { setUpLab } from '../set-up-session.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';
import { removeEach } from './up-down.js';

interface Reset {
  readonly instance: string;
  readonly setUps: readonly string[];
  readonly durationMs: number;
}

/** Brings labs back to their state after `up` and their set-ups, whatever there is of them. */
export async function reset(settings: Settings, flags: LabFlags & { readonly all?: boolean }): Promise<number> {
  const names = flags.all ? listInstances(settings.stateDir) : [checkName(nameFromFlags(settings, flags))];
  const done: Reset[] = [];
  const { refused } = await withInterrupt((signal) =>
    removeEach(names, flags.all === true, async (name) => {
      done.push(await withLock(settings, name, 'reset', () => resetOne(settings, name, signal)));
    }),
  );
  if (settings.json) {
    const problems = refused.map(({ name, error: { code, message } }) => ({ instance: name, code, message }));
    output.answer('reset', { labs: done, ...(problems.length === 0 ? {} : { refused: problems }) });
  } else for (const line of resetLines(done, refused)) output.line(line);
  return refused[0] === undefined ? EXIT.passed : exitCodeOfError(refused[0].error);
}

async function resetOne(settings: Settings, name: string, signal: AbortSignal): Promise<Reset> {
  const instance = requireInstance(settings.stateDir, name);
  const backend = await backendOf(instance, settings);
  await requireMachine(backend, instance);
  const startedMs = systemClock.monotonicMs();
  const elapsed = stopwatch();
  const setUps = knownState(settings, name)?.setUps ?? [];
  await setUpLab({ settings, instance, backend, signal }, setUps, (text) =>
    output.note(`[${elapsed()}] ${name}  ${text}`),
  );
  // Every node is another one now, without the faults.
  const journal = journalOf(settings, name);
  for (const { id } of journal.pending()) journal.close(id);
  return {
    instance: name,
    setUps: setUps.map(({ id }) => id),
    durationMs: systemClock.monotonicMs() - startedMs,
  };
}

/** Pure. */
export function resetLines(
  done: readonly Reset[],
  refused: readonly { readonly name: string; readonly error: unknown }[],
): readonly string[] {
  return [
    ...done.map(({ instance, setUps, durationMs }) => {
      const after = setUps.length === 0 ? 'without a set-up' : `after ${setUps.join(', ')}`;
      return `${instance} is as it was made, ${after} (${(durationMs / 1000).toFixed(1)}s)`;
    }),
    ...refused.map(({ name, error }) => `NOT reset: ${name}: ${isLabError(error) ? error.message : String(error)}`),
    ...(done.length + refused.length === 0 ? ['no lab on this machine; halab up brings one up'] : []),
  ];
}
