import type { ClusterState } from '../model/cluster-state.js';
import { constraintItems } from './decide/constraints.js';
import { containerItems } from './decide/containers.js';
import { daemonItems } from './decide/daemons.js';
import { dcItems } from './decide/dc.js';
import { failedActionItems } from './decide/failed-actions.js';
import { fencingItems } from './decide/fencing.js';
import { nodeItems } from './decide/nodes.js';
import { optionItems } from './decide/options.js';
import { quorumItems } from './decide/quorum.js';
import { readingItems, silenceItems } from './decide/reading.js';
import { resourceItems } from './decide/resources.js';
import { warningItems } from './decide/warnings.js';
import { type Meaning, SEVERITIES } from './meaning.js';
import { type Situation, situationOf } from './situation.js';

/** In the order in which one thing explains the next. */
const DECISIONS: readonly ((situation: Situation) => readonly Meaning[])[] = [
  readingItems,
  dcItems,
  quorumItems,
  optionItems,
  nodeItems,
  fencingItems,
  warningItems,
  failedActionItems,
  containerItems,
  resourceItems,
  constraintItems,
  daemonItems,
  silenceItems,
];

/** Pure. What a state means, problems first; never throws, whatever is missing from the state. */
export function meaningOf(state: ClusterState): readonly Meaning[] {
  const situation = situationOf(state);
  const items = mergeAlike(DECISIONS.flatMap((decide) => decide(situation)));
  return SEVERITIES.flatMap((severity) => items.filter((each) => each.severity === severity));
}

/** What is said alike of several subjects is said once, of all of them. */
function mergeAlike(items: readonly Meaning[]): readonly Meaning[] {
  const merged = new Map<string, Meaning>();
  for (const each of items) {
    const key = JSON.stringify([each.code, each.severity, each.subject.kind, each.payload]);
    const earlier = merged.get(key);
    const names = [...new Set([...(earlier?.subject.names ?? []), ...each.subject.names])];
    merged.set(key, { ...each, subject: { ...each.subject, names } });
  }
  return [...merged.values()];
}
