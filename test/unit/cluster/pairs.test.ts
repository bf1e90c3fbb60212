import { expect } from 'chai';
import { disagreements } from '../../../src/cluster/agreement.js';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import { parseCrmMonXml } from '../../../src/cluster/status-xml.js';
import type { ClusterState, Group, NodeState, Primitive, Resource } from '../../../src/model/cluster-state.js';
import { baseId, instancesOf } from '../../../src/model/resource-tree.js';
import { fixture } from './fixture.js';

interface Entry {
  readonly file: string;
  readonly options: string;
  /** XML of the same cluster, printed with the same filters, and without any. */
  readonly pair?: { readonly same_filter?: string; readonly full_state?: string } | null;
}

const INDEX = JSON.parse(fixture('crm_mon/index.json')) as readonly Entry[];

const textIn = (file: string): ClusterState => parseStatusText(fixture(`crm_mon/${file}`));

function xmlIn(file: string): ClusterState {
  const { state } = parseCrmMonXml(fixture(`crm_mon/${file}`));
  if (state === undefined) throw new Error(`${file} holds no state`);
  return state;
}

/** `--brief` counts resources instead of naming them; `--group-by-node` names them without what they stand in. */
const isBrief = ({ options }: Entry): boolean => options.includes('--brief');
const isByNode = ({ options }: Entry): boolean => options.includes('--group-by-node');

/** FAILED stands where the role would. */
const roleOf = ({ failed, role }: Primitive): string => (failed ? 'FAILED' : role);

const isActive = ({ role, nodes }: Primitive): boolean => role !== 'Stopped' && nodes.length > 0;

const placesOf = (primitive: Primitive, name = baseId(primitive.id)): readonly string[] =>
  isActive(primitive) ? primitive.nodes.map((node) => `${name} ${roleOf(primitive)} on ${node}`) : [];

/** A cloned group's line stands for its members. */
const placesOfInstance = (instance: Primitive | Group, clone: string): readonly string[] =>
  instance.kind === 'primitive'
    ? placesOf(instance, clone)
    : [...new Set(instance.members.flatMap((member) => placesOf(member, clone)))];

/** What is active and where, as plainly as either format prints it. */
function placesIn(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'primitive':
      return placesOf(resource);
    case 'group':
      return resource.members.flatMap((member) => placesOf(member, `${resource.id}/${member.id}`));
    case 'clone':
      return resource.instances.flatMap((instance) => placesOfInstance(instance, resource.id));
    case 'bundle':
      return resource.replicas.flatMap(({ nodes }) => nodes.map((node) => `${resource.id} on ${node}`));
  }
}

const places = ({ resources }: ClusterState): readonly string[] => resources.flatMap(placesIn).sort();

/** Without regard to what they stand in. */
const loosePlaces = (state: ClusterState): readonly string[] =>
  instancesOf(state).flatMap((instance) => placesOf(instance));

const nodeLine = ({ name, type, online, standby, maintenance, pending, unclean }: NodeState): string =>
  JSON.stringify({ name, type, online, standby, maintenance, pending, unclean });

/** Text without details leaves out guests that are offline. */
const nodeLines = ({ nodes }: ClusterState): readonly string[] =>
  nodes
    .filter(({ type, online }) => online || type !== 'guest')
    .map(nodeLine)
    .sort();

describe('text and XML of one cluster, printed with the same filters', () => {
  for (const entry of INDEX) {
    const xmlFile = entry.pair?.same_filter;
    if (xmlFile === undefined) continue;
    it(`tell the same: ${entry.options}`, () => {
      const text = textIn(entry.file);
      const xml = xmlIn(xmlFile);
      expect(nodeLines(text)).to.deep.equal(nodeLines(xml));
      expect(text.dc?.name).to.equal(xml.dc?.name);
      if (isByNode(entry)) expect(loosePlaces(xml)).to.include.members(loosePlaces(text) as string[]);
      else if (isBrief(entry)) expect(places(xml)).to.include.members(places(text) as string[]);
      else expect(places(text)).to.deep.equal(places(xml));
      if (!isBrief(entry) && !isByNode(entry)) expect(disagreements(text, xml)).to.deep.equal([]);
    });
  }

  it('include outputs of each kind', () => {
    const paired = INDEX.filter(({ pair }) => pair?.same_filter !== undefined);
    expect(paired.length).to.be.greaterThan(20);
    expect(paired.filter(isBrief).length).to.be.greaterThan(2);
    expect(paired.filter(isByNode).length).to.be.greaterThan(2);
  });
});

describe('text of a part of a cluster and XML of all of it', () => {
  for (const entry of INDEX) {
    const xmlFile = entry.pair?.full_state;
    if (xmlFile === undefined) continue;
    it(`tell nothing different: ${entry.options}`, () => {
      const text = textIn(entry.file);
      const xml = xmlIn(xmlFile);
      expect(xml.nodes.map(nodeLine)).to.include.members(text.nodes.map(nodeLine));
      if (isByNode(entry)) expect(loosePlaces(xml)).to.include.members(loosePlaces(text) as string[]);
      else expect(places(xml)).to.include.members(places(text) as string[]);
      // One instance of a clone does not tell of the others.
      if (isByNode(entry) || /=[\w-]+:\d/.test(entry.options)) return;
      expect(disagreements(text, xml).filter((line) => !line.includes('pcs status says nothing of it'))).to.deep.equal(
        [],
      );
    });
  }
});
