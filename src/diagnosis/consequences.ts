import { baseId } from '../model/resource-tree.js';
import type { DiagnosisCode, DiagnosisItem } from './item.js';

type Links = (cause: DiagnosisItem, consequence: DiagnosisItem) => boolean;

const always: Links = () => true;
const ofOneResource: Links = (cause, { subject }) =>
  namesIn(cause).some((id) => subject.names.map(baseId).includes(id));
const ofThatNode: Links = ({ subject }, { payload }) =>
  'node' in payload
    ? subject.names.includes(payload.node ?? '')
    : nodesIn(payload).some((n) => subject.names.includes(n));
const ofItsFirst: Links = (cause, { payload }) => 'first' in payload && namesIn(cause).includes(baseId(payload.first));

const ofAStopThere: Links = ({ payload }, { subject }) => subject.names.some((name) => nodesIn(payload).includes(name));
/** The connection to a remote node is a resource with the node's name. */
const ofItsConnection: Links = (cause, { subject }) => subject.names.some((name) => cause.subject.names.includes(name));
/** Its stop failed there, and not only elsewhere. */
const ofThatStop: Links = (cause, consequence) =>
  'stopFailed' in consequence.payload &&
  consequence.payload.stopFailed === true &&
  ofOneResource(cause, consequence) &&
  nodesIn(cause.payload).some((name) => nodesIn(consequence.payload).includes(name));
/** The node lost its last link, or sees the others without it. */
const ofItsLinks: Links = (cause, { subject }) =>
  'cutsOff' in cause.payload &&
  cause.payload.cutsOff &&
  cause.subject.names.some((name) => subject.names.includes(name));
const ofItsFencing: Links = (cause, { subject }) => subject.names.every((name) => cause.subject.names.includes(name));

const STOPPED: readonly DiagnosisCode[] = [
  'stopped-after-failure',
  'stopped-disabled',
  'stopped-banned',
  'stopped-ticket',
  'stopped-unexplained',
];

/** What follows from what: told under its cause, and not counted as a problem of its own. */
const CONSEQUENCES: { readonly [C in DiagnosisCode]?: readonly (readonly [readonly DiagnosisCode[], Links])[] } = {
  'stopped-no-dc': [[['dc-none'], always]],
  'stopped-no-quorum': [[['no-quorum'], always]],
  'stopped-by-stop-all': [[['stop-all-resources'], always]],
  'stopped-no-device': [[['no-stonith-device'], always]],
  // While its fencing fails, a node stays unclean, whatever it was to be fenced for.
  'node-unclean': [
    [['fencing-failed'], ofItsFencing],
    [['failed-stop'], ofAStopThere],
    [['link-down'], ofItsLinks],
  ],
  'node-offline': [
    [['stopped-after-failure', 'stopped-unexplained', 'failed-start'], ofItsConnection],
    [['link-down'], ofItsLinks],
  ],
  'on-offline-node': [[['node-offline'], ofThatNode]],
  'stopped-waits-for-fencing': [[['node-unclean'], ofThatNode]],
  'on-unclean-node': [[['node-unclean'], ofThatNode]],
  'stopped-after-failure': [[['failed-start', 'failed-probe', 'failed-monitor', 'failed-promote'], ofOneResource]],
  'resource-blocked': [[['failed-stop'], ofThatStop]],
  'resource-failed': [
    [['failed-start', 'failed-monitor', 'failed-promote', 'failed-demote', 'failed-stop'], ofOneResource],
  ],
  'stopped-behind': [[STOPPED, ofItsFirst]],
  'group-partial': [[['failed-start', 'failed-monitor', 'failed-stop', 'failed-probe', ...STOPPED], ofItsFirst]],
};

/** Pure. Puts each consequence right below its cause, if that is told too and is no less severe. */
export function underTheirCauses(items: readonly DiagnosisItem[]): readonly DiagnosisItem[] {
  const below = new Map<DiagnosisItem, DiagnosisItem[]>();
  const roots: DiagnosisItem[] = [];
  for (const each of items) {
    const cause = causeOf(each, items);
    if (cause === undefined) roots.push(each);
    else below.set(cause, [...(below.get(cause) ?? []), each]);
  }
  const told = (each: DiagnosisItem): readonly DiagnosisItem[] => [
    each,
    ...(below.get(each) ?? []).flatMap((under) =>
      told(under).map((one) => (one === under ? { ...one, causedBy: each.code } : one)),
    ),
  ];
  return roots.flatMap(told);
}

function causeOf(consequence: DiagnosisItem, items: readonly DiagnosisItem[]): DiagnosisItem | undefined {
  for (const [causes, links] of CONSEQUENCES[consequence.code] ?? []) {
    const cause = items.find(
      (each) => causes.includes(each.code) && each.severity === consequence.severity && links(each, consequence),
    );
    if (cause !== undefined) return cause;
  }
  return undefined;
}

function namesIn({ subject }: DiagnosisItem): readonly string[] {
  return subject.names.map(baseId);
}

function nodesIn(payload: DiagnosisItem['payload']): readonly string[] {
  return 'nodes' in payload ? payload.nodes : [];
}
