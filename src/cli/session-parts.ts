import { CHECKS } from '../checks/index.js';
import { createCibSnapshots } from '../cluster/cib/snapshots.js';
import { createCluster } from '../cluster/create-cluster.js';
import { FAULTS } from '../faults/index.js';
import { LabError } from '../model/errors.js';
import type { RunEvent } from '../model/event.js';
import type { LabInstance } from '../model/lab.js';
import type { Backend } from '../ports/backend.js';
import type { RunFolder } from '../ports/store.js';
import { INSTALLERS } from '../probes/installers.js';
import { probeDriver } from '../probes/probe.js';
import { createRunSession } from '../runner/create-session.js';
import type { RunDeps, RunSession } from '../runner/session.js';
import { haclusterPassword } from '../store/instances.js';
import { systemClock } from '../system/clock.js';
import { auditor } from './auditor.js';
import { journalOf } from './lab-session.js';
import { slownessNow } from './preflight.js';
import { createRandom } from './run/request.js';
import type { Settings } from './settings.js';

type Parts = 'cluster' | 'checks' | 'faults' | 'probe' | 'install' | 'journal' | 'clock';

/** What every session of the runner in this lab is made of, whatever it is opened for. */
export function sessionParts(settings: Settings, { name }: LabInstance): Pick<RunDeps, Parts> {
  return {
    cluster: createCluster({ clock: systemClock }),
    checks: CHECKS,
    faults: FAULTS,
    probe: probeDriver,
    install: (what, transport) => INSTALLERS[what](transport),
    journal: journalOf(settings, name),
    clock: systemClock,
  };
}

interface OutsideRun {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly signal: AbortSignal;
  /** Where evidence goes. */
  readonly folder: Pick<RunFolder, 'id' | 'path' | 'write'>;
  /** Receives what the runner reports; nobody does without it. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** A session of the runner in a lab that is up, for work that is no run: its events are not kept, and it does not recreate the lab. */
export async function openOutsideRun({
  settings,
  instance,
  backend,
  signal,
  folder,
  onEvent,
}: OutsideRun): Promise<RunSession> {
  const slowness = await slownessNow(backend, instance);
  return createRunSession({
    ...sessionParts(settings, instance),
    instance,
    backend,
    auditor,
    isolating: {
      snapshots: createCibSnapshots(),
      auditor,
      keepEvidence: async () => undefined,
      async remake() {
        throw new LabError('bug', 'a lab is not recreated in isolation outside of a run');
      },
    },
    isNewLab: false,
    folder: unkept(folder),
    haclusterPassword: haclusterPassword(settings.stateDir, instance),
    slowness: () => slowness,
    random: createRandom(Date.now()),
    emit: onEvent ?? (() => undefined),
    signal,
  });
}

/** Its events are stamped and not kept. */
function unkept({ id, path, write }: OutsideRun['folder']): RunFolder {
  const startedMs = systemClock.monotonicMs();
  let seq = 0;
  return {
    id,
    path,
    startedMs,
    append: (event) => ({ ...event, seq: seq++, at: systemClock.now(), ms: systemClock.monotonicMs() - startedMs }),
    write,
    close: () => undefined,
  };
}
