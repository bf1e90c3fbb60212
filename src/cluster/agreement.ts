import type { ClusterState } from '../model/cluster-state.js';
import { failureDisagreements, fencingDisagreements } from './agreement/failures.js';
import { nodeDisagreements } from './agreement/nodes.js';
import { resourceDisagreements } from './agreement/resources.js';
import { line } from './agreement/wording.js';

/**
 * What one reads from `pcs status` text and not from crm_mon's XML of the same node, or the other way round: one line
 * each, none where both show the same cluster. What only one of the two formats prints is no disagreement.
 */
export function disagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  return [
    ...differing('DC', dcOf(text), dcOf(xml)),
    ...differing('quorum', quorumOf(text), quorumOf(xml)),
    ...differing('versions', versionsOf(text), versionsOf(xml)),
    ...nodeDisagreements(text, xml),
    ...resourceDisagreements(text, xml),
    ...failureDisagreements(text, xml),
    ...fencingDisagreements(text, xml),
  ];
}

function differing(subject: string, text: string | undefined, xml: string | undefined): readonly string[] {
  return text === undefined || xml === undefined || text === xml ? [] : [line(subject, text, xml)];
}

function dcOf({ dc, dcIsNone }: ClusterState): string | undefined {
  return dc?.name ?? (dcIsNone ? 'NONE' : undefined);
}

function quorumOf({ quorate }: ClusterState): string | undefined {
  return quorate === undefined ? undefined : quorate ? 'with quorum' : 'WITHOUT quorum';
}

function versionsOf({ mixedVersion }: ClusterState): string | undefined {
  return mixedVersion === undefined ? undefined : mixedVersion ? 'mixed' : 'all the same';
}
