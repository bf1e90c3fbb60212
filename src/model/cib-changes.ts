import type { Cib, CibConstraint, CibPrimitive, CibResource } from './cib.js';
import { scoreText } from './pacemaker-values.js';

/** One setting of a configuration; without `before` it was added, without `after` removed. */
export interface CibChange {
  /** `property stonith-enabled`, `vip ip`, `constraint cli-ban-vip-on-ha-host1`. */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

/** Pure. What differs between two configurations, by name; against nothing, everything is added. */
export function cibChangesBetween(before: Cib | undefined, after: Cib): readonly CibChange[] {
  const [old, now] = [before === undefined ? new Map<string, string>() : settingsOf(before), settingsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((what) => {
    const [was, is] = [old.get(what), now.get(what)];
    if (was === is) return [];
    return [{ what, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}

function settingsOf({ properties, resourceDefaults, nodes, resources, constraints }: Cib): Map<string, string> {
  return new Map([
    ...named('property', properties),
    ...named('default', resourceDefaults),
    ...nodes.flatMap(({ name, attributes }) => named(`node ${name}`, attributes)),
    ...resources.flatMap(resourceSettings),
    ...constraints.map((each): [string, string] => [`constraint ${each.id}`, constraintText(each)]),
  ]);
}

function named(owner: string, values: Readonly<Record<string, string>>): readonly [string, string][] {
  return Object.entries(values).map(([name, value]) => [`${owner} ${name}`, value]);
}

function resourceSettings(resource: CibResource): readonly [string, string][] {
  const { id, kind, meta } = resource;
  const own = named(`${id} meta`, meta);
  switch (kind) {
    case 'primitive':
      return primitiveSettings(resource);
    case 'group': {
      const { members } = resource;
      const list = members.map((member) => member.id).join(', ');
      return [[`group ${id}`, list], ...own, ...members.flatMap(primitiveSettings)];
    }
    case 'clone':
      return [[`clone ${id}`, resource.child.id], ...own, ...resourceSettings(resource.child)];
    case 'bundle': {
      const { primitive } = resource;
      return [[`bundle ${id}`, primitive?.id ?? ''], ...own, ...(primitive ? primitiveSettings(primitive) : [])];
    }
  }
}

function primitiveSettings({ id, agent, parameters, meta }: CibPrimitive): readonly [string, string][] {
  return [[`resource ${id}`, agent], ...named(id, parameters), ...named(`${id} meta`, meta)];
}

/** `location resource=vip node=ha-host2 score=-INFINITY`: its kind, and the rest by name. */
function constraintText({ id: _, kind, ...constraint }: CibConstraint): string {
  const rest = Object.entries(constraint).map(
    ([name, value]) => `${name}=${typeof value === 'number' ? scoreText(value) : value}`,
  );
  return [kind, ...rest].join(' ');
}

/** What a constraint, in the text of a change, keeps off which node for good; undefined for any other constraint. */
export function bannedIn(text: string): { readonly resource: string; readonly node: string } | undefined {
  const [kind, ...rest] = text.split(' ');
  const { resource, node, score } = Object.fromEntries(rest.map((each) => each.split('=')));
  if (kind !== 'location' || score !== '-INFINITY' || resource === undefined || node === undefined) return undefined;
  return { resource, node };
}
