import { CHECKS } from '../checks/index.js';
import { createCluster } from '../cluster/create-cluster.js';
import { FAULTS } from '../faults/index.js';
import type { LabInstance } from '../model/lab.js';
import { INSTALLERS } from '../probes/installers.js';
import { probeDriver } from '../probes/probe.js';
import type { RunDeps } from '../runner/session.js';
import { systemClock } from '../system/clock.js';
import { journalOf } from './lab-session.js';
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
