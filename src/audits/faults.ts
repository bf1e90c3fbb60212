import { linkOf } from '../model/lab.js';
import { baseId } from '../model/resource-tree.js';
import { type FaultKind, type ResolvedFault, SERVICE_FAULTS, type ServiceFaultKind } from '../model/scenario.js';
import type { AuditMatter } from '../ports/audit.js';

/** What takes a node, its daemons or its part in the cluster away, wherever it is. */
export const TAKES_DOWN: readonly FaultKind[] = ['power-off', 'freeze', 'daemon-kill', 'daemon-stop', 'cluster-stop'];
/** What ends or restarts daemons; one that is halted may be killed for it. */
export const ENDS_DAEMONS: readonly FaultKind[] = ['daemon-kill', 'daemon-stop', 'cluster-stop'];
/** What leaves a node the way to stop in order. */
const LEAVES_IN_ORDER: readonly FaultKind[] = [
  'cluster-stop',
  'standby',
  'maintenance',
  'address-gone',
  'failcount',
  'process-kill',
  'monitor-fail',
  'start-fail',
  'disk-full',
  'cpu-load',
  'memory-load',
  'clock-skew',
];
/** What each makes fail, by pacemaker's name for it. */
const FAILING: { readonly [K in ServiceFaultKind]: string } = {
  'monitor-fail': 'monitor',
  'start-fail': 'start',
  'stop-hang': 'stop',
};

export function isUnder({ faults }: Pick<AuditMatter, 'faults'>, node: string, kinds: readonly FaultKind[]): boolean {
  return faults.some((fault) => kinds.includes(fault.kind) && nodesOf(fault).includes(node));
}

/** Whoever is not heard may be the one who is left out. */
function nodesOf(fault: ResolvedFault): readonly string[] {
  return fault.kind === 'one-way-loss' ? [fault.node, fault.from] : [fault.node];
}

/**
 * A fault in force keeps it from the others: it is off or frozen, its corosync is halted, or it is cut off from a network
 * that carries the cluster.
 */
export function isSplitOff({ lab, faults }: Pick<AuditMatter, 'lab' | 'faults'>, node: string): boolean {
  const carrying = lab.networks.filter(({ carries }) => carries.includes('cluster')).map(({ name }) => name);
  return faults.some((fault) => nodesOf(fault).includes(node) && keepsApart(fault));

  function keepsApart(fault: ResolvedFault): boolean {
    switch (fault.kind) {
      case 'power-off':
      case 'freeze':
        return true;
      case 'daemon-stop':
        return fault.daemon === 'corosync';
      case 'link-down':
      case 'one-way-loss':
        return isCarrying(fault.node, fault.link);
      default:
        return false;
    }
  }

  function isCarrying(name: string, link: string): boolean {
    const owner = lab.nodes.find((each) => each.name === name);
    const cut = owner && linkOf(owner, link);
    return cut === undefined || carrying.includes(cut.network);
  }
}

/** Nothing in force on it keeps it from stopping what it runs and taking its leave. */
export function mayLeaveInOrder({ faults }: Pick<AuditMatter, 'faults'>, node: string): boolean {
  return faults.every((fault) => !nodesOf(fault).includes(node) || LEAVES_IN_ORDER.includes(fault.kind));
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
