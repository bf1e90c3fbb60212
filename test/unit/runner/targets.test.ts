import { expect } from 'chai';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import type { Target } from '../../../src/model/target.js';
import { roleText } from '../../../src/model/target.js';
import { resolveTarget } from '../../../src/runner/targets.js';
import { createMemoryBackend } from '../../support/memory-lab.js';
import { formWithVip, HOLDER, WAS_HOLDER } from '../../support/memory-run.js';

const other = (than: Target): Target => ({ kind: 'other', than });

async function viewOf(change: (state: ClusterState) => ClusterState = (state) => state) {
  const lab = createMemoryBackend();
  await lab.backend.up(lab.instance(), { onProgress: () => undefined });
  formWithVip(lab);
  const state = lab.world().viewOf('ha-host1');
  return {
    lab: lab.lab,
    recorded: new Map([['holder of vip', 'ha-host3']]),
    states: async () => (state ? [change(state)] : []),
    choose: ([first = '']: readonly string[]) => first,
  };
}

async function refusal(target: Target, change?: (state: ClusterState) => ClusterState): Promise<string> {
  const view = await viewOf(change);
  return resolveTarget(target, view).then(
    () => 'resolved',
    (error: Error) => error.message,
  );
}

describe('resolveTarget', () => {
  const CASES: readonly (readonly [string, Target, string])[] = [
    ['ha-host2', { kind: 'node', name: 'ha-host2' }, 'ha-host2'],
    ['storage', { kind: 'storage' }, 'iscsi-disks'],
    ['dc', { kind: 'dc', was: false }, 'ha-host1'],
    ['holder of vip', HOLDER, 'ha-host1'],
    ['was holder of vip', WAS_HOLDER, 'ha-host3'],
    ['any other than holder of vip', other(HOLDER), 'ha-host2'],
    ['any other than was holder of vip', other(WAS_HOLDER), 'ha-host1'],
  ];
  for (const [text, target, node] of CASES) {
    it(`{${text}} is ${node}`, async () => {
      expect(roleText(target)).to.equal(text);
      expect(await resolveTarget(target, await viewOf())).to.equal(node);
    });
  }

  it('takes the promoted instance for the holder', async () => {
    const view = await viewOf((state) => {
      const [vip] = state.resources;
      if (vip?.kind !== 'primitive') throw new Error('the world has no vip');
      return { ...state, resources: [vip, { ...vip, role: 'Promoted', nodes: ['ha-host2'] }] };
    });
    expect(await resolveTarget(HOLDER, view)).to.equal('ha-host2');
  });

  it('says why a role means nobody', async () => {
    expect(await refusal({ kind: 'all' })).to.contain('it means every node');
    expect(await refusal({ kind: 'dc', was: true })).to.equal(
      '{was dc} means no node: no earlier step has recorded it',
    );
    expect(await refusal({ kind: 'holder', resource: 'web', was: false })).to.contain('there is no resource web');
    expect(await refusal({ kind: 'node', name: 'ha-host9' })).to.contain("no node 'ha-host9'");
    const stopped = (state: ClusterState): ClusterState => ({
      ...state,
      resources: state.resources.flatMap((each) =>
        each.kind === 'primitive' ? { ...each, role: 'Stopped', nodes: [] } : [],
      ),
    });
    expect(await refusal(HOLDER, stopped)).to.contain('vip is Stopped');
    const alone = (state: ClusterState): ClusterState => ({
      ...state,
      nodes: state.nodes.map((node) => ({ ...node, online: node.name === 'ha-host1' })),
    });
    expect(await refusal(other(HOLDER), alone)).to.contain('no other node is online than ha-host1');
  });
});
