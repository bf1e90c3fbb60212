/** A cluster as large as wished, printed as `pcs status --full` prints it and as crm_mon's XML: pacemaker 2.1.5. */
export interface LargeCluster {
  readonly nodes: readonly string[];
  /** Printed as one line a role. */
  readonly summarised: readonly string[];
  /** Printed as one line an instance: one of them has failed. */
  readonly listed: readonly string[];
  readonly groups: readonly { readonly id: string; readonly members: readonly string[] }[];
  readonly primitives: readonly string[];
  readonly failed: readonly string[];
}

const CLONES = 5;
const PER_GROUP = 10;

/** Half of the instances are those of ten clones over all nodes, a quarter stand in groups; 100 nodes have 2,000 instances. */
export function largeCluster(nodeCount: number): LargeCluster {
  const names = (count: number, prefix: string): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const primitives = names(nodeCount * CLONES, 'vip');
  return {
    nodes: names(nodeCount, 'ha-host'),
    summarised: names(CLONES, 'dlm'),
    listed: names(CLONES, 'topology'),
    groups: names((nodeCount * CLONES) / PER_GROUP, 'grp').map((id) => ({
      id,
      members: names(PER_GROUP, `${id}-app`),
    })),
    primitives,
    failed: primitives.filter((_, index) => index % 25 === 0),
  };
}

export function instanceCount({ nodes, summarised, listed, groups, primitives }: LargeCluster): number {
  return nodes.length * (summarised.length + listed.length) + groups.length * PER_GROUP + primitives.length;
}

/** Where what is numbered so runs. */
function nodeOf({ nodes }: LargeCluster, index: number): string {
  return nodes[index % nodes.length] ?? '';
}

export function statusText(cluster: LargeCluster): string {
  const { nodes } = cluster;
  return [
    'Cluster name: large',
    'Cluster Summary:',
    '  * Stack: corosync',
    `  * Current DC: ${nodes[0]} (1) (version 2.1.5-a3f44794f94) - partition with quorum`,
    '  * Last updated: Mon Nov 23 08:26:04 2026',
    `  * Last change:  Mon Nov 23 08:26:01 2026 by root via cibadmin on ${nodes[0]}`,
    `  * ${nodes.length} nodes configured`,
    `  * ${instanceCount(cluster)} resource instances configured`,
    '',
    'Node List:',
    ...nodes.map((node, index) => `  * Node ${node} (${index + 1}): online, feature set 3.16.2`),
    '',
    'Full List of Resources:',
    ...resourceLines(cluster),
    '',
    'Node Attributes:',
    ...nodes.flatMap((node, index) => [
      `  * Node: ${node} (${index + 1}):`,
      `    * ${'pingd'.padEnd(32)}\t: ${'1000'.padEnd(10)}`,
    ]),
    '',
    'Failed Resource Actions:',
    ...cluster.failed.map(
      (id, index) =>
        `  * ${id} 10s-interval monitor on ${nodeOf(cluster, index)} returned 'not running' (process gone) at Mon Nov 23 08:20:00 2026 after 1.066s`,
    ),
    '',
    'Daemon Status:',
    ...['corosync', 'pacemaker', 'pcsd'].map((daemon) => `  ${daemon}: active/enabled`),
    '',
  ].join('\n');
}

function resourceLines(cluster: LargeCluster): readonly string[] {
  const { nodes, summarised, listed, groups, primitives } = cluster;
  const line = (indent: string, id: string, state: string): string =>
    `${indent}* ${id}\t(ocf:heartbeat:Dummy):\t ${state}`;
  return [
    ...summarised.flatMap((id) => [`  * Clone Set: ${id}-clone [${id}]:`, `    * Started: [ ${nodes.join(' ')} ]`]),
    ...listed.flatMap((id) => [
      `  * Clone Set: ${id}-clone [${id}] (promotable):`,
      ...nodes.map((node, index) => line('    ', id, `${index === 0 ? 'Promoted' : 'Unpromoted'} ${node}`)),
    ]),
    ...groups.flatMap(({ id, members }, index) => [
      `  * Resource Group: ${id}:`,
      ...members.map((member) => line('    ', member, `Started ${nodeOf(cluster, index)}`)),
    ]),
    ...primitives.map((id, index) => line('  ', id, `Started ${nodeOf(cluster, index)}`)),
  ];
}

export function crmMonXml(cluster: LargeCluster): string {
  const { nodes, failed } = cluster;
  return [
    '<pacemaker-result api-version="2.25" request="crm_mon --output-as=xml">',
    '  <summary>',
    '    <stack type="corosync" pacemakerd-state="running"/>',
    `    <current_dc present="true" version="2.1.5-a3f44794f94" name="${nodes[0]}" id="1" with_quorum="true" mixed_version="false"/>`,
    '    <last_update time="Mon Nov 23 08:26:04 2026"/>',
    `    <last_change time="Mon Nov 23 08:26:01 2026" user="root" client="cibadmin" origin="${nodes[0]}"/>`,
    `    <nodes_configured number="${nodes.length}"/>`,
    `    <resources_configured number="${instanceCount(cluster)}" disabled="0" blocked="0"/>`,
    '    <cluster_options stonith-enabled="true" symmetric-cluster="true" no-quorum-policy="stop" maintenance-mode="false" stop-all-resources="false"/>',
    '  </summary>',
    '  <nodes>',
    ...nodes.map(
      (node, index) =>
        `    <node name="${node}" id="${index + 1}" online="true" standby="false" standby_onfail="false" maintenance="false" pending="false" unclean="false" health="green" feature_set="3.16.2" shutdown="false" expected_up="true" is_dc="${index === 0}" resources_running="20" type="member"/>`,
    ),
    '  </nodes>',
    '  <resources>',
    ...resourceElements(cluster),
    '  </resources>',
    '  <node_attributes>',
    ...nodes.map((node) => `    <node name="${node}"><attribute name="pingd" value="1000" expected="1000"/></node>`),
    '  </node_attributes>',
    '  <failures>',
    ...failed.map(
      (id, index) =>
        `    <failure op_key="${id}_monitor_10000" node="${nodeOf(cluster, index)}" exitstatus="not running" exitreason="process gone" exitcode="7" call="${index}" status="complete" last-rc-change="2026-11-23 08:20:00Z" queued="0" exec="1066" interval="10000" task="monitor"/>`,
    ),
    '  </failures>',
    '  <status code="0" message="OK"/>',
    '</pacemaker-result>',
    '',
  ].join('\n');
}

function resourceElements(cluster: LargeCluster): readonly string[] {
  const { nodes, summarised, listed, groups, primitives } = cluster;
  const element = (id: string, role: string, node: string): readonly string[] => [
    `      <resource id="${id}" resource_agent="ocf:heartbeat:Dummy" role="${role}" active="true" orphaned="false" blocked="false" maintenance="false" managed="true" failed="false" failure_ignored="false" nodes_running_on="1">`,
    `        <node name="${node}" id="1" cached="true"/>`,
    '      </resource>',
  ];
  const clone = (id: string, promotable: boolean): readonly string[] => [
    `    <clone id="${id}-clone" multi_state="${promotable}" unique="false" maintenance="false" managed="true" disabled="false" failed="false" failure_ignored="false">`,
    ...nodes.flatMap((node, index) =>
      element(id, promotable ? (index === 0 ? 'Promoted' : 'Unpromoted') : 'Started', node),
    ),
    '    </clone>',
  ];
  return [
    ...summarised.flatMap((id) => clone(id, false)),
    ...listed.flatMap((id) => clone(id, true)),
    ...groups.flatMap(({ id, members }, index) => [
      `    <group id="${id}" number_resources="${members.length}" maintenance="false" managed="true" disabled="false">`,
      ...members.flatMap((member) => element(member, 'Started', nodeOf(cluster, index))),
      '    </group>',
    ]),
    ...primitives.flatMap((id, index) => element(id, 'Started', nodeOf(cluster, index))),
  ];
}
