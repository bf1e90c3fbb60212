import type { ClusterState, FencingEvent } from '../../model/cluster-state.js';
import { describeFencing, describeQuorum, listed } from '../state-wording.js';
import type { Claim } from './said.js';

interface StateWord extends Omit<Claim, 'seen'> {
  holds(state: ClusterState): boolean;
  seen(state: ClusterState): string;
}

/** Properties of a state as a whole. What was not printed does not hold. */
export const STATE_WORDS: Readonly<Record<string, StateWord>> = {
  quorate: {
    is: 'a partition with quorum',
    isNot: 'no partition with quorum',
    holds: ({ quorate }) => quorate === true,
    seen: describeQuorum,
  },
  noDc: {
    is: 'no DC',
    isNot: 'a DC',
    holds: ({ dcIsNone }) => dcIsNone === true,
    seen: ({ dc, dcIsNone }) => (dc === undefined ? (dcIsNone ? 'DC NONE' : 'nothing said of a DC') : `DC ${dc.name}`),
  },
  inMaintenanceMode: {
    is: 'the cluster to be in maintenance mode',
    isNot: 'the cluster not to be in maintenance mode',
    holds: ({ options }) => options.maintenanceMode === true,
    seen: ({ options }) => `maintenance-mode is ${options.maintenanceMode ?? 'not mentioned'}`,
  },
  mixedVersion: {
    is: 'members of different versions of pacemaker',
    isNot: 'members of one version of pacemaker',
    holds: ({ mixedVersion }) => mixedVersion === true,
    seen: ({ mixedVersion }) =>
      mixedVersion === undefined ? 'nothing said of it' : mixedVersion ? 'MIXED-VERSION' : 'they are of one',
  },
  noFailedActions: {
    is: 'no failed actions',
    isNot: 'failed actions',
    holds: ({ failedActions }) => failedActions.length === 0,
    seen: ({ failedActions }) => describeTexts(failedActions),
  },
  noFailedFencing: {
    is: 'no failed fencing',
    isNot: 'failed fencing',
    holds: (state) => failedFencingOf(state).length === 0,
    seen: (state) => describeFencing(failedFencingOf(state)),
  },
  fullyRead: {
    is: 'a whole output, and every line of it understood',
    isNot: 'an output that is cut short or not understood',
    holds: ({ unparsed, truncated }) => unparsed.length + truncated.length === 0,
    seen: ({ unparsed, truncated }) =>
      listed(
        [...truncated, ...unparsed.map((line) => `not understood is "${line.trim()}"`)],
        'it is whole and understood',
        '; ',
      ),
  },
};

/** As listed on its own, and in the history where that is printed. */
function failedFencingOf({ failedFencing, fencingHistory }: ClusterState): readonly FencingEvent[] {
  const texts = new Set(failedFencing.map(({ text }) => text));
  return [...failedFencing, ...fencingHistory.filter(({ status, text }) => status === 'failed' && !texts.has(text))];
}

export function describeTexts(entries: readonly { readonly text: string }[]): string {
  return listed(
    entries.map(({ text }) => text),
    'there are none',
    '; ',
  );
}
