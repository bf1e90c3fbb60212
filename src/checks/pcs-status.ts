import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import type { Judgement } from '../model/verdict.js';

/** What a check of `pcs status` itself stands on. */
export interface PcsStatusObservation {
  readonly reading: StatusReading;
}

export function judgePcsStatus(
  { reading }: PcsStatusObservation,
  judge: (state: ClusterState) => Judgement,
): Judgement {
  if (reading.textState !== undefined) return judge(reading.textState);
  return { verdict: 'unknown', seen: `no pcs status from ${reading.node}: ${reading.problem?.message ?? 'no text'}` };
}
