import type { QuorumObservation } from '../../model/observation.js';

/** `corosync-quorumtool -s` of corosync 2 and 3; `undefined` where it is no such output. Its exit code tells only whether the partition is quorate. */
export function parseQuorum(stdout: string): QuorumObservation | undefined {
  const value = (key: string): string | undefined => new RegExp(`^${key}:\\s*(.*?)\\s*$`, 'm').exec(stdout)?.[1];
  const quorate = value('Quorate');
  const nodeId = value('Node ID');
  const ringId = value('Ring ID');
  if (quorate === undefined || nodeId === undefined || ringId === undefined) return undefined;
  const expectedVotes = value('Expected votes');
  const totalVotes = value('Total votes');
  return {
    quorate: quorate === 'Yes',
    nodeId,
    ringId,
    ...(expectedVotes === undefined ? {} : { expectedVotes: Number(expectedVotes) }),
    ...(totalVotes === undefined ? {} : { totalVotes: Number(totalVotes) }),
    flags: (value('Flags') ?? '').split(/\s+/).filter(Boolean),
    members: membersIn(stdout),
  };
}

/** Below `Nodeid Votes Name`; with a quorum device there is a column `Qdevice` between, and the device itself has id 0. */
function membersIn(stdout: string): QuorumObservation['members'] {
  const [, table = ''] = /^\s*Nodeid\s+Votes.*$([\s\S]*)/m.exec(stdout) ?? [];
  return table.split('\n').flatMap((line) => {
    const [, id, name] = /^\s*(\d+)\s+\d+\s+(?:(?:A|NA|NR|V|NV|MW|NMW)[,A-Z]*\s+)?(\S+)/.exec(line) ?? [];
    return id === undefined || name === undefined || id === '0' ? [] : [{ id, name }];
  });
}
