import type { Clock } from '../ports/clock.js';
import type { ClusterPort } from '../ports/cluster.js';
import { disagreements } from './agreement.js';
import { resourceWith } from './cib/resource-with.js';
import { CLUSTER_COMMANDS } from './commands.js';
import { readTimeConstants } from './constants.js';
import { form } from './formation.js';
import { readHistory } from './history/read-history.js';
import { createStatusReader } from './read-status.js';

interface ClusterOptions {
  /** Stamps the readings. */
  readonly clock: Pick<Clock, 'now'>;
}

export function createCluster({ clock }: ClusterOptions): ClusterPort {
  return {
    ...createStatusReader(clock),
    commands: CLUSTER_COMMANDS,
    disagreements: ({ textState }, { state }) => (textState && state ? disagreements(textState, state) : []),
    readTimeConstants,
    readHistory,
    resourceWith,
    form,
  };
}
