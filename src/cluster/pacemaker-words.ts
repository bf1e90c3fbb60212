import type { ResourceRole } from '../model/cluster-state.js';

/** Pacemaker's role words of every generation; `Master` and `Slave` up to 2.0, `Promoted` and `Unpromoted` from 2.1. */
const ROLES: Readonly<Record<string, ResourceRole>> = {
  Started: 'Started',
  Stopped: 'Stopped',
  Master: 'Promoted',
  Masters: 'Promoted',
  Promoted: 'Promoted',
  Slave: 'Unpromoted',
  Slaves: 'Unpromoted',
  Unpromoted: 'Unpromoted',
  Starting: 'Starting',
  Stopping: 'Stopping',
  Promoting: 'Promoting',
  Demoting: 'Demoting',
  Migrating: 'Migrating',
};

/** `undefined` where the word is no role. */
export function roleFromWord(word: string): ResourceRole | undefined {
  return Object.hasOwn(ROLES, word) ? ROLES[word] : undefined;
}

/** `ocf::heartbeat:IPaddr2`, as 2.0 and older print it, becomes `ocf:heartbeat:IPaddr2`. */
export function foldAgent(agent: string): string {
  return agent.replace(/^ocf::/, 'ocf:');
}
