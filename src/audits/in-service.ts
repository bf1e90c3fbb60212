import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import { addressOf, sameAddress } from '../model/managed-address.js';
import type { NodeObservation } from '../model/observation.js';
import { baseId, instancesOf, type ResourceInstance } from '../model/resource-tree.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { type Configured, configuredBy, configuredIn, isFencingDevice, lastCib } from './configured.js';
import { isSplitOff } from './faults.js';
import { failed, joined, onceIdle, unique, unknown } from './finding.js';
import { isDown, isSilent, nodesIn, runsPacemaker } from './node-parts.js';
import { nodesThatMayRun } from './placement.js';
import { traceOf } from './traces.js';
import { activeInstances, type Broken, isHandsOff, isOf, judgeViews, quorateViews, type View } from './views.js';

export const inService: AuditTable['in-service'] = {
  kind: 'in-service',
  holds: message('audit.in-service.holds'),
  reads: message('audit.in-service.reads'),
  judge,
};

function judge(input: AuditInput): readonly Finding[] {
  const { views, missing } = quorateViews(input);
  return [...onceIdle(input, [...claimedInVain(input, views), ...judgeViews(views, leftStopped)]), ...missing];
}

/** The cluster reports resources as active on nodes that are no members and cannot have them. */
function claimedInVain(input: AuditInput, views: readonly View[]): readonly Finding[] {
  return nodesIn(input).flatMap((node) => {
    const claims = views.flatMap((view) => claimsOn(view, node).map((id) => ({ id, by: view.node })));
    return unique(claims.map(({ id }) => id)).flatMap((id) => {
      const by = unique(claims.filter((each) => each.id === id).map((each) => each.by));
      return judgeClaim(input, { id, node, by });
    });
  });
}

/** Of an unclean node the cluster itself says that it does not know, and waits for the fencing. */
function claimsOn(view: View, node: NodeObservation): readonly string[] {
  const state = view.status.nodes.find(({ name }) => name === node.node);
  const isMember = view.members.includes(node.node) && !isDown(node);
  if (isMember || state?.unclean) return [];
  return activeInstances(view)
    .filter((instance) => instance.nodes.includes(node.node) && isLookedAfter(view, instance))
    .map(({ id }) => baseId(id));
}

/** The cluster is in charge of it, and reports neither a problem nor an operation under way. */
function isLookedAfter(view: View, instance: ResourceInstance): boolean {
  const { failed: hasFailed, blocked, orphaned, pending, unclean } = instance;
  const isInTrouble = hasFailed || blocked || orphaned || unclean === true || pending !== undefined;
  return !isInTrouble && !isHandsOff(view, instance);
}

interface Claim {
  readonly id: string;
  readonly node: NodeObservation;
  readonly by: readonly string[];
}

function judgeClaim(input: AuditInput, { id, node, by }: Claim): readonly Finding[] {
  const cib = lastCib(input);
  const configured = cib && configuredBy(cib, id);
  const says = `the cluster says that ${id} is active on ${node.node} (so say ${joined(by)})`;
  const nobody = configured === undefined ? undefined : nobodyAnswers(input, configured);
  const subjects = [id, ...(nobody?.subjects ?? []), node.node];
  const withNobody = nobody === undefined ? '' : `, and ${nobody.seen}`;
  if (isDown(node)) return [failed(subjects, `${says}, but ${node.node} is off${withNobody}`)];
  if (isSilent(node)) {
    const silent = `${node.node} is no member of the cluster and did not answer`;
    if (nobody !== undefined) return [failed(subjects, `${says}, but ${silent}${withNobody}`)];
    return [unknown(subjects, `${says}; ${silent}: whether it runs there is not known`)];
  }
  const trace = cib && configured && traceOf(configured, cib);
  if (runsPacemaker(node) !== false || trace?.isNeeded !== true || trace.on(node) !== 'none') return [];
  return [
    failed(
      subjects,
      `${says}, but pacemaker does not run on ${node.node}, which does not have ${trace.what}${withNobody}`,
    ),
  ];
}

/** That its address was asked for by a node that could have received an answer, and that none came. */
function nobodyAnswers(
  input: AuditInput,
  { primitive }: Configured,
): { readonly subjects: readonly string[]; readonly seen: string } | undefined {
  const address = addressOf(primitive);
  if (address === undefined) return undefined;
  const asked = input.now.arp.filter((each) => each.problem === undefined && sameAddress(each.address, address));
  const from = unique(asked.map((each) => each.from)).filter((node) => !isSplitOff(input, node));
  if (from.length === 0 || asked.some(({ macs }) => macs.length > 0)) return undefined;
  return { subjects: [address], seen: `nobody answers for ${address} (${joined(from)} asked)` };
}

/** A resource that no node runs, although one may and nothing explains why none does. */
function leftStopped(view: View, cib: Cib): readonly Broken[] {
  return configuredIn(cib)
    .filter(({ primitive }) => !isFencingDevice(primitive.agent))
    .flatMap((configured) => {
      const { id } = configured;
      const instances = instancesOf(view.status).filter((instance) => isOf(instance, id));
      const isStopped = instances.length > 0 && instances.every((each) => isLeftStopped(view, each));
      const nodes = isStopped ? nodesThatMayRun(view, cib, configured) : [];
      if (nodes.length === 0) return [];
      return [{ subjects: [id], what: `${id} is active on no node, and nothing keeps it off ${joined(nodes)}` }];
    });
}

function isLeftStopped(view: View, instance: ResourceInstance): boolean {
  const { role, nodes, disabled, lockedTo } = instance;
  const isExcused = disabled || lockedTo !== undefined;
  return role === 'Stopped' && nodes.length === 0 && !isExcused && isLookedAfter(view, instance);
}
