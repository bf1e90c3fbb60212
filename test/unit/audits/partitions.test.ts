import { expect } from 'chai';
import { membersBy, partitionsOf, quoratePartition } from '../../../src/audits/partitions.js';
import type { LabObservation } from '../../../src/model/observation.js';
import { NODES } from './support/configuration.js';
import { but, quorumOf, silent, split, unread, well } from './support/input.js';

/** corosync knows its members by these names. */
function named(now: LabObservation, name: (id: string) => string): LabObservation {
  return NODES.reduce(
    (sum, node) =>
      but(sum, node, {
        quorum: quorumOf(node, NODES, { members: ['1', '2', '3'].map((id) => ({ id, name: name(id) })) }),
      }),
    now,
  );
}
const members = (now: LabObservation) => partitionsOf(now).map((each) => each.members.join(' '));

describe('the partitions of a cluster', () => {
  it('are the memberships that nodes report, each once', () => {
    expect(members(well())).to.deep.equal([NODES.join(' ')]);
    expect(members(split(well(), ['ha-host3']))).to.deep.equal(['ha-host1 ha-host2', 'ha-host3']);
  });

  it('are distinguished by their rings', () => {
    const late = but(well(), 'ha-host3', { quorum: quorumOf('ha-host3', NODES, { ringId: '1.9' }) });
    expect(partitionsOf(late).map(({ respondents }) => respondents.map(({ node }) => node))).to.deep.equal([
      ['ha-host1', 'ha-host2'],
      ['ha-host3'],
    ]);
  });

  it('have members by the names of the lab, whatever corosync calls them', () => {
    const byAddress = named(well(), (id) => `192.168.56.3${id}`);
    expect(members(byAddress)).to.deep.equal([NODES.join(' ')]);
    const alone = (part: 'cib' | 'status') =>
      unread(silent(silent(byAddress, 'ha-host2'), 'ha-host3'), 'ha-host1', part);
    expect(members(alone('cib'))).to.deep.equal([NODES.join(' ')]);
    expect(members(alone('status'))).to.deep.equal([NODES.join(' ')]);
    expect(members(unread(alone('cib'), 'ha-host1', 'status'))).to.deep.equal(['192.168.56.32 192.168.56.33 ha-host1']);
    const full = unread(
      unread(
        silent(
          silent(
            named(well(), (id) => `ha-host${id}.example.org`),
            'ha-host2',
          ),
          'ha-host3',
        ),
        'ha-host1',
        'cib',
      ),
      'ha-host1',
      'status',
    );
    expect(members(full)).to.deep.equal([NODES.join(' ')]);
  });

  it('have quorum as reported by their members', () => {
    const parted = split(well(), ['ha-host1']);
    expect(quoratePartition(parted)?.members).to.deep.equal(['ha-host2', 'ha-host3']);
    expect(membersBy(parted, 'ha-host1')).to.deep.equal(['ha-host1']);
    expect(membersBy(silent(parted, 'ha-host1'), 'ha-host1')).to.equal(undefined);
    expect(quoratePartition(silent(silent(parted, 'ha-host2'), 'ha-host3'))).to.equal(undefined);
  });
});
