import { nodesNamedBy } from '../model/fault-nodes.js';
import { type Lab, linkOf } from '../model/lab.js';
import { baseId } from '../model/resource-tree.js';
import { type FaultKind, type ResolvedFault, SERVICE_FAULTS, type ServiceFaultKind } from '../model/scenario.js';
import type { AuditMatter } from '../ports/audit.js';

/** What takes a node, its daemons or its part in the cluster away, wherever it is. */
export const TAKES_DOWN: readonly FaultKind[] = [
  'power-off',
  'freeze',
  'daemon-kill',
  'daemon-stop',
  'cluster-stop',
  'reboot',
];
/** What ends or restarts daemons; one that is halted may be killed for it. */
export const ENDS_DAEMONS: readonly FaultKind[] = ['daemon-kill', 'daemon-stop', 'cluster-stop', 'reboot'];
/** What leaves a node the way to stop in order. */
const LEAVES_IN_ORDER: readonly FaultKind[] = [
  'cluster-stop',
  'standby',
  'maintenance',
  'address-gone',
  'failcount',
  'reboot',
  'process-kill',
  'monitor-fail',
  'start-fail',
  'disk-full',
  'cpu-load',
  'memory-load',
  'clock-skew',
  'controller-fail',
];
/** What each makes fail, by pacemaker's name for it. */
const FAILING: { readonly [K in ServiceFaultKind]: string } = {
  'monitor-fail': 'monitor',
  'start-fail': 'start',
  'stop-hang': 'stop',
};

export function isUnder({ faults }: Pick<AuditMatter, 'faults'>, node: string, kinds: readonly FaultKind[]): boolean {
  return faults.some((fault) => kinds.includes(fault.kind) && nodesNamedBy(fault).includes(node));
}

/**
 * A fault in force keeps it from the others, or from some: it is off or frozen, its corosync is halted, or it is cut off
 * on a network that carries the cluster.
 */
export function isSplitOff(matter: Pick<AuditMatter, 'lab' | 'faults'>, node: string): boolean {
  return isCutOff(matter, node) || partitionsOver(matter).some((groups) => groups.flat().includes(node));
}

/** They are in different groups of a partition; within its own each goes on hearing all. */
export function arePartitioned(matter: Pick<AuditMatter, 'lab' | 'faults'>, one: string, other: string): boolean {
  return partitionsOver(matter).some((groups) => {
    const [its, others] = [one, other].map((name) => groups.findIndex((group) => group.includes(name)));
    return its !== others && its !== -1 && others !== -1;
  });
}

/** A fault in force explains that these two do not hear one another: all of one are cut off, or they are partitioned. */
export function mayBeApart(
  matter: Pick<AuditMatter, 'lab' | 'faults'>,
  one: readonly string[],
  other: readonly string[],
): boolean {
  const here = one.filter((node) => !isCutOff(matter, node));
  const there = other.filter((node) => !isCutOff(matter, node));
  if (here.length === 0 || there.length === 0) return true;
  return here.some((node) => there.some((far) => arePartitioned(matter, node, far)));
}

/** The groups of each partition on a network that carries the cluster. */
function partitionsOver({
  lab,
  faults,
}: Pick<AuditMatter, 'lab' | 'faults'>): readonly (readonly (readonly string[])[])[] {
  return faults.flatMap((fault) => {
    if (fault.kind !== 'partition') return [];
    const { groups, link } = fault;
    return groups.flat().some((node) => isCarrying(lab, node, link)) ? [groups] : [];
  });
}

/** Without a link it is one that carries the cluster; so it is where nothing is known of it. */
function isCarrying({ nodes, networks }: Lab, name: string, link: string | undefined): boolean {
  const owner = nodes.find((each) => each.name === name);
  const cut = link === undefined ? undefined : owner && linkOf(owner, link);
  const network = networks.find((each) => each.name === cut?.network);
  return network?.carries.includes('cluster') ?? true;
}

/** Neighbours in a ring part, and who ends up with whom is open: each counts as cut off from all. */
export function isCutOff({ lab, faults }: Pick<AuditMatter, 'lab' | 'faults'>, node: string): boolean {
  return faults.some((fault) => nodesNamedBy(fault).includes(node) && keepsApart(fault));

  function keepsApart(fault: ResolvedFault): boolean {
    switch (fault.kind) {
      case 'power-off':
      case 'freeze':
        return true;
      case 'daemon-stop':
        return fault.daemon === 'corosync';
      case 'link-down':
      case 'one-way-loss':
      case 'isolate':
      case 'shape':
        return isCarrying(lab, fault.node, fault.link);
      case 'ring':
        return isCarrying(lab, node, fault.link);
      default:
        return false;
    }
  }
}

/** Nothing in force on it keeps it from stopping what it runs and taking its leave. */
export function mayLeaveInOrder({ faults }: Pick<AuditMatter, 'faults'>, node: string): boolean {
  return faults.every((fault) => !nodesNamedBy(fault).includes(node) || LEAVES_IN_ORDER.includes(fault.kind));
}

/** A fault in force has taken this address from the node, whatever the cluster believes. */
export function isTaken({ faults }: Pick<AuditMatter, 'faults'>, node: string, address: string): boolean {
  return faults.some((fault) => fault.kind === 'address-gone' && fault.node === node && fault.address === address);
}

/** A fault in force makes this operation of the resource fail on the node; whatever operation, where none is named. */
export function isMadeToFail(
  { faults }: Pick<AuditMatter, 'faults'>,
  resource: string,
  node: string,
  operation?: string,
): boolean {
  return faults.some(
    (fault) =>
      isOfService(fault) &&
      fault.node === node &&
      baseId(fault.resource) === baseId(resource) &&
      (operation === undefined || FAILING[fault.kind] === operation),
  );
}

function isOfService(fault: ResolvedFault): fault is Extract<ResolvedFault, { kind: ServiceFaultKind }> {
  return (SERVICE_FAULTS as readonly FaultKind[]).includes(fault.kind);
}

/** Processes that a fault in force has killed on the node, by their names. */
export function killedOn({ faults }: Pick<AuditMatter, 'faults'>, node: string): readonly string[] {
  return faults.flatMap((fault) => (fault.kind === 'process-kill' && fault.node === node ? [fault.process] : []));
}

/** A fault in force has filled up where this path is. */
export function isFilledUp({ faults }: Pick<AuditMatter, 'faults'>, node: string, path: string): boolean {
  return faults.some(
    (fault) => fault.kind === 'disk-full' && fault.node === node && `${path}/`.startsWith(`${fault.path}/`),
  );
}

/** The step itself changed its daemons or its standing. */
export function isTouched({ touched }: Pick<AuditMatter, 'touched'>, node: string): boolean {
  return touched.includes(node);
}
