import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import { type Cib, compareVersions } from '../model/cib.js';
import type { NodeObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { bestCib, contentOf } from './configured.js';
import { failed, joined, onceIdle, unique } from './finding.js';
import { nodesIn, runsPacemaker, unread, unreadOfPacemaker } from './node-parts.js';
import { describePartition, type Partition, partitionsOf } from './partitions.js';

export const sameCib: AuditTable['same-cib'] = {
  kind: 'same-cib',
  holds: message('audit.same-cib.holds'),
  reads: message('audit.same-cib.reads'),
  judge: (input) => [
    ...partitionsOf(input.now).flatMap((partition) => onceIdle(input, differing(partition))),
    ...stored(input),
    ...nodesIn(input).flatMap(unreadOf),
  ],
};

function differing(partition: Partition): readonly Finding[] {
  const copies = partition.respondents.flatMap(({ node, cib }) => (cib === undefined ? [] : [{ node, cib }]));
  const kinds = unique(copies.map(({ cib }) => contentOf(cib)));
  if (kinds.length < 2) return [];
  const details = kinds.map((kind) => {
    const owners = copies.filter(({ cib }) => contentOf(cib) === kind);
    const names = owners.map(({ node }) => node);
    const versions = unique(owners.map(({ cib }) => nameOf(cib)));
    return `${joined(names)} ${owners.length > 1 ? 'have' : 'has'} ${joined(versions)}`;
  });
  const owners = copies.map(({ node }) => node);
  return [failed(owners, `the CIBs of ${describePartition(partition)} differ: ${details.join('; ')}`)];
}

/** A CIB by what tells it from others. */
function nameOf({ version, digest }: Pick<Cib, 'version' | 'digest'>): string {
  const { adminEpoch, epoch, numUpdates } = version;
  return `${adminEpoch}.${epoch}.${numUpdates} (digest ${digest.slice(0, 8)})`;
}

/** What would happen to a stored CIB, or to the running one, once the node joins. */
function stored(input: AuditInput): readonly Finding[] {
  const running = bestCib(input.now);
  if (running === undefined) return [];
  return nodesIn(input).flatMap(({ node, storedCib }) => {
    if (storedCib === undefined) return [];
    const { version, configurationDigest } = storedCib;
    const order = compareVersions(withoutUpdates(version), withoutUpdates(running.version));
    const both = `${node} does not run pacemaker and has CIB ${short(version)} on disk, the cluster runs ${short(running.version)}`;
    if (order > 0) return [failed([node], `${both}: the newer one would replace it when ${node} joins`)];
    if (order === 0 && configurationDigest !== running.configurationDigest)
      return [failed([node], `${both} with another configuration: one of the two would be lost when ${node} joins`)];
    return [];
  });
}

function withoutUpdates(version: Cib['version']): Cib['version'] {
  return { ...version, numUpdates: 0 };
}

function short({ adminEpoch, epoch }: Cib['version']): string {
  return `${adminEpoch}.${epoch}`;
}

function unreadOf(node: NodeObservation): readonly Finding[] {
  const isStoredUnread = runsPacemaker(node) === false && node.problems['stored-cib'] !== undefined;
  return isStoredUnread ? [unread(node, 'storedCib')] : unreadOfPacemaker(node, ['cib', 'quorum']);
}
