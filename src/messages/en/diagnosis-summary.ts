import type { List } from '../grammar.js';
import { plural } from './grammar.js';

const warningCount = (warnings: number) => `${warnings} ${plural(warnings, { one: 'warning', other: 'warnings' })}`;

export const DIAGNOSIS_SUMMARY = {
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
  'summary.resources-listed': ({
    running,
    shown,
    configured,
  }: {
    running: number;
    shown: number;
    configured: number;
  }) => `${running} of ${shown} listed resource instances running, ${configured} configured`,
  'summary.facts': ({ facts }: { facts: List }) => facts.join(' · '),
};
