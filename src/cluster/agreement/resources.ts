import type { ClusterState, ResourceFlags } from '../../model/cluster-state.js';
import { groupBy } from '../../model/group-by.js';
import { instancesOf } from '../../model/resource-tree.js';
import {
  asTextPrints,
  disagreement,
  type Placement,
  type Placements,
  placementsOf,
  type Sighting,
} from './placements.js';

/** Compares the resources where both formats list them: places, roles and flags. */
export function resourceDisagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  if (!listsResources(text) || !listsResources(xml)) return [];
  const formats = {
    text: placementsOf(text),
    xml: placementsOf({ resources: asTextPrints(xml.resources, text.resources) }),
  };
  const paths = new Set([...formats.text.byPath.keys(), ...formats.xml.byPath.keys()]);
  const moved = movedAmong(formats.text, formats.xml);
  const mayMiss = leftOutBy(text, formats.text, xml);
  return [
    ...containerDisagreements(formats.text, formats.xml),
    ...moved.lines,
    ...[...paths].flatMap((path) => {
      const inText = formats.text.byPath.get(path);
      const inXml = formats.xml.byPath.get(path);
      if (moved.paths.has(path)) return [];
      if (inText?.group !== undefined && inXml) {
        return memberDifferences(inText, inXml, formats.text.detailed.get(inText.group) ?? new Set());
      }
      if (inText && inXml) return sharedDifferences(inText, inXml);
      if (inText) return xml.truncated.length > 0 ? [] : [disagreement(path, worded(inText), 'nothing of it')];
      return inXml && !mayMiss(inXml) ? [disagreement(path, 'nothing of it', worded(inXml))] : [];
    }),
  ];
}

function listsResources({ resources, printed }: ClusterState): boolean {
  return resources.length > 0 || printed.includes('resources');
}

/** Whether the text may leave out a resource that the XML lists. */
function leftOutBy(text: ClusterState, { containers }: Placements, xml: ClusterState): (inXml: Placement) => boolean {
  const listsStopped = namesAllStopped(text);
  // Resources on a node that left the cluster in order are no longer active (native_active in `lib/pengine/native.c`).
  const gone = new Set(xml.nodes.filter(({ online, unclean }) => !online && !unclean).map(({ name }) => name));
  return ({ path, group, active }) => {
    const around = containers.get(path.split('/')[0] ?? '');
    if (group !== undefined || around?.counts || text.truncated.length > 0) return true;
    if (active.size === 0 && around?.kind.endsWith('clone')) return true;
    return !listsStopped && [...active.keys()].every((node) => gone.has(node));
  };
}

/**
 * `Active resources:` leaves out stopped resources, so that a resource without active instances shows that the list is full.
 * Both lists print stopped instances among active ones. A bundle whose containers run counts as active even while nothing
 * runs in them.
 */
function namesAllStopped({ resources }: ClusterState): boolean {
  return resources.some((resource) => {
    if (resource.kind === 'bundle') return false;
    const instances = instancesOf({ resources: [resource] });
    return instances.length > 0 && instances.every(({ role }) => role === 'Stopped');
  });
}

function sharedDifferences(text: Placement, xml: Placement): readonly string[] {
  if (!samePlaces(text, xml)) return [disagreement(text.path, worded(text), worded(xml))];
  const places = [...text.active.keys()];
  return [
    ...places.flatMap((node) => flagLines(text.path, text.active.get(node), xml.active.get(node))),
    ...(places.length === 0 ? flagLines(text.path, text.stopped, xml.stopped) : []),
  ];
}

function samePlaces({ active: text }: Placement, { active: xml }: Placement): boolean {
  return text.size === xml.size && [...text].every(([node, sightings]) => sameRoles(sightings, xml.get(node) ?? []));
}

/** The text may print `FAILED` in place of the role. */
function sameRoles(text: readonly Sighting[], xml: readonly Sighting[]): boolean {
  if (text.length !== xml.length) return false;
  if ([...text, ...xml].some(({ role }) => role === 'Unknown')) return true;
  return rolesOf(text) === rolesOf(xml);
}

function rolesOf(sightings: readonly Sighting[]): string {
  return sightings
    .map(({ role }) => role)
    .sort()
    .join(' ');
}

/** Text prints the members of a cloned group only on nodes where not all are active; elsewhere it prints a summary line. */
function memberDifferences(text: Placement, xml: Placement, printed: ReadonlySet<string>): readonly string[] {
  const there = ({ active }: Placement) => new Map([...active].filter(([node]) => printed.has(node)));
  return sharedDifferences({ ...text, active: there(text) }, { ...xml, active: there(xml) });
}

type Flag = 'failed' | 'blocked' | 'disabled' | 'orphaned';
const FLAGS: readonly Flag[] = ['failed', 'blocked', 'disabled', 'orphaned'];

function flagLines(path: string, text: readonly Sighting[] = [], xml: readonly Sighting[] = []): readonly string[] {
  const inText = mergedFlags(text);
  const inXml = mergedFlags(xml);
  if (inText === undefined || inXml === undefined) return [];
  return [
    ...FLAGS.filter((flag) => inText[flag] !== inXml[flag] && !isUnprintedBlock(flag, inXml)).map((flag) =>
      disagreement(path, inText[flag] ? flag : `not ${flag}`, inXml[flag] ? flag : `not ${flag}`),
    ),
    ...managedLines(path, inText, inXml),
  ];
}

/** 1.1.16 and older have no `blocked` in their XML: a resource that is blocked there is failed and not managed. */
function isUnprintedBlock(flag: Flag, xml: ResourceFlags): boolean {
  return flag === 'blocked' && xml.failed && !xml.managed;
}

/** `blocked` and `maintenance` are printed in place of `unmanaged` (pcmk__native_output_string in `lib/pengine/native.c`). */
function managedLines(path: string, text: ResourceFlags, xml: ResourceFlags): readonly string[] {
  if (text.managed === xml.managed || text.blocked || text.maintenance) return [];
  const word = ({ managed }: ResourceFlags) => (managed ? 'managed' : 'unmanaged');
  return [disagreement(path, word(text), word(xml))];
}

/** `undefined` where one of the lines prints no flags. */
function mergedFlags(sightings: readonly Sighting[]): ResourceFlags | undefined {
  const flags = sightings.map((each) => each.flags);
  if (flags.length === 0 || flags.includes(undefined)) return undefined;
  const any = (flag: Flag) => flags.some((each) => each?.[flag]);
  return {
    managed: flags.every((each) => each?.managed),
    failed: any('failed'),
    blocked: any('blocked'),
    disabled: any('disabled'),
    orphaned: any('orphaned'),
    maintenance: flags.some((each) => each?.maintenance),
  };
}

function containerDisagreements(text: Placements, xml: Placements): readonly string[] {
  return [...text.containers].flatMap(([id, inText]) => {
    const inXml = xml.containers.get(id);
    if (inXml === undefined) return [];
    if (inText.kind !== inXml.kind) return [disagreement(id, `a ${inText.kind}`, `a ${inXml.kind}`)];
    return managedLines(id, inText.flags, inXml.flags);
  });
}

/** Resources that both formats list, but in different containers. */
function movedAmong(text: Placements, xml: Placements): { lines: readonly string[]; paths: ReadonlySet<string> } {
  const left = new Map(
    [...xml.byPath.values()].filter(({ path }) => !text.byPath.has(path)).map((each) => [each.id, each]),
  );
  const pairs = [...text.byPath.values()].flatMap((inText) => {
    const inXml = xml.byPath.has(inText.path) ? undefined : left.get(inText.id);
    return inXml === undefined ? [] : [{ inText, inXml }];
  });
  return {
    lines: pairs.map(({ inText, inXml }) => disagreement(inText.id, containersOf(inText), containersOf(inXml))),
    paths: new Set(pairs.flatMap(({ inText, inXml }) => [inText.path, inXml.path])),
  };
}

function containersOf({ path, id }: Placement): string {
  return path === id ? 'in nothing' : `in ${path.slice(0, -id.length - 1)}`;
}

/** `Started on a, b; Stopped`. */
function worded({ active, stopped }: Placement): string {
  const seen = [...active].flatMap(([node, sightings]) => sightings.map(({ role }) => ({ role, node })));
  const places = [...groupBy(seen, ({ role }) => role)].map(([role, there]) => {
    const nodes = there.map(({ node }) => node).sort();
    return `${role === 'Unknown' ? 'active' : role} on ${nodes.join(', ')}`;
  });
  if (places.length > 0) return places.sort().join('; ');
  return stopped.length > 0 ? 'Stopped' : 'nothing of it';
}
