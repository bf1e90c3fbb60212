import { expect } from 'chai';
import type { Beside } from '../../../src/diagnosis/beside.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { type DiagnosisCode, SEVERITIES } from '../../../src/diagnosis/item.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { EMPTY_STATE } from '../../../src/model/cluster-state.js';
import { CASES } from './cases.js';
import {
  action,
  clone,
  db,
  device,
  down,
  failing,
  fencing,
  group,
  node,
  state,
  stopped,
  vip,
  withResources,
} from './states.js';

const codesOf = (of: ClusterState, beside?: Beside): readonly DiagnosisCode[] =>
  diagnose(of, beside).map(({ code }) => code);
const only = <C extends DiagnosisCode>(of: ClusterState, code: C) => {
  const found = diagnose(of).filter((each) => each.code === code);
  expect(found, `${code} among ${codesOf(of)}`).to.have.length(1);
  return found[0] as Extract<(typeof found)[number], { readonly code: C }>;
};

describe('what a state means', () => {
  for (const [code, { means, near, beside, nearBeside }] of Object.entries(CASES)) {
    it(`${code} is said where it holds, and not where it nearly does`, () => {
      expect(codesOf(means, beside)).to.include(code);
      expect(codesOf(near, nearBeside)).to.not.include(code);
    });
  }

  it('of a cluster that is well is all good', () => {
    expect(codesOf(state())).to.deep.equal(['dc', 'quorum', 'nodes-online', 'resources-running', 'daemons-fine']);
  });

  it('of nothing is nothing', () => {
    expect(diagnose(EMPTY_STATE)).to.deep.equal([]);
  });

  it('is ordered by severity', () => {
    const all: ClusterState = Object.assign({}, state(), ...Object.values(CASES).map(({ means }) => means));
    const ranks = diagnose(all).map(({ severity }) => SEVERITIES.indexOf(severity));
    expect(ranks).to.deep.equal(ranks.toSorted((a, b) => a - b));
  });

  it('says alike things once, of all they are true of', () => {
    const both = only(
      withResources(stopped({ id: 'x', disabled: true }), stopped({ id: 'y', disabled: true })),
      'stopped-disabled',
    );
    expect(both.subject.names).to.deep.equal(['x', 'y']);
  });

  describe('quorum', () => {
    it('counts members alone, and one that is still joining as there', () => {
      const nodes = [node('a'), node('b'), down('c', { pending: true }), node('r', { type: 'remote' })];
      expect(only(state({ nodes, counts: { nodes: 4 } }), 'quorum').payload).to.deep.include({
        members: 3,
        present: 3,
        spare: 1,
        others: true,
      });
    });

    it('says which of its cases a lack of it is', () => {
      const caseOf = (nodes: ClusterState['nodes']) =>
        only(state({ nodes, counts: {}, quorate: false }), 'no-quorum').payload.case;
      expect(caseOf([node('a'), down('b'), down('c')])).to.equal('below-majority');
      expect(caseOf([node('a'), down('b')])).to.equal('one-of-two');
      expect(caseOf([node('a'), node('b'), down('c')])).to.equal('despite-majority');
      expect(caseOf([node('a')])).to.equal('single');
      expect(caseOf([])).to.equal('uncounted');
    });

    it('lacks where only the warning of pacemaker says so', () => {
      const { quorate: _, ...silent } = state({
        warnings: ['Fencing and resource management disabled due to lack of quorum'],
      });
      expect(codesOf(silent)).to.include('no-quorum').and.not.include('warning-unexplained');
    });
  });

  describe('an unclean node', () => {
    const unclean = (more: Partial<ClusterState>) =>
      only(state({ nodes: [node('a'), down('c', { unclean: true })], counts: {}, ...more }), 'node-unclean').payload
        .why;

    it('is explained by the surest reason there is', () => {
      expect(unclean({ failedFencing: [fencing()], quorate: false })).to.equal('fencing-failed');
      expect(unclean({ fencingHistory: [fencing({ status: 'pending' }), fencing()] })).to.equal('fencing-pending');
      expect(unclean({ options: { stonithEnabled: false } })).to.equal('stonith-disabled');
      expect(unclean({ warnings: ['no stonith devices and stonith-enabled is not false'] })).to.equal('no-device');
      expect(unclean({ quorate: false })).to.equal('no-quorum');
      expect(unclean({})).to.equal('unknown');
    });
  });

  describe('fencing that failed', () => {
    const failedOf = (more: Partial<ClusterState>) =>
      only(state({ failedFencing: [fencing(), fencing()], ...more }), 'fencing-failed');

    it('is a problem while its node is unclean, and a warning once the node is there again', () => {
      expect(failedOf({ nodes: [node('a'), down('c', { unclean: true })] })).to.deep.include({ severity: 'problem' });
      expect(failedOf({}).severity).to.equal('warning');
      expect(failedOf({}).payload).to.deep.include({ times: 2, target: 'online' });
    });

    it('of something that is no node says so', () => {
      expect(failedOf({ failedFencing: [fencing({ target: 'my_apc' })] }).payload.target).to.equal('no-node');
    });

    it('is over where a later attempt succeeded', () => {
      const fencingHistory = [fencing({ status: 'success', at: '2' }), fencing({ at: '1' })];
      const nodes = [node('a'), node('b'), down('c')];
      expect(only(state({ nodes, fencingHistory }), 'fencing-failed').severity).to.equal('warning');
      expect(only(state({ nodes, fencingHistory }), 'node-offline').payload.fencedAt).to.equal('2');
    });

    it('is not counted twice where the history prints it again', () => {
      const same = fencing({ at: 'Tue Sep  3 14:12:23 2024' });
      expect(only(state({ failedFencing: [same], fencingHistory: [same] }), 'fencing-failed').payload.times).to.equal(
        1,
      );
    });
  });

  describe('a failed action', () => {
    it('that its resource got over is a warning, and otherwise a problem', () => {
      expect(only(failing(action()), 'failed-monitor')).to.deep.include({ severity: 'warning' });
      const once = (resource: Parameters<typeof vip>[0]) =>
        only({ ...failing(action()), resources: [vip(resource)] }, 'failed-monitor');
      expect(once({ nodes: ['b'] }).payload.now).to.equal('runs-elsewhere');
      expect(once({ failed: true, role: 'Unknown' })).to.deep.include({ severity: 'problem' });
      expect(once({ blocked: true, failed: true }).payload.now).to.equal('blocked');
      expect(once({ role: 'Stopped', nodes: [] })).to.deep.include({ severity: 'problem' });
      expect(once({ role: 'Stopped', nodes: [], disabled: true })).to.deep.include({ severity: 'warning' });
    });

    it('is of an instance, whose number stands in its key', () => {
      const instances = [db({ id: 'db:0', role: 'Unpromoted' }), db({ id: 'db:1', role: 'Promoted', nodes: ['b'] })];
      const facts = only(
        { ...withResources(clone(instances)), failedActions: [action({ resource: 'db:0' })] },
        'failed-monitor',
      );
      expect(facts.payload).to.deep.include({ now: 'runs', agent: 'ocf:heartbeat:pgsql', agentKind: 'database' });
    });

    it('of a remote connection is known by its node’s name', () => {
      const nodes = [node('a'), down('r1', { type: 'remote' })];
      const facts = only(state({ nodes, failedActions: [action({ resource: 'r1', exitCode: 1 })] }), 'failed-monitor');
      expect(facts).to.deep.include({ severity: 'problem' });
      expect(facts.payload.agentKind).to.equal('remote');
    });

    it('carries what a fail count says, and whether fencing can answer a stop', () => {
      const failCounts = [{ node: 'a', resource: 'vip', failCount: 1_000_000, migrationThreshold: 3 }];
      const facts = only(
        { ...failing(action({ operation: 'stop' })), failCounts, options: { stonithEnabled: true } },
        'failed-stop',
      );
      expect(facts.payload).to.deep.include({ failCount: 1_000_000, threshold: 3, fencing: 'on' });
    });
  });

  describe('a resource on a node that is offline', () => {
    const keptOn = (first: ClusterState['nodes'][number], more: Parameters<typeof vip>[0] = {}) =>
      only(state({ nodes: [first, node('b'), node('c')], resources: [vip(more), device()] }), 'on-offline-node').payload
        .as;

    it('is provided by nobody, unless it is unmanaged or the node is remote: then nobody knows', () => {
      expect(keptOn(down('a'))).to.equal('managed');
      expect(keptOn(down('a'), { managed: false })).to.equal('unmanaged');
      expect(keptOn(down('a', { type: 'remote' }))).to.equal('remote');
    });
  });

  describe('a failed resource', () => {
    const toldOf = (...failedActions: readonly ReturnType<typeof action>[]) =>
      only(state({ resources: [vip({ failed: true, role: 'Unknown' })], failedActions }), 'resource-failed').payload
        .told;

    it('is said to wait after a failed stop, and to have no known reason where none is printed', () => {
      expect(toldOf()).to.equal('nothing');
      expect(toldOf(action())).to.equal('operation');
      expect(toldOf(action({ operation: 'stop' }))).to.equal('stop');
      expect(toldOf(action({ operation: 'stop', node: 'b' }))).to.equal('operation');
    });
  });

  describe('a guest node that is offline', () => {
    const guest = down('g', { type: 'guest', host: 'vm' });
    const machine = vip({ id: 'vm', agent: 'ocf:heartbeat:VirtualDomain', role: 'Stopped', nodes: [] });

    it('is a problem, unless the machine is disabled', () => {
      const severityWith = (disabled: boolean) =>
        only(state({ nodes: [node('a'), guest], resources: [{ ...machine, disabled }], counts: {} }), 'node-offline')
          .severity;
      expect([severityWith(false), severityWith(true)]).to.deep.equal(['problem', 'note']);
    });

    it('in a bundle is told with its replica', () => {
      const of = CASES['replica-down'].means;
      const nodes = [node('a'), down('httpd-bundle-1', { type: 'guest' })];
      expect(codesOf({ ...of, nodes }))
        .to.include('replica-down')
        .and.not.include('node-offline');
    });
  });

  describe('what is stopped', () => {
    it('in a group is explained by the first member, and the rest wait for it', () => {
      const whole = withResources(group(stopped({ id: 'ip' }), stopped({ id: 'fs' }), stopped({ id: 'site' })));
      expect(only(whole, 'stopped-unexplained').subject.names).to.deep.equal(['ip']);
      expect(only(whole, 'stopped-behind').subject.names).to.deep.equal(['fs', 'site']);
    });

    it('in a group that runs in part names the first that is down, failed or stopped', () => {
      const failed = withResources(
        group(vip({ id: 'ip' }), vip({ id: 'fs', failed: true, role: 'Unknown' }), stopped({ id: 'site' })),
      );
      expect(only(failed, 'group-partial').payload).to.deep.include({
        first: 'fs',
        firstIs: 'failed',
        down: ['fs', 'site'],
      });
      expect(codesOf(failed)).to.not.include('stopped-unexplained');
    });

    it('as a whole clone goes by the clone’s name, and by a failure of any instance', () => {
      const none = {
        ...withResources(clone([db({ role: 'Stopped', nodes: [] })])),
        failedActions: [action({ resource: 'db', operation: 'start' })],
      };
      expect(only(none, 'stopped-after-failure').subject.names).to.deep.equal(['db-clone']);
    });

    it('after a probe that failed says what it said, where no failed action does', () => {
      const probed = withResources(stopped({ probe: 'not installed' }));
      expect(only(probed, 'stopped-after-failure').payload).to.deep.equal({
        nodes: [],
        operation: 'probe',
        reported: 'not installed',
        everywhere: false,
      });
      const failed = { ...probed, failedActions: [action({ operation: 'start' })] };
      expect(only(failed, 'stopped-after-failure').payload).to.not.have.property('said');
    });

    it('after a failure on several nodes names them all', () => {
      const failedActions = ['a', 'b'].map((name) => action({ operation: 'start', node: name }));
      const failed = { ...withResources(stopped(), device()), failedActions };
      expect(only(failed, 'stopped-after-failure').payload.nodes).to.deep.equal(['a', 'b']);
    });

    it('although fencing is on and the XML shows no device is for want of one', () => {
      const xml = state({ options: { stonithEnabled: true }, resources: [stopped()], counts: {} });
      expect(codesOf(xml)).to.include('no-stonith-device').and.include('stopped-no-device');
      expect(codesOf({ ...xml, resources: [stopped(), device()] })).to.not.include('no-stonith-device');
    });

    it('is nothing in a cluster without resources, which XML only counts', () => {
      const xml = state({ resources: [], counts: { resources: 0 }, printed: ['summary', 'nodes'] });
      expect(codesOf(xml)).to.include('no-resources').and.not.include('part-missing');
      expect(codesOf({ ...xml, options: { stonithEnabled: true } })).to.include('no-stonith-device');
    });
  });

  describe('SAP HANA', () => {
    it('is judged by the attributes of its agents', () => {
      const troubleOf = (name: string, value: string) =>
        only(state({ attributes: [{ node: 'b', name, value }] }), 'sap-hana').payload.trouble;
      expect(troubleOf('hana_ha1_site_srHook_WDF', 'SFAIL')).to.equal('not-in-sync');
      expect(troubleOf('hana_ha1_roles', '1:P:master1::worker:')).to.equal('down');
      expect(troubleOf('hana_ha1_clone_state', 'WAITING4PRIM')).to.equal('waiting');
      expect(troubleOf('hana_ha1_clone_state', 'UNDEFINED')).to.equal('waiting');
    });
  });

  describe('a clone', () => {
    it('that is not where it failed is a problem, and elsewhere a warning', () => {
      const resources = [clone([db(), db({ role: 'Stopped', nodes: [] })], { stoppedOn: ['b'] })];
      const failed = state({ resources, failedActions: [action({ resource: 'db', node: 'b', operation: 'start' })] });
      expect(only(failed, 'clone-stopped-on')).to.deep.include({ severity: 'problem' });
      expect(only(state({ resources }), 'clone-stopped-on')).to.deep.include({ severity: 'warning' });
    });

    it('whose stopped instances name no node, as in XML, lacks the members it is not on', () => {
      const resources = [clone([db({ nodes: ['a'] }), db({ nodes: ['b'] }), db({ role: 'Stopped', nodes: [] })])];
      expect(only(state({ resources }), 'clone-stopped-on').payload.nodes).to.deep.equal(['c']);
    });

    it('with a failed instance may have its Promoted one there', () => {
      const instances = [db({ role: 'Unpromoted' }), db({ role: 'Unknown', failed: true, nodes: ['b'] })];
      expect(codesOf(withResources(clone(instances, { promotable: true })))).to.not.include('clone-without-promoted');
    });
  });
});
