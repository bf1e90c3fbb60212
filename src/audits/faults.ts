import { linkOf } from '../model/lab.js';
import type { FaultKind, ResolvedFault } from '../model/scenario.js';
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
  'controller-fail',
];

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

/** The step itself changed its daemons or its standing. */
export function isTouched({ touched }: Pick<AuditMatter, 'touched'>, node: string): boolean {
  return touched.includes(node);
}
