import type { ClusterState } from '../model/cluster-state.js';
import type { Beside } from './beside.js';
import { underTheirCauses } from './consequences.js';
import { type Facts, factsOf } from './facts.js';
import { type DiagnosisItem, SEVERITIES } from './item.js';
import { toolsOf } from './tools.js';
import { dcItems, optionItems } from './topics/cluster.js';
import { constraintItems } from './topics/constraints.js';
import { containerItems } from './topics/containers.js';
import { daemonItems } from './topics/daemons.js';
import { failedActionItems } from './topics/failed-actions.js';
import { fencingItems } from './topics/fencing.js';
import { linkItems } from './topics/links.js';
import { nodeItems } from './topics/nodes.js';
import { quorumItems } from './topics/quorum.js';
import { notPrintedItems, readingItems } from './topics/reading.js';
import { resourceItems } from './topics/resources.js';
import { sapHanaItems } from './topics/sap-hana.js';
import { warningItems } from './topics/warnings.js';

/** Causes come before their effects. */
const DECISIONS: readonly ((facts: Facts) => readonly DiagnosisItem[])[] = [
  readingItems,
  dcItems,
  quorumItems,
  optionItems,
  linkItems,
  nodeItems,
  fencingItems,
  warningItems,
  failedActionItems,
  containerItems,
  resourceItems,
  sapHanaItems,
  constraintItems,
  daemonItems,
  notPrintedItems,
];

/**
 * Pure. Returns what a state means, problems first; never throws, whatever is missing from the state. Of a lab, `beside` is what
 * its nodes report of themselves.
 */
export function diagnose(state: ClusterState, beside?: Beside): readonly DiagnosisItem[] {
  const facts = factsOf(state, beside);
  const items = mergeAlike(DECISIONS.flatMap((decide) => decide(facts)));
  const bySeverity = SEVERITIES.flatMap((severity) => items.filter((each) => each.severity === severity));
  const sorted = underTheirCauses(bySeverity);
  const tools = toolsOf(state);
  return tools.length === 0 ? sorted : sorted.map((each) => ({ ...each, tools }));
}

/** Equal items about several subjects become one item about all of them. */
function mergeAlike(items: readonly DiagnosisItem[]): readonly DiagnosisItem[] {
  const merged = new Map<string, DiagnosisItem>();
  for (const each of items) {
    const key = JSON.stringify([each.code, each.severity, each.subject.kind, each.payload]);
    const earlier = merged.get(key);
    const names = [...new Set([...(earlier?.subject.names ?? []), ...each.subject.names])];
    merged.set(key, { ...each, subject: { ...each.subject, names } });
  }
  return [...merged.values()];
}
