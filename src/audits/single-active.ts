import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { Cib } from '../model/cib.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { type Configured, configuredIn, isFencingDevice, isSingle, lastCib } from './configured.js';
import { failed, listed, unique, unknown } from './finding.js';
import { partitionsOf } from './partitions.js';
import { contradictions, heldTwice, unreadTraces } from './single-active-by-nodes.js';
import { activeInstances, allViews, isOf, type View } from './views.js';

export const singleActive: AuditTable['single-active'] = {
  kind: 'single-active',
  holds: message('audit.single-active.holds'),
  reads: message('audit.single-active.reads'),
  judge,
};

function judge(input: AuditInput): readonly Finding[] {
  const { views, missing } = allViews(input);
  const cib = lastCib(input);
  if (cib === undefined) return views.length > 0 ? [...missing, noCib(views)] : missing;
  const singles = configuredIn(cib).filter(isSingle);
  return [
    ...singles.flatMap((single) => judgeOne(input, views, single, cib)),
    ...missing,
    ...unreadTraces(input, singles, cib),
  ];
}

function judgeOne(input: AuditInput, views: readonly View[], single: Configured, cib: Cib): readonly Finding[] {
  return [
    ...inOneView(views, single),
    ...acrossPartitions(input, views, single),
    ...heldTwice(input, single, cib),
    ...contradictions(input, views, single, cib),
  ];
}

/**
 * A fencing device is started elsewhere before its own node is fenced: it may be what that takes (Pacemaker Explained,
 * "Resource Meta-Attributes", requires: fencing devices default to quorum). On unclean nodes it does not count.
 */
function inOneView(views: readonly View[], { id, primitive }: Configured): readonly Finding[] {
  const tooMany = views.flatMap((view) => {
    const unclean = isFencingDevice(primitive.agent) ? uncleanIn(view) : [];
    const instance = activeInstances(view).find((each) => each.id === id);
    const nodes = instance?.nodes.filter((node) => !unclean.includes(node)) ?? [];
    return nodes.length < 2 || instance?.role === 'Migrating' ? [] : [{ by: view.node, nodes }];
  });
  const places = unique(tooMany.map(({ nodes }) => listed([...nodes].sort())));
  return places.map((place) => {
    const by = tooMany.filter(({ nodes }) => listed([...nodes].sort()) === place);
    const nodes = by.flatMap((each) => each.nodes);
    return failed([id, ...nodes], `${id} is active on ${place}, by the view of ${listed(by.map((each) => each.by))}`);
  });
}

/** A view counts for its own partition only; of the others it may be out of date. */
function acrossPartitions(
  { now }: AuditInput,
  views: readonly View[],
  { id, primitive }: Configured,
): readonly Finding[] {
  if (isFencingDevice(primitive.agent)) return [];
  const said = partitionsOf(now).flatMap(({ said: speakers, members }) => {
    const inside = views.filter(({ node }) => speakers.some((each) => each.node === node));
    const nodes = unique(inside.flatMap((view) => placesIn(view, id)).filter((node) => members.includes(node)));
    return nodes.length > 0 ? [{ nodes, by: inside.map(({ node }) => node) }] : [];
  });
  const nodes = unique(said.flatMap((each) => each.nodes));
  if (said.length < 2 || nodes.length < 2) return [];
  const words = said.map((each) => `on ${listed(each.nodes)} by the view of ${listed(each.by)}`);
  return [failed([id, ...nodes], `${id} is active in ${said.length} partitions: ${words.join('; ')}`)];
}

function uncleanIn({ status }: View): readonly string[] {
  return status.nodes.filter(({ unclean }) => unclean).map(({ name }) => name);
}

function placesIn(view: View, id: string): readonly string[] {
  return activeInstances(view).flatMap((instance) => (isOf(instance, id) ? instance.nodes : []));
}

function noCib(views: readonly View[]): Finding {
  const by = views.map(({ node }) => node);
  return unknown(by, `what is configured is not known: no CIB could be read on ${listed(by)}`);
}
