import { linkOf } from '../model/lab.js';
import type { FaultKind, ResolvedFault } from '../model/scenario.js';
import type { AuditMatter } from '../ports/audit.js';

export function isUnder({ faults }: Pick<AuditMatter, 'faults'>, node: string, kinds: readonly FaultKind[]): boolean {
  return faults.some((fault) => fault.node === node && kinds.includes(fault.kind));
}

/** A fault in force keeps it from the others: it is off, frozen, or cut off from a network that carries the cluster. */
export function isSplitOff({ lab, faults }: Pick<AuditMatter, 'lab' | 'faults'>, node: string): boolean {
  const carrying = lab.networks.filter(({ carries }) => carries.includes('cluster')).map(({ name }) => name);
  return faults.some((fault) => fault.node === node && (fault.kind !== 'link-down' || cuts(fault, carrying)));

  function cuts(fault: Extract<ResolvedFault, { kind: 'link-down' }>, networks: readonly string[]): boolean {
    const owner = lab.nodes.find(({ name }) => name === fault.node);
    const link = owner && linkOf(owner, fault.link);
    return link === undefined || networks.includes(link.network);
  }
}

/** The step itself changed its daemons or its standing. */
export function isTouched({ touched }: Pick<AuditMatter, 'touched'>, node: string): boolean {
  return touched.includes(node);
}
