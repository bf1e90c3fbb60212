import { nodesNamedBy } from '../model/fault-nodes.js';
import { type Lab, linkOf } from '../model/lab.js';
import type { FaultKind, ResolvedFault } from '../model/scenario.js';
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
];

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

/** The step itself changed its daemons or its standing. */
export function isTouched({ touched }: Pick<AuditMatter, 'touched'>, node: string): boolean {
  return touched.includes(node);
}
