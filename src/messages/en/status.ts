import type { List } from '../grammar.js';
import { age, list, plural } from './grammar.js';

const warningCount = (warnings: number) => `${warnings} ${plural(warnings, { one: 'warning', other: 'warnings' })}`;

export const STATUS = {
  'status.no-lab': 'no lab on this machine; halab up brings one up',
  'status.residue': ({ name }: { name: string }) => `${name}: residue of a lab; halab down --name ${name} removes it`,
  'status.fault-active': ({ at, fault, id }: { at: string; fault: string; id: string }) =>
    `fault active since ${at}: ${fault} (${id}); halab heal undoes it`,
  'status.according-to': ({ nodes }: { nodes: List }) => `According to ${list(nodes)}:`,
  'status.placement': ({ placement }: { placement: List }) => `Running: ${placement.join(' · ')}`,
  'status.on': ({ resource, nodes, since }: { resource: string; nodes: List; since: string | undefined }) =>
    `${resource} on ${list(nodes)}${since === undefined ? '' : ` (${since})`}`,
  'status.for': ({ ms, atLeast }: { ms: number; atLeast: boolean }) => `for ${atLeast ? 'at least ' : ''}${age(ms)}`,
  'status.looked': ({ time }: { time: string }) => `Looked at ${time}`,
  'status.looked-again': ({ time, everyMs }: { time: string; everyMs: number }) =>
    `Looked at ${time}, every ${age(everyMs)}`,
  'status.keys': 'arrow keys, j and k, PgUp and PgDn scroll; q ends',
  'status.lines': ({ from, to, of }: { from: number; to: number; of: number }) => `lines ${from} to ${to} of ${of}`,
  'status.seen-ago': ({ what, ms }: { what: string; ms: number }) => `${what} (seen ${age(ms)} ago)`,
  'change.moved': ({ name, from, to }: { name: string; from: List; to: List }) =>
    `${name} moved ${list(from)} → ${list(to)}`,
  'change.started': ({ name, to }: { name: string; to: List }) => `${name} started on ${list(to)}`,
  'change.stopped': ({ name, from }: { name: string; from: List }) => `${name} is no longer on ${list(from)}`,
  'change.back': ({ name, to }: { name: string; to: List }) => `${name} is back on ${list(to)}`,
  'change.other': ({ name, from, to }: { name: string; from: string; to: string }) => `${name}: ${from} → ${to}`,
  'change.away': ({ what, away }: { what: string; away: string }) => `${what}, away for ${away}`,
  'change.between': ({ leastMs, mostMs }: { leastMs: number; mostMs: number }) =>
    `${age(leastMs, 1)} to ${age(mostMs, 1)}`,
  'change.at-most': ({ mostMs }: { mostMs: number }) => `at most ${age(mostMs, 1)}`,
  'status.views-differ': ({ views }: { views: number }) =>
    `The nodes do not agree: there are ${views} different views of the cluster.`,
  'status.several-clusters': ({ clusters }: { clusters: List }) =>
    `These are ${clusters.length} clusters, not one, and none knows of another: ${clusters.join(' · ')}.`,
  'status.several-outputs': ({ outputs, explained }: { outputs: number; explained: number }) =>
    `This text holds ${outputs} outputs. ${plural(explained, { one: 'The last one is explained', other: `The last ${explained} are explained, each by itself` })}.`,
  'status.split': ({ one, other }: { one: string; other: string }) =>
    `Split: ${one} and ${other} are each online by their own account, and each has lost the other. Both sides may run the same resources until one of them is fenced.`,
  'status.since': ({ output }: { output: string }) => `Since the output before it (${output}):`,
  'status.since-before': 'Since the output before it:',
  'status.nothing-changed': 'nothing that both of them print has changed',
  'status.typed-between': ({ commands }: { commands: List }) => `Typed between them: ${commands.join('; ')}`,
  'status.unnamed-node': 'a node that is not named',
  'status.node-silent': ({ node, message }: { node: string; message: string }) =>
    `${node} could not be queried: ${message}`,
  'status.cause': ({ cause }: { cause: string }) => `Likely cause: ${cause}`,
  'status.title-and-meaning': ({ title, means }: { title: string; means: string }) => `${title}. ${means}`,
  'status.more-lines': ({ lines }: { lines: number }) =>
    `… ${lines} more ${plural(lines, { one: 'line', other: 'lines' })}`,

  'summary.not-formed': 'There is no cluster yet.',
  'summary.unknown': 'The cluster cannot be seen from here.',
  'summary.trouble': ({ problems, warnings }: { problems: number; warnings: number }) =>
    `${problems} ${plural(problems, { one: 'problem', other: 'problems' })}${warnings > 0 ? `, ${warningCount(warnings)}` : ''}.`,
  'summary.risk': ({ warnings }: { warnings: number }) => `No problems, ${warningCount(warnings)}.`,
  'summary.incomplete': 'No sign of trouble in this output, but it is not complete.',
  'summary.fine': 'No sign of trouble in this output.',
  'summary.cluster': ({ name }: { name: string }) => `cluster ${name}`,
  'summary.dc': ({ node }: { node: string }) => `DC ${node}`,
  'summary.no-dc': 'no DC',
  'summary.quorum': 'quorum',
  'summary.no-quorum': 'NO quorum',
  'summary.nodes': ({ online, known }: { online: number; known: number }) =>
    `${online} of ${known} ${plural(known, { one: 'node', other: 'nodes' })} online`,
  'summary.resources': ({ running, shown }: { running: number; shown: number }) =>
    `${running} of ${shown} resource instances running`,
  'summary.resources-listed': (counts: { running: number; shown: number; configured: number }) =>
    `${counts.running} of ${counts.shown} listed resource instances running, ${counts.configured} configured`,
  'summary.facts': ({ facts }: { facts: List }) => facts.join(' · '),
};
