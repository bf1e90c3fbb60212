import { explain } from '../../diagnosis/explain.js';
import { glanceOf } from '../../diagnosis/glance.js';
import type { View } from '../../diagnosis/views.js';
import { faultText } from '../../model/fault-nodes.js';
import { type Language, textIn } from '../../model/text.js';
import { oneLine, wrapDisplay } from '../../report/format.js';
import type { LabView } from './status-labs.js';
import { meaningLines, type PageOptions } from './status-page.js';

/** Pure. Every lab, and remains that nothing remembers. */
export function labsLines(
  labs: readonly LabView[],
  remains: readonly string[],
  options: PageOptions,
): readonly string[] {
  if (labs.length === 0 && remains.length === 0) return ['no lab on this machine; halab up brings one up'];
  return [
    ...labs.flatMap((lab) => labLines(lab, options)),
    ...remains.map((name) => `${name}: remains of a lab; halab down --name ${name} clears them`),
  ];
}

function labLines(view: LabView, options: PageOptions): readonly string[] {
  const { instance, lab, backend, image, imageHash, state, nodes, faults } = view;
  return [
    `${instance}: ${state} (lab ${lab}, ${backend}, ${[image, imageHash].filter(Boolean).join(' ')})`,
    ...nodes.map(nodeLine),
    ...faults.flatMap(({ fault, at, id }) =>
      indented(`broken since ${at}: ${faultText(fault)} (${id}); halab heal undoes it`, options),
    ),
    ...clusterLines(view, options),
  ];
}

function indented(text: string, { width }: PageOptions): readonly string[] {
  return wrapDisplay(text, Math.max(width, 60) - 2).map((line) => `  ${line}`);
}

function nodeLine({ node, state, owner }: LabView['nodes'][number]): string {
  const kept = owner ? [owner.kind, owner.unit ?? '', owner.pid ? `process ${owner.pid}` : ''].join(' ') : '';
  return `  ${node.padEnd(16)} ${state.padEnd(8)} ${kept.replace(/ +/g, ' ')}`.trimEnd();
}

const PHRASES: {
  readonly [L in Language]: {
    readonly says: (nodes: readonly string[]) => string;
    readonly apart: (views: number) => string;
    readonly silent: (node: string, message: string) => string;
  };
} = {
  en: {
    says: (nodes) => `${nodes.join(', ')} ${nodes.length === 1 ? 'says' : 'say'}:`,
    apart: (views) => `The nodes do not agree; there are ${views} views of the cluster.`,
    silent: (node, message) => `${node} could not be asked: ${message}`,
  },
  zh: {
    says: (nodes) => `${nodes.join('、')} 的说法：`,
    apart: (views) => `各节点的说法不一致，共有 ${views} 种。`,
    silent: (node, message) => `无法查询 ${node}：${message}`,
  },
};

function clusterLines({ views, silent }: LabView, options: PageOptions): readonly string[] {
  const phrases = PHRASES[options.language];
  const inner = { ...options, width: options.width - 4 };
  return [
    ...silent.flatMap(({ node, message }) => indented(phrases.silent(node, oneLine(message)), options)),
    ...(views.length > 1 ? [`  ${phrases.apart(views.length)}`] : []),
    ...views.flatMap(({ saidBy, state, items }) => [
      `  ${phrases.says(saidBy)}`,
      ...meaningLines(state, items, inner).map((line) => (line === '' ? '' : `    ${line}`)),
    ]),
  ];
}

/** As `halab status --json` prints it. */
export function labsJson(labs: readonly LabView[], remains: readonly string[], language: Language) {
  return {
    schema: 'halab.status/1',
    labs: labs.map(({ silent: _told, views, ...lab }) => ({
      ...lab,
      views: views.map((view) => viewJson(view, language)),
    })),
    remains,
  };
}

function viewJson({ saidBy, state, items }: View, language: Language) {
  const { verdict, headline, facts } = glanceOf(state, items);
  return {
    saidBy,
    verdict,
    headline: textIn(headline, language),
    facts: textIn(facts, language),
    items: items.map((each) => explain(each, language)),
  };
}
