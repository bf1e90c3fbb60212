import type { FormationStage } from '../model/scenario.js';
import type { FormationContext, FormationOutcome } from '../ports/cluster.js';
import { createFenceDevices, createFencingLevels } from './formation/fencing.js';
import { checkPackages } from './formation/packages.js';
import { authorise, setPassword, startPcsd } from './formation/pcsd.js';
import { enableCluster, startCluster } from './formation/services.js';
import { setUp } from './formation/setup.js';
import { logInToStorage } from './formation/storage.js';

type StageRunner = (context: FormationContext) => Promise<FormationOutcome>;

/** In the order of FORMATION_STAGES; each is idempotent: it finds out on the nodes what is done already. */
const STAGES: { readonly [S in FormationStage]: StageRunner } = {
  packages: checkPackages,
  pcsd: startPcsd,
  password: setPassword,
  auth: authorise,
  setup: setUp,
  start: startCluster,
  enable: enableCluster,
  fencing: createFenceDevices,
  'fencing-levels': createFencingLevels,
  storage: logInToStorage,
};

/** Throws LabError `formation-failed`, `pcs-unsupported` or `interrupted`. */
export function form(stage: FormationStage, context: FormationContext): Promise<FormationOutcome> {
  return STAGES[stage](context);
}
