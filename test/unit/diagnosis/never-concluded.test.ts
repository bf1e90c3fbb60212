import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { explain } from '../../../src/diagnosis/explain.js';
import { type DiagnosisCode, SEVERITIES } from '../../../src/diagnosis/item.js';
import { summaryOf } from '../../../src/diagnosis/summary.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { action, clone, db, device, down, failing, group, node, state, stopped, vip, withResources } from './states.js';

const DOC = readFileSync(resolve(import.meta.dirname, '../../../docs/status.md'), 'utf8');

const codesOf = (of: ClusterState): readonly DiagnosisCode[] => diagnose(of).map(({ code }) => code);
const textOf = (of: ClusterState, ...codes: readonly DiagnosisCode[]): string =>
  diagnose(of)
    .filter(({ code }) => codes.length === 0 || codes.includes(code))
    .map((each) => explain(each, 'en'))
    .map(({ title, means, cause = '' }) => `${title} ${means} ${cause}`)
    .join('\n');
const factsOf = (of: ClusterState): string => summaryOf(of, diagnose(of)).facts.en;

const probe = (name: string) => action({ operation: 'monitor', intervalMs: 0, exitCode: 6, node: name });
const failedOnBoth = vip({ failed: true, role: 'Unknown', nodes: ['a', 'b'] });
const uncleanMember = state({ nodes: [node('a', { unclean: true }), node('b')], counts: {} });
const partly = { request: 'crm_mon --output-as=xml --resource=vip', options: { stonithEnabled: true } } as const;

/** Each line of the list in docs/status.md, and what shows that it holds. */
const NEVER: Readonly<Record<string, () => void>> = {
  'that a resource runs on a node because a probe failed there, or a stop that was not configured': () => {
    const stop = (name: string) => action({ operation: 'stop', exitCode: 6, node: name });
    for (const failedActions of [
      [probe('a'), probe('b')],
      [stop('a'), stop('b')],
      [stop('a'), probe('b')],
    ])
      expect(codesOf(state({ resources: [failedOnBoth], failedActions }))).to.not.include('multiply-active');
    expect(codesOf(state({ resources: [vip({ nodes: ['a', 'b'] })] }))).to.include('multiply-active');
  },
  "that a resource runs on a node that is unclean, offline or none of the cluster's": () => {
    for (const first of [down('a', { unclean: true }), node('a', { unclean: true }), down('a'), node('z')]) {
      const nodes = [first, node('b'), node('c')];
      expect(factsOf(state({ nodes }))).to.include('1 of 2 resource instances running');
      expect(textOf(state({ nodes }), 'resources-running')).to.not.include('All');
    }
  },
  'that a name which no list of nodes holds is a guest node, or that it is lost': () => {
    const elsewhere = (counted: number) => state({ resources: [vip({ nodes: ['x'] })], counts: { nodes: counted } });
    for (const counted of [3, 4])
      expect(textOf(elsewhere(counted), 'node-unlisted')).to.not.match(/is a guest|this is a virtual|lost/);
  },
  'that nodes are missing from a list, or lines from the output, because fewer nodes are listed than counted': () => {
    const fewer = state({ counts: { nodes: 5 } });
    expect(textOf(fewer, 'nodes-not-listed')).to.match(/may be guest nodes .* or lines/);
    expect(codesOf(fewer)).to.not.include('cut-off');
  },
  'that a node which is UNCLEAN and still a member answers': () => {
    expect(textOf(uncleanMember, 'node-unclean'))
      .to.include('or it has just died')
      .and.not.match(/answers/);
  },
  'that nothing will fence a node: the watchdog of sbd is not printed': () => {
    const alone = state({
      nodes: [node('a'), down('c', { unclean: true })],
      resources: [vip()],
      counts: { resources: 1 },
    });
    expect(textOf(alone, 'node-unclean')).to.include('unless sbd’s watchdog does');
  },
  'that there is no fence device, from a list that is not whole': () => {
    const unlisted = { resources: [stopped()], counts: { resources: 3 } };
    expect(codesOf(state(unlisted)))
      .to.not.include('stopped-no-device-listed')
      .and.not.include('no-stonith-device');
    const unclean = state({ ...unlisted, nodes: [node('a'), down('c', { unclean: true })] });
    expect(diagnose(unclean).find(({ code }) => code === 'node-unclean')?.payload).to.include({ why: 'unknown' });
  },
  'anything of what a filter left out: fence devices, members of a group, instances, promoted ones': () => {
    const promotable = clone([db({ role: 'Unpromoted' })], { promotable: true });
    const parts = { ...partly, counts: { resources: 9 } };
    for (const resources of [[stopped()], [promotable], [{ ...group(vip()), notPrinted: 2 }]]) {
      const said = codesOf(state({ ...parts, resources }));
      for (const code of ['no-stonith-device', 'clone-without-promoted', 'group-inactive', 'not-listed'] as const)
        expect(said).to.include('only-selected').and.not.include(code);
    }
  },
  'why a partition has quorum without a majority': () => {
    const nodes = [node('a'), down('b'), down('c')];
    expect(textOf(state({ nodes }), 'quorum-by-other-rules')).to.include('does not say why');
  },
  'how many members may be lost, where the DC is listed as offline or a counted node is not listed': () => {
    const offline = codesOf(state({ nodes: [down('a'), node('b'), node('c')] }));
    expect(offline.filter((code) => code.startsWith('quorum'))).to.deep.equal([]);
    const fewer = codesOf(state({ counts: { nodes: 5 } }));
    expect(fewer.filter((code) => code.startsWith('quorum'))).to.deep.equal(['quorum-uncounted']);
  },
  'that the DC is well because it is the DC': () => {
    const dcs = diagnose(uncleanMember).filter(({ code }) => code === 'dc');
    expect(dcs.map(({ severity }) => severity)).to.deep.equal(['note']);
  },
  'that a failure on one node happened on another': () => {
    const instances = [db({ blocked: true, failed: true }), db({ blocked: true, failed: true, nodes: ['b'] })];
    const failedActions = [action({ resource: 'db', operation: 'stop' })];
    const blocked = diagnose({ ...withResources(clone(instances)), failedActions }).filter(
      ({ code }) => code === 'resource-blocked',
    );
    expect(blocked.map(({ payload }) => payload)).to.deep.equal([
      { nodes: ['a'], stopFailed: true },
      { nodes: ['b'], stopFailed: false },
    ]);
  },
  'why no other node takes a failed resource over, or that there is one': () => {
    const failed = { ...failing(action({ operation: 'start' })), resources: [stopped(), device()] };
    expect(textOf(failed, 'stopped-after-failure'))
      .to.include('not shown here')
      .and.not.match(/failed there too/);
    const alone = textOf({ ...failed, nodes: [node('a')] }, 'stopped-after-failure');
    expect(alone).to.include('No other node is available').and.not.include('take it over');
    const unlisted = textOf({ ...failed, nodes: [] }, 'stopped-after-failure');
    expect(unlisted).to.not.match(/other node|take it over/);
  },
  'that a program crashed because its start returned "not running"': () => {
    expect(textOf(failing(action({ operation: 'start' })), 'failed-start')).to.not.match(/It died|was stopped outside/);
    expect(textOf(failing(action()), 'failed-monitor')).to.be.a('string');
  },
  'what is usual for an agent, where the agent gives its reason': () => {
    const start = (more: object) => failing(action({ operation: 'start', exitCode: 1, exitStatus: 'error', ...more }));
    expect(textOf(start({}), 'failed-start')).to.include('The interface is down');
    expect(textOf(start({ reason: 'label too long' }), 'failed-start')).to.not.include('The interface is down');
  },
  'that a clone’s failure on one node kept it from another': () => {
    const resources = [clone([db()], { stoppedOn: ['b', 'c'] })];
    const failedActions = [action({ resource: 'db', node: 'b', operation: 'start' })];
    const missing = diagnose(state({ resources, failedActions })).filter(({ code }) => code === 'clone-stopped-on');
    expect(missing.map(({ payload }) => payload)).to.deep.equal([
      { nodes: ['b'], failed: true },
      { nodes: ['c'], failed: false },
    ]);
  },
  'that remote and guest nodes are members': () => {
    const nodes = [node('a'), node('r', { type: 'remote' })];
    const online = diagnose(state({ nodes, counts: {} })).filter(({ code }) => code === 'nodes-online');
    expect(online.map(({ subject, payload }) => [subject.names, payload])).to.deep.equal([
      [['a'], { members: true }],
      [['r'], { members: false }],
    ]);
  },
  'why a resource is stopped, where nothing in the output keeps it from running': () => {
    expect(codesOf(withResources(stopped(), device()))).to.include('stopped-unexplained');
  },
  'that all is well in a part that is not printed': () => {
    const found = diagnose(state({ printed: ['summary', 'nodes', 'resources'] }));
    expect(found.find(({ code }) => code === 'not-printed')?.payload).to.deep.equal({
      parts: ['fencing', 'fail-counts', 'daemons'],
    });
    expect(SEVERITIES).to.include(found.find(({ code }) => code === 'not-printed')?.severity);
  },
};

describe('halab never concludes', () => {
  for (const [sentence, holds] of Object.entries(NEVER)) it(sentence, holds);

  it('more than the list in docs/status.md says, nor less', () => {
    const [, list = ''] = /halab never concludes\n\n((?:- .*\n)+)/.exec(DOC) ?? [];
    const lines = list
      .trim()
      .split('\n')
      .map((line) => line.slice(2).replace(/[;.]$/, ''));
    const plain = (text: string) => text.replaceAll('’', "'");
    expect(lines.map(plain)).to.deep.equal(Object.keys(NEVER).map(plain));
  });
});
