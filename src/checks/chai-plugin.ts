/**
 * What is expected of a cluster, for checks, for tests and for scripted scenarios alike:
 *
 *     use(clusterPlugin);
 *     expect(state).to.be.quorate;
 *     expect(state).to.have.dc('ha-host3');
 *     expect(state).to.have.node('ha-host1').that.is.offline;      // online, standby, maintenance, pending, unclean
 *     expect(state).to.have.resource('vip').startedOn('ha-host2'); // promotedOn, unpromotedOn, touching
 *     expect(state).to.have.resource('vip').that.is.stopped;       // started, promoted, unpromoted
 *     expect(state).to.have.noFailedActions;
 *
 * `node` and `resource` go on with what they found. Each fails with the part of the state that decides it.
 */
import type { ClusterState, NodeState } from '../model/cluster-state.js';
import { isPromoted, isStarted, isStopped, isUnpromoted, type ResourceView, touches, viewOf } from './resource-view.js';
import { describeInstances, describeNode, describeNodes, describeQuorum } from './state-wording.js';

declare global {
  namespace Chai {
    interface Assertion {
      /** Of a ClusterState: a partition with quorum. */
      readonly quorate: Assertion;
      readonly noFailedActions: Assertion;
      dc(name: string): Assertion;
      node(name: string): Assertion;
      resource(id: string): Assertion;
      /** Of a node. Online and offline are the plain ones: a node that is unclean or pending is neither. */
      readonly online: Assertion;
      readonly offline: Assertion;
      readonly standby: Assertion;
      readonly maintenance: Assertion;
      readonly pending: Assertion;
      readonly unclean: Assertion;
      /** Of a resource. Started means active and not failed, in whatever role. */
      readonly started: Assertion;
      readonly stopped: Assertion;
      readonly promoted: Assertion;
      readonly unpromoted: Assertion;
      startedOn(node: string): Assertion;
      promotedOn(node: string): Assertion;
      unpromotedOn(node: string): Assertion;
      /** Active there in whatever health; used negated. */
      touching(node: string): Assertion;
    }
  }
}

type NodeTest = (node: NodeState) => boolean;
type ResourceTest = (view: ResourceView, node?: string) => boolean;

const NODE_TESTS: Readonly<Record<string, NodeTest>> = {
  online: (node) => node.online && !node.unclean && !node.pending,
  offline: (node) => !node.online && !node.unclean && !node.pending,
  standby: (node) => node.standby,
  maintenance: (node) => node.maintenance,
  pending: (node) => node.pending,
  unclean: (node) => node.unclean,
};
const RESOURCE_TESTS: Readonly<Record<string, ResourceTest>> = {
  started: isStarted,
  stopped: isStopped,
  promoted: isPromoted,
  unpromoted: isUnpromoted,
};
const RESOURCE_TESTS_ON: Readonly<Record<string, readonly [string, ResourceTest]>> = {
  startedOn: ['started on', isStarted],
  promotedOn: ['promoted on', isPromoted],
  unpromotedOn: ['unpromoted on', isUnpromoted],
  touching: ['active on', (view, node) => touches(view, node ?? '')],
};

export const clusterPlugin: Chai.ChaiPlugin = (chai, utils) => {
  addStateAssertions(chai, utils);
  addSubjects(chai, utils);
  addNodeAssertions(chai, utils);
  addResourceAssertions(chai, utils);
};

function addStateAssertions({ Assertion }: Chai.ChaiStatic, utils: Chai.ChaiUtils): void {
  utils.addProperty(Assertion.prototype, 'quorate', function (this: Chai.AssertionStatic) {
    const state = this._obj as ClusterState;
    const seen = describeQuorum(state);
    this.assert(
      state.quorate === true,
      `expected a partition with quorum: ${seen}`,
      `expected no partition with quorum: ${seen}`,
    );
  });
  utils.addProperty(Assertion.prototype, 'noFailedActions', function (this: Chai.AssertionStatic) {
    const { failedActions } = this._obj as ClusterState;
    const none = failedActions.length === 0;
    this.assert(
      none,
      `expected no failed actions: ${failedActions.join('; ')}`,
      'expected failed actions: there are none',
    );
  });
  utils.addMethod(Assertion.prototype, 'dc', function (this: Chai.AssertionStatic, name: string) {
    const state = this._obj as ClusterState;
    const seen = describeQuorum(state);
    this.assert(
      state.dc?.name === name,
      `expected the DC to be ${name}: ${seen}`,
      `expected the DC not to be ${name}: ${seen}`,
    );
  });
}

function addSubjects({ Assertion }: Chai.ChaiStatic, utils: Chai.ChaiUtils): void {
  utils.addMethod(Assertion.prototype, 'node', function (this: Chai.AssertionStatic, name: string) {
    const state = this._obj as ClusterState;
    const node = state.nodes.find((candidate) => candidate.name === name);
    const seen = describeNodes(state);
    this.assert(
      node !== undefined,
      `expected the node ${name} to be known: ${seen}`,
      `expected no node ${name}: ${seen}`,
    );
    if (node !== undefined) utils.flag(this, 'object', node);
  });
  utils.addMethod(Assertion.prototype, 'resource', function (this: Chai.AssertionStatic, id: string) {
    const state = this._obj as ClusterState;
    const view = viewOf(state, id);
    const known = state.resources.map((resource) => resource.id).join(', ') || 'none';
    const found = view.instances.length > 0;
    this.assert(
      found,
      `expected a resource ${id}: known are ${known}`,
      `expected no resource ${id}: ${describeInstances(view.instances)}`,
    );
    if (found) utils.flag(this, 'object', view);
  });
}

function addNodeAssertions({ Assertion }: Chai.ChaiStatic, utils: Chai.ChaiUtils): void {
  for (const [word, test] of Object.entries(NODE_TESTS)) {
    utils.addProperty(Assertion.prototype, word, function (this: Chai.AssertionStatic) {
      const node = this._obj as NodeState;
      const seen = describeNode(node);
      this.assert(
        test(node),
        `expected ${node.name} to be ${word}: it is ${seen}`,
        `expected ${node.name} not to be ${word}: it is ${seen}`,
      );
    });
  }
}

function addResourceAssertions({ Assertion }: Chai.ChaiStatic, utils: Chai.ChaiUtils): void {
  for (const [word, test] of Object.entries(RESOURCE_TESTS)) {
    utils.addProperty(Assertion.prototype, word, function (this: Chai.AssertionStatic) {
      assertResource(this, word, test(this._obj as ResourceView));
    });
  }
  for (const [method, [words, test]] of Object.entries(RESOURCE_TESTS_ON)) {
    utils.addMethod(Assertion.prototype, method, function (this: Chai.AssertionStatic, node: string) {
      assertResource(this, `${words} ${node}`, test(this._obj as ResourceView, node));
    });
  }
}

function assertResource(assertion: Chai.AssertionStatic, words: string, holds: boolean): void {
  const view = assertion._obj as ResourceView;
  const seen = describeInstances(view.instances);
  assertion.assert(
    holds,
    `expected ${view.id} to be ${words}: ${seen}`,
    `expected ${view.id} not to be ${words}: ${seen}`,
  );
}
