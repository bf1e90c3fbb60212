import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import type { Primitive, Resource } from '../../../src/model/cluster-state.js';

const FLAGS = { managed: true, disabled: false, blocked: false, failed: false, orphaned: false };

/** Reads a list of resources, and fails where a line is not understood. */
function resourcesIn(lines: string): readonly Resource[] {
  const { resources, unparsed } = parseStatusText(`Full List of Resources:\n${lines}`);
  expect(unparsed).to.deep.equal([]);
  return resources;
}

describe('instances of every release', () => {
  const states: readonly (readonly [string, Partial<Primitive>])[] = [
    ['Started a', { role: 'Started', nodes: ['a'] }],
    ['Started', { role: 'Started', nodes: [] }],
    ['Slave a', { role: 'Unpromoted', nodes: ['a'] }],
    ['Started a (unmanaged) FAILED', { role: 'Started', nodes: ['a'], managed: false, failed: true }],
    ['FAILED a', { role: 'Unknown', nodes: ['a'], failed: true }],
    ['FAILED Promoted a', { role: 'Promoted', nodes: ['a'], failed: true }],
    ['FAILED a (blocked)', { role: 'Unknown', nodes: ['a'], failed: true, blocked: true }],
    ['ORPHANED FAILED a (blocked)', { role: 'Unknown', nodes: ['a'], failed: true, blocked: true, orphaned: true }],
    ['ORPHANED Started a', { role: 'Started', nodes: ['a'], orphaned: true }],
    ['ORPHANED a', { role: 'Unknown', nodes: ['a'], orphaned: true }],
    ['Stopped (disabled)', { role: 'Stopped', nodes: [], disabled: true }],
    ['(target-role:Stopped) Started a', { role: 'Started', nodes: ['a'], disabled: true }],
    ['Stopped (target-role:Stopped)', { role: 'Stopped', nodes: [], disabled: true }],
    ['Slave a (target-role:Slave, unmanaged)', { role: 'Unpromoted', nodes: ['a'], managed: false }],
    ['Stopped (not installed)  (disabled)', { role: 'Stopped', nodes: [], disabled: true, probe: 'not installed' }],
    ['Stopped a (LOCKED)', { role: 'Stopped', nodes: [], lockedTo: 'a' }],
    ['Stopped (LOCKED a)', { role: 'Stopped', nodes: [], lockedTo: 'a' }],
    ['Started a (UNCLEAN)', { role: 'Started', nodes: ['a'], unclean: true }],
    ['Started a UNCLEAN', { role: 'Started', nodes: ['a'], unclean: true }],
    ['Started a (maintenance)', { role: 'Started', nodes: ['a'], maintenance: true, managed: false }],
    ['Started a (failure ignored)', { role: 'Started', nodes: ['a'], failureIgnored: true }],
    ['Started a (failed)', { role: 'Started', nodes: ['a'], failed: true }],
    ['Started a (Monitoring)', { role: 'Started', nodes: ['a'], pending: 'Monitoring' }],
    ['Starting a', { role: 'Starting', nodes: ['a'], pending: 'Starting' }],
    ['Promoting a', { role: 'Promoting', nodes: ['a'], pending: 'Promoting' }],
    ['Migrating a (unmanaged)', { role: 'Migrating', nodes: ['a'], pending: 'Migrating', managed: false }],
    ['Started[ a b ]', { role: 'Started', nodes: ['a', 'b'] }],
    ['Started: [ a b ]', { role: 'Started', nodes: ['a', 'b'] }],
    ['FAILED (blocked)[ a b ]', { role: 'Unknown', nodes: ['a', 'b'], failed: true, blocked: true }],
    ['Started (blocked) (My site (old)) [ a b ]', { role: 'Started', nodes: ['a', 'b'], blocked: true }],
    ['Started My site[ a b ]', { role: 'Started', nodes: ['a', 'b'] }],
  ];
  for (const [words, expected] of states) {
    it(`reads "${words}" (lib/pengine/native.c, native_print and pcmk__native_output_string)`, () => {
      const agent = 'ocf:heartbeat:Dummy';
      expect(resourcesIn(`  * r\t(ocf::heartbeat:Dummy):\t ${words}\n`)[0]).to.deep.equal({
        kind: 'primitive',
        id: 'r',
        agent,
        ...FLAGS,
        ...expected,
      });
    });
  }

  it('takes no instance from what is no state', () => {
    for (const state of ['', 'Started a b', 'Started [ a b', 'Started a (blocked', 'Dancing a', 'a']) {
      const line = `  * r\t(lsb:x):\t ${state}`;
      const { resources, unparsed } = parseStatusText(`Full List of Resources:\n${line}\n`);
      expect(resources, state).to.deep.equal([]);
      expect(unparsed, state).to.deep.equal([line]);
    }
  });

  it('reads nodes that have a line each', () => {
    const [primitive, next] = resourcesIn(' r\t(lsb:x):\tStarted [\n\t1 : a\n\tb\n ]\n s\t(lsb:x):\tStarted a\n');
    expect(primitive).to.deep.include({ id: 'r', nodes: ['a', 'b'] });
    expect(next).to.include({ id: 's' });
    const cut = parseStatusText('Full list of resources:\n r\t(lsb:x):\tStarted [\n\ta\n');
    expect(cut.resources).to.deep.equal([]);
    expect(cut.unparsed).to.have.length(2);
  });
});
