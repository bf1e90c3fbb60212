import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

const onNodes = (nodes: List) => `on ${nodes.length > 0 ? list(nodes) : 'every node'}`;
const onOne = (nodes: List) => `on ${nodes.length > 0 ? list(nodes) : 'one node'}`;

export const DIAGNOSIS_READING = {
  'part.dc': 'DC and quorum',
  'part.nodes': 'the nodes',
  'part.resources': 'the resources',
  'part.fencing': 'whether a node was fenced',
  'part.fail-counts': 'fail counts',
  'part.daemons': 'the daemons',
  'not-running.title': 'The cluster is not running on the node that was queried',
  'not-running.means':
    'Pacemaker did not answer the command there: it is stopped, or is only just starting. That says nothing about the other nodes; the cluster may well be running on them.',
  'not-running.cause':
    'It has not been started since the boot (not enabled), was stopped, or corosync does not start; pacemaker cannot run without corosync.',
  'not-running.systemctl-status-corosync': 'shows which of the two is down',
  'not-running.journalctl-corosync-pacemaker': 'shows why it stopped',
  'not-running.start': 'starts both on this node',
  'not-running.elsewhere': 'on another node: shows the state of the rest',
  'not-formed.title': 'No cluster has been formed yet',
  'not-formed.means': 'Nothing is wrong. These commands are left, in this order, as root:',
  'not-formed.means.here':
    'The node that was queried has no corosync.conf, so pcs cluster start has nothing to start. Where no other node has a cluster either, these commands form one:',
  'not-formed.packages': ({ nodes }: { nodes: List }) => `${onNodes(nodes)}: installs what is missing`,
  'not-formed.pcsd': ({ nodes }: { nodes: List }) => `${onNodes(nodes)}: pcs works through this daemon`,
  'not-formed.password': ({ nodes }: { nodes: List }) =>
    `${onNodes(nodes)}: the same password on each; pcs uses it once, in the next step`,
  'not-formed.auth': ({ nodes }: { nodes: List }) =>
    `${onOne(nodes)}: asks for that password (pcs cluster auth, up to 0.9)`,
  'not-formed.setup': ({ nodes }: { nodes: List }) =>
    `${onOne(nodes)}: writes corosync.conf on all of them (with --name before the name, up to 0.9)`,
  'not-formed.start': ({ nodes }: { nodes: List }) =>
    `${onOne(nodes)}: starts corosync and pacemaker on all; pcs cluster enable --all starts them at boot too`,
  'cluster-stopped.title': ({ names }: { names: List }) => `The cluster is stopped on ${list(names)}`,
  'cluster-stopped.means':
    'It is set up, and runs on none of the nodes that answer. No resource is managed while it is stopped.',
  'cluster-stopped.pcs-cluster-start': 'on one of them: starts it on every node',
  'cluster-stopped.journalctl': 'if nobody stopped it: shows why it ended',
  'no-permission.title': 'The user who ran the command may not read the cluster',
  'no-permission.means':
    'Only root and members of the group haclient may query pacemaker. The state of the cluster remains unknown.',
  'no-permission.sudo-pcs-status': 'runs the same command as root',
  'tool-missing.title': 'The tool is not installed on the node that was queried',
  'tool-missing.means':
    'The cluster was not queried, so its state is unknown. Either the node belongs to no cluster, or another set of tools manages it (pcs, or crmsh on SUSE).',
  'tool-missing.crm-mon': 'pacemaker’s own tool, installed wherever pacemaker is',
  'tool-missing.systemctl-status-pacemaker': 'shows whether this is a cluster node at all',
  'error-unexplained.title': 'The command ended with an error',
  'no-explanation': 'halab has no explanation for this.',
  'error-unexplained.systemctl-status-corosync': 'shows whether the cluster runs at all',
  'error-beside.title': 'An error stands beside this status',
  'error-beside.means':
    'The status was read all the same. The error may be that of another command, or may have kept a part of the status from being printed.',
  'error-beside.pcs-status': 'shows whether the error comes with the status',
  'cut-off.title': 'This output is incomplete',
  'cut-off.means':
    'The missing part may contain the most serious problems. Everything below refers only to the lines that are present.',
  'cut-off.pcs-status': 'prints the complete output',
  'cut-off.begins-untitled': 'it begins without the title of its summary',
  'cut-off.no-dc': 'its summary says nothing of the DC',
  'cut-off.begins-with': ({ part }: { part: string }) => `it begins with ${part}: there is no summary`,
  'cut-off.no-node': ({ counted }: { counted: string }) => `${counted} nodes are counted, none is listed`,
  'cut-off.few-nodes': ({ counted, listed }: { counted: string; listed: string }) =>
    `${counted} nodes are counted, ${listed} listed`,
  'cut-off.no-resource': ({ counted }: { counted: string }) => `${counted} resources are counted, none is listed`,
  'cut-off.few-resources': ({ counted, listed }: { counted: string; listed: string }) =>
    `${counted} resources are counted, ${listed} listed`,
  'cut-off.ends-in-line': ({ line }: { line: string }) => `it ends inside a line: ${line}`,
  'cut-off.ends-with-title': ({ line }: { line: string }) => `it ends with a title: ${line}`,
  'cut-off.ends-before-daemons': 'it ends before Daemon Status',
  'cut-off.xml': ({ line, element }: { line: string; element: string | undefined }) =>
    `the XML is cut off in line ${line}${element === undefined ? '' : `, inside of ${element}`}`,
  'only-selected.title': 'Only some of the resources or nodes were asked for',
  'only-selected.means': ({ request }: { request: string }) =>
    `The command was ${request}: nothing is known of what it left out, neither other resources nor other instances.`,
  'not-understood.title': ({ lines }: { lines: number }) =>
    plural(lines, { one: 'One line was not understood', other: `${lines} lines were not understood` }),
  'not-understood.means': 'halab drew no conclusions from these lines. Please read them yourself:',
  'part.failed-actions': 'failed actions',
  'part.failed-fencing': 'failed fencing',
  'failures-unread.title': ({ parts }: { parts: List }) => `Listed, and not understood: ${list(parts)}`,
  'failures-unread.means': 'The title is printed only above failures, so there are some. What failed is not known.',
  'group-end-unknown.title': ({ names }: { names: List }) => `Where the group ${list(names)} ends is not known`,
  'group-end-unknown.means': ({ members }: { members: List }) =>
    `This text has lost its indentation, which alone shows the members. ${list(members)} ${plural(members.length, { one: 'is', other: 'are' })} read as such; the last of them may stand outside the group, and resources below may belong to it.`,
  'part-missing.title': ({ parts }: { parts: List }) => `Not printed: ${list(parts)}`,
  'part-missing.means': 'The state of what is missing is unknown.',
  'part-missing.pcs-status': 'prints all of it',
  'not-printed.title': ({ parts }: { parts: List }) => `Not printed, so not known: ${list(parts)}`,
  'not-printed.means':
    'This kind of output leaves it out, or prints it only when there is something to print; its absence does not mean that all is well.',
  'not-printed.stonith-admin': 'lists every fencing action so far',
  'not-printed.pcs-resource-failcount': 'prints the fail counts',
  'not-listed.title': ({ hidden, configured }: { hidden: number; configured: number }) =>
    `${hidden} of ${configured} resource instances ${plural(hidden, { one: 'is', other: 'are' })} not listed`,
  'not-listed.means': ({ shown, configured }: { shown: number; configured: number }) =>
    `The summary counts ${configured}, the list shows ${shown}. Without --inactive, crm_mon leaves out resources that do not run; a brief or filtered output leaves out more.`,
  'not-listed.disabled': ({ disabled }: { disabled: number }) =>
    `${disabled} of them ${plural(disabled, { one: 'is', other: 'are' })} disabled on purpose.`,
  'not-listed.blocked': ({ blocked }: { blocked: number }) =>
    `${blocked} ${plural(blocked, { one: 'is', other: 'are' })} blocked after a failure, and pacemaker does nothing about it by itself.`,
};
