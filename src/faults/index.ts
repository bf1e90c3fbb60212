import type { Fault } from '../model/scenario.js';
import { addressGone } from './address-gone.js';
import { clockSkew } from './clock-skew.js';
import { clusterStop } from './cluster-stop.js';
import { controllerFail } from './controller-fail.js';
import { controllersCut } from './controllers-cut.js';
import { cpuLoad } from './cpu-load.js';
import { daemonKill } from './daemon-kill.js';
import { daemonStop } from './daemon-stop.js';
import type { FaultKindOf, FaultProblem, Params } from './define-fault.js';
import { demoteFail } from './demote-fail.js';
import { diskFull } from './disk-full.js';
import { failcount } from './failcount.js';
import { freeze } from './freeze.js';
import { initiatorCut } from './initiator-cut.js';
import { isolate } from './isolate.js';
import { linkDown } from './link-down.js';
import { lunFault } from './lun-fault.js';
import { maintenance } from './maintenance.js';
import { memoryLoad } from './memory-load.js';
import { monitorFail } from './monitor-fail.js';
import { oneWayLoss } from './one-way-loss.js';
import { partition } from './partition.js';
import { powerOff } from './power-off.js';
import { processKill } from './process-kill.js';
import { promoteFail } from './promote-fail.js';
import { reboot } from './reboot.js';
import { ring } from './ring.js';
import { shape } from './shape.js';
import { standby } from './standby.js';
import { startFail } from './start-fail.js';
import { startHang } from './start-hang.js';
import { stopHang } from './stop-hang.js';
import { targetStop } from './target-stop.js';
import type { WalkRow } from './walk/row.js';
import type { RawFault } from './walk/scene.js';

/** Every kind of fault, in the order in which they are listed. */
const KINDS = [
  linkDown,
  oneWayLoss,
  powerOff,
  freeze,
  daemonKill,
  daemonStop,
  clusterStop,
  standby,
  maintenance,
  addressGone,
  failcount,
  partition,
  isolate,
  ring,
  shape,
  reboot,
  processKill,
  monitorFail,
  startFail,
  startHang,
  stopHang,
  promoteFail,
  demoteFail,
  diskFull,
  cpuLoad,
  memoryLoad,
  clockSkew,
  targetStop,
  initiatorCut,
  lunFault,
  controllerFail,
  controllersCut,
] as const;

type Kind = (typeof KINDS)[number];
export type FaultKind = Kind['kind'];

export const FAULTS = Object.fromEntries(KINDS.map((each) => [each.kind, each])) as unknown as {
  readonly [K in FaultKind]: Extract<Kind, { readonly kind: K }>;
};

export { parseSeveral, problemsOfSeveral } from './several.js';
export type { FaultProblem, RawFault };

/** A fault kind whose parameters are not known statically. */
export type AnyFaultKind = FaultKindOf<string, Params, Fault>;

/** Undefined if no fault has this name. */
export function faultKind(kind: unknown): AnyFaultKind | undefined {
  return KINDS.find((each) => each.kind === kind) as unknown as AnyFaultKind | undefined;
}

/** How a random walk draws faults of this kind. Undefined where none does. */
export function rowOf(kind: string): WalkRow | undefined {
  const walk = faultKind(kind)?.walk;
  return walk === undefined || 'never' in walk ? undefined : (walk as WalkRow);
}
