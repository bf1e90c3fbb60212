import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import type { Bundle, Clone, Resource } from '../../../src/model/cluster-state.js';
import { instancesOf } from '../../../src/model/resource-tree.js';

/** Reads a list of resources, and fails where a line is not understood. */
function read(lines: string, title = 'Full List of Resources:'): readonly Resource[] {
  const state = parseStatusText(`${title}\n${lines}\n`);
  expect(state.unparsed).to.deep.equal([]);
  return state.resources;
}

/** Every instance as `containers/id role nodes`. */
function instancesIn(resources: readonly Resource[]): readonly string[] {
  return instancesOf({ resources }).map(({ id, within, role, nodes }) =>
    [[...within, id].join('/'), role, ...nodes].join(' '),
  );
}

function cloneIn(lines: string): Clone | undefined {
  const [resource] = read(lines);
  return resource?.kind === 'clone' ? resource : undefined;
}

function bundleIn(lines: string): Bundle | undefined {
  const [resource] = read(lines);
  return resource?.kind === 'bundle' ? resource : undefined;
}

describe('clones of every release', () => {
  const headers: readonly (readonly [string, Partial<Clone>])[] = [
    ['Clone Set: c [p]', { promotable: false, unique: false, managed: true }],
    ['Clone Set: c [p] (unique) (unmanaged)', { unique: true, managed: false }],
    ['Master/Slave Set: c [p] (unmanaged)', { promotable: true, managed: false }],
    ['Clone Set: c [p] (promotable):', { promotable: true }],
    ['Clone Set: c [p] (promotable, unique, disabled):', { promotable: true, unique: true, disabled: true }],
    ['Clone Set: c [p] (maintenance):', { maintenance: true, managed: false }],
    ['Clone Set: c [p] (promotable) (the database (of the shop)):', { promotable: true, disabled: false }],
  ];
  for (const [header, expected] of headers) {
    it(`reads "${header}" (lib/pengine/clone.c, clone_print and clone_header)`, () => {
      const clone = cloneIn(` ${header}\n     Started: [ a ]`);
      expect(clone).to.include({ id: 'c', child: 'p', ...expected });
      const [instance] = instancesOf({ resources: clone === undefined ? [] : [clone] });
      expect(instance).to.deep.include({ id: 'p', nodes: ['a'], disabled: clone?.disabled, managed: clone?.managed });
    });
  }

  it('reads what is stopped by node, with its reason, and up to 1.1.8 by instance', () => {
    const clone = cloneIn(
      '  * Clone Set: c [p] (promotable):\n    * Masters: [ a ]\n    * Slaves (target-role): [ b ]\n    * Stopped (not installed): [ d ]\n    * Stopped (disabled): [ e f ]',
    );
    expect(clone?.stoppedOn).to.deep.equal(['d', 'e', 'f']);
    expect(clone?.instances.map(({ disabled }) => disabled)).to.deep.equal([false, false, false, true, true]);
    expect(instancesIn(clone === undefined ? [] : [clone])).to.deep.equal([
      'c/p Promoted a',
      'c/p Unpromoted b',
      'c/p Stopped',
      'c/p Stopped',
      'c/p Stopped',
    ]);
    const older = cloneIn(' Clone Set: c [p]\n     Started: [ p ]\n     Stopped: [ p:1 p:2 ]');
    expect(older?.stoppedOn).to.deep.equal([]);
    expect(instancesIn(older === undefined ? [] : [older])).to.deep.equal([
      'c/p Started p',
      'c/p:1 Stopped',
      'c/p:2 Stopped',
    ]);
  });

  it('reads single instances beside the summary, and groups inside a clone', () => {
    const resources = read(
      '  * Clone Set: c [g]:\n    * Resource Group: g:0 (unmanaged):\n      * x\t(lsb:x):\t Started a (unmanaged)\n      * y\t(lsb:y):\t FAILED a\n    * Started: [ b ]\n  * Clone Set: d [p]:\n    * p\t(lsb:p):\t Started a (UNCLEAN)\n    * Stopped: [ b ]\n  * z\t(lsb:z):\t Stopped',
    );
    expect(instancesIn(resources)).to.deep.equal([
      'c/g:0/x Started a',
      'c/g:0/y Unknown a',
      'c/g Started b',
      'd/p Started a',
      'd/p Stopped',
      'z Stopped',
    ]);
  });

  it('reads groups with what their brackets say (lib/pengine/group.c, group_header)', () => {
    const [group] = read(
      '  * Resource Group: g (2 members inactive, disabled) (the shop):\n    * x\t(lsb:x):\t Started a',
      'Active Resources:',
    );
    expect(group).to.include({ id: 'g', notPrinted: 2, disabled: true, managed: true });
    expect(read(' Resource Group: g (unmanaged)\n     x\t(lsb:x):\tStopped')[0]).to.include({ managed: false });
  });

  it('knows members by their indentation, be it a tab or spaces', () => {
    const lines = 'Resource Group: g\n\tx\t(lsb:x):\tStarted a\n\ty\t(lsb:y):\tStarted a\nz\t(lsb:z):\tStarted a';
    const expected = ['g/x Started a', 'g/y Started a', 'z Started a'];
    expect(instancesIn(read(lines))).to.deep.equal(expected);
    expect(instancesIn(read(lines.replaceAll('\n\t', '\n        ')))).to.deep.equal(expected);
  });

  it('knows members by their names where indentation was lost', () => {
    const resources = read(
      'Clone Set: c [p]\nStarted: [ a ]\np (lsb:p): FAILED b\nvip (lsb:v): Started a\nClone Set: d [g] (unmanaged)\nResource Group: g:0\nx (lsb:x): Started a\nContainer bundle set: b [i]\nb-0 (10.0.0.1) (lsb:w): Started a\nfree (lsb:f): Started b\nContainer bundle set: e [i]\nReplica[0]\ne-ip-10.0.0.2 (lsb:ip): Started a\nw (lsb:w): Started e-0\ne-docker-0 (ocf::heartbeat:docker): Started a\ne-0 (ocf::pacemaker:remote): Started a\nlast (lsb:l): Started b\nContainer bundle: o [i]\no-ip-10.0.0.3 (lsb:ip): Started a\nw (lsb:w): Started o-0\no-docker-0 (ocf::heartbeat:docker): Started a\nend (lsb:l): Started b',
    );
    expect(instancesIn(resources)).to.deep.equal([
      'c/p Started a',
      'c/p Unknown b',
      'vip Started a',
      'd/g:0/x Started a',
      'b/b-0 Started a',
      'free Started b',
      'e/e-ip-10.0.0.2 Started a',
      'e/w Started e-0',
      'e/e-docker-0 Started a',
      'e/e-0 Started a',
      'last Started b',
      'o/o-ip-10.0.0.3 Started a',
      'o/w Started o-0',
      'o/o-docker-0 Started a',
      'end Started b',
    ]);
  });

  it('says that nothing is there in the words of every release', () => {
    for (const note of ['No resources', 'No active resources', '  * No inactive resources']) {
      expect(read(note)).to.deep.equal([]);
      expect(parseStatusText(`${note}\n`).printed, note).to.include('resources');
    }
  });
});

describe('bundles of every release', () => {
  it('reads the short form of 1.1.17, 1.1.18 and 2.0 (lib/pengine/container.c, bundle.c)', () => {
    for (const [header, technology] of [
      ['Docker container set: b [192.168.24.1:8787/rhosp/httpd:pcmk] (unique)', 'docker'],
      ['podman container set: b [192.168.24.1:8787/rhosp/httpd:pcmk] (unique)', 'podman'],
      ['Container bundle set: b [192.168.24.1:8787/rhosp/httpd:pcmk] (unique)', undefined],
    ] as const) {
      const bundle = bundleIn(
        ` ${header}\n   b-0 (192.168.122.131)\t(ocf::heartbeat:apache):\tMaster a\n   b-1\t(ocf::heartbeat:apache):\tFAILED b (blocked)\n   b-docker-2\t(ocf::heartbeat:docker):\tStopped`,
      );
      expect(bundle?.technology, header).to.equal(technology);
      expect(bundle).to.include({ id: 'b', image: '192.168.24.1:8787/rhosp/httpd:pcmk', unique: true });
      const lines = bundle?.replicas.map(({ index, name, address, role, nodes }) => [
        index,
        name,
        address,
        role,
        nodes,
      ]);
      expect(lines).to.deep.equal([
        [0, 'b-0', '192.168.122.131', 'Promoted', ['a']],
        [1, 'b-1', undefined, 'Unknown', ['b']],
        [2, 'b-docker-2', undefined, 'Stopped', []],
      ]);
      expect(bundle?.replicas[1]?.flags).to.include({ failed: true, blocked: true });
      expect(instancesOf({ resources: bundle === undefined ? [] : [bundle] })[1]).to.include({
        id: 'b-1',
        agent: 'ocf:heartbeat:apache',
        failed: true,
      });
    }
  });

  it('reads the parts of replicas, and those of an only one, which has no line of its own', () => {
    const parts = (n: number): string =>
      `      * b-ip-10.0.0.${n}\t(ocf:heartbeat:IPaddr2):\t Started a\n      * w\t(lsb:w):\t Started b-${n}\n      * b-podman-${n}\t(ocf:heartbeat:podman):\t Stopping a\n      * b-${n}\t(ocf:pacemaker:remote):\t Started a`;
    const several = bundleIn(
      `  * Container bundle set: b [i]:\n    * Replica[0]\n${parts(0)}\n    * Replica[1]\n${parts(1)}`,
    );
    const only = bundleIn(`  * Container bundle: b [i] (unmanaged):\n${parts(0)}`);
    for (const bundle of [several, only]) {
      expect(bundle?.technology).to.equal('podman');
      expect(bundle?.replicas[0]).to.include({ index: 0, role: 'Stopping' });
      expect(bundle?.replicas[0]?.nodes).to.deep.equal(['a']);
      expect(bundle?.replicas[0]?.members.map(({ id }) => id)).to.deep.equal([
        'b-ip-10.0.0.0',
        'w',
        'b-podman-0',
        'b-0',
      ]);
    }
    expect(several?.replicas).to.have.length(2);
    expect(only).to.include({ managed: false });
  });
});

describe('a container that is not understood', () => {
  it('ends those above it, so that none of them gets its members', () => {
    const text =
      ' Resource Group: web\n     vip\t(lsb:x):\tStarted a\n Clone Set: c (odd [\n     db\t(lsb:y):\tStarted a\n';
    const { resources, unparsed } = parseStatusText(text);
    expect(resources.map(({ id }) => id)).to.deep.equal(['web', 'db']);
    expect(resources[0]).to.have.property('members').with.length(1);
    expect(unparsed).to.deep.equal([' Clone Set: c (odd [']);
  });
});
