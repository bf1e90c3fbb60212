import { CONSTRAINT_EXPLANATIONS } from './explanations/constraint.js';
import { CONTAINER_EXPLANATIONS } from './explanations/container.js';
import { DAEMON_EXPLANATIONS } from './explanations/daemon.js';
import { DC_EXPLANATIONS } from './explanations/dc.js';
import type { Explanation, ExplanationTable } from './explanations/explanation.js';
import { FAILURE_EXPLANATIONS } from './explanations/failure.js';
import { FENCING_EXPLANATIONS } from './explanations/fencing.js';
import { NODE_EXPLANATIONS } from './explanations/node.js';
import { OPTION_EXPLANATIONS } from './explanations/option.js';
import { QUORUM_EXPLANATIONS } from './explanations/quorum.js';
import { READING_EXPLANATIONS } from './explanations/reading.js';
import { RESOURCE_EXPLANATIONS } from './explanations/resource.js';
import { STOPPED_EXPLANATIONS } from './explanations/stopped.js';
import { WARNING_EXPLANATIONS } from './explanations/warning.js';
import type { Meaning, MeaningCode } from './meaning.js';

/** Explanation for every code there is; one without them does not compile. */
export const EXPLANATIONS: ExplanationTable<MeaningCode> = {
  ...READING_EXPLANATIONS,
  ...DC_EXPLANATIONS,
  ...QUORUM_EXPLANATIONS,
  ...OPTION_EXPLANATIONS,
  ...NODE_EXPLANATIONS,
  ...FENCING_EXPLANATIONS,
  ...WARNING_EXPLANATIONS,
  ...FAILURE_EXPLANATIONS,
  ...RESOURCE_EXPLANATIONS,
  ...CONTAINER_EXPLANATIONS,
  ...STOPPED_EXPLANATIONS,
  ...CONSTRAINT_EXPLANATIONS,
  ...DAEMON_EXPLANATIONS,
};

/** Pure. What people read of one item. */
export function explanationOf(meaning: Meaning): Explanation {
  return (EXPLANATIONS[meaning.code] as (each: Meaning) => Explanation)(meaning);
}
