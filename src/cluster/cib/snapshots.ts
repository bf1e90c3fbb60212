import type { Cib } from '../../model/cib.js';
import { lastLinesOf } from '../../model/command-output.js';
import { LabError, messageOf } from '../../model/errors.js';
import type { Residue } from '../../model/residue.js';
import type { CibPart, CibSnapshot, CibSnapshots } from '../../ports/isolation.js';
import { execOrThrow, type Transport } from '../../ports/transport.js';
import { childNamed, childrenNamed, parseXml, type XmlElement } from '../xml-tree.js';
import { digestOf, parseCib } from './read-cib.js';
import { nvpairsIn } from './resources.js';

const TIMEOUT_MS = 20_000;

/** Properties that the cluster writes itself (crm_attribute(8), lib/pengine/common.c of pacemaker). */
const WRITTEN_BY_CLUSTER = ['last-lrm-refresh', 'have-watchdog', 'dc-version', 'cluster-infrastructure'];
/** Attributes that pacemaker and promotable agents manage; failures are recorded separately. */
const OWN_ATTRIBUTE =
  /^(#|fail-count-|last-failure-|master-|promotable-|shutdown$|probe_complete$|standby$|terminate$|maintenance$)/;
/** Values of a node that is not in standby or maintenance: pcs removes the attribute, crm_standby writes one of these. */
const UNSET = ['off', 'false', 'no', '0', ''];

export function createCibSnapshots(): CibSnapshots {
  return { take, restore };
}

async function take(transport: Transport, signal?: AbortSignal): Promise<CibSnapshot> {
  const result = await transport.exec(['cibadmin', '--query'], { timeoutMs: TIMEOUT_MS, signal });
  if (result.exitCode !== 0)
    throw new LabError('status-unreadable', `${transport.node}: the CIB cannot be read: ${lastLinesOf(result)}`, {
      hint: 'Look at `pcs status` on this node.',
      data: { node: transport.node, exitCode: result.exitCode },
    });
  try {
    return cibSnapshotOf(result.stdout);
  } catch (error) {
    throw new LabError('status-unreadable', `${transport.node}: the CIB cannot be read: ${messageOf(error)}`, {
      hint: 'Look at `cibadmin --query` on this node.',
      cause: error,
    });
  }
}

/** Throws Error for a broken document and for anything but a CIB. */
export function cibSnapshotOf(source: string): CibSnapshot {
  const cib = parseCib(source);
  const configuration = childNamed(parseXml(source), 'configuration');
  const [xml] = /<configuration[\s>][\s\S]*<\/configuration>/.exec(source) ?? [];
  if (configuration === undefined || xml === undefined) throw new Error('the CIB has no configuration');
  return {
    xml,
    parts: configuration.children.flatMap(partsOf),
    failures: failuresIn(cib),
    attributes: cib.nodeStates.flatMap(({ node, transient }) =>
      Object.keys(transient)
        .filter((name) => !OWN_ATTRIBUTE.test(name))
        .map((name) => ({ node, name })),
    ),
  };
}

function partsOf(section: XmlElement): readonly CibPart[] {
  switch (section.name) {
    case 'resources':
    case 'constraints':
      return section.children.map((each) => ({
        kind: section.name as 'resources' | 'constraints',
        id: each.attributes.id ?? each.name,
        digest: digestOf(each),
      }));
    case 'crm_config':
      return Object.entries(nvpairsIn(childrenNamed(section, 'cluster_property_set')))
        .filter(([id]) => !WRITTEN_BY_CLUSTER.includes(id))
        .map(([id, digest]) => ({ kind: 'properties', id, digest }));
    case 'nodes':
      return childrenNamed(section, 'node').map((node) => ({
        kind: 'nodes',
        id: node.attributes.uname ?? node.attributes.id ?? '',
        digest: attributesText(node),
      }));
    default:
      return section.children.length === 0 ? [] : [{ kind: 'sections', id: section.name, digest: digestOf(section) }];
  }
}

function attributesText(node: XmlElement): string {
  const attributes = Object.entries(nvpairsIn(childrenNamed(node, 'instance_attributes')));
  const telling = attributes.filter(
    ([name, value]) => !['standby', 'maintenance'].includes(name) || !UNSET.includes(value),
  );
  return JSON.stringify(telling.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The normal results of a probe: running, no agent, not running, promoted (OCF exit codes). */
const FOUND_BY_PROBE = [0, 5, 7, 8];

/** Operations with an unexpected result, and fail counts. */
function failuresIn({ operations, nodeStates }: Cib): readonly string[] {
  const failed = operations.filter(({ operation, intervalMs, rcCode, opStatus, expected }) => {
    const isProbe = operation === 'monitor' && intervalMs === 0;
    return isProbe ? opStatus >= 0 && !FOUND_BY_PROBE.includes(rcCode) : opStatus > 1 || (opStatus === 0 && !expected);
  });
  const counted = nodeStates.flatMap(({ node, transient }) =>
    Object.keys(transient).flatMap((name) => {
      const [, resource] = /^fail-count-(.+?)(?:#.*)?$/.exec(name) ?? [];
      return resource === undefined ? [] : [{ node, resource }];
    }),
  );
  return [...new Set([...failed, ...counted].map(({ node, resource }) => `${resource} on ${node}`))].sort();
}

async function restore(transport: Transport, snapshot: CibSnapshot, left: Residue): Promise<void> {
  const run = (argv: readonly string[], stdin?: string) =>
    execOrThrow(transport, argv, { timeoutMs: TIMEOUT_MS, stdin });
  const isOfConfiguration = [left.resources, left.constraints, left.properties, left.nodes, left.sections];
  // The cluster increments the epoch itself for a scope; it would refuse a whole CIB with an older epoch.
  if (isOfConfiguration.some((names) => names.length > 0))
    await run(['cibadmin', '--replace', '--scope', 'configuration', '--xml-pipe'], snapshot.xml);
  for (const { node, name } of left.attributes)
    await run(['attrd_updater', '--delete', '--name', name, '--node', node]);
  // Without the name of a resource, the command also clears the failures of deleted resources.
  if (left.failures.length > 0 || left.resources.length > 0) await run(['crm_resource', '--cleanup']);
  if (left.fencings.length > 0) await run(['stonith_admin', '--cleanup', '--history', '*']);
}
