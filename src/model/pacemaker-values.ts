import type { ResourceRole } from './cluster-state.js';

/** How pacemaker writes scores and booleans in the CIB, in its status and on command lines. */

/** A score, or a count that ends at INFINITY. */
export type Score = number;

/** Pacemaker's INFINITY, the largest score (`include/crm/common/scores.h`). */
export const INFINITY: Score = 1_000_000;

/** `INFINITY`, `-INFINITY` or the number, as pacemaker prints it. */
export function scoreText(score: Score): string {
  if (Math.abs(score) < INFINITY) return String(score);
  return score < 0 ? '-INFINITY' : 'INFINITY';
}

/** `INFINITY`, `-INFINITY`, `+100`, in either case and no further than INFINITY; `undefined` for any other text. */
export function parseScore(text: string | undefined): Score | undefined {
  const [, sign = '', word] = /^([+-]?)(INFINITY|\d+)$/i.exec(text ?? '') ?? [];
  if (word === undefined) return undefined;
  const size = /^infinity$/i.test(word) ? INFINITY : Math.min(Number(word), INFINITY);
  return sign === '-' ? -size : size;
}

/** A count of at least 0; `otherwise` for any other text. */
export function parseCount(text: string | undefined, otherwise: number): number {
  const score = parseScore(text);
  return score === undefined || score < 0 ? otherwise : score;
}

/** Pacemaker's words for true (`crm_str_to_boolean()` of `lib/common/strings.c`). */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|on|yes|y|1)$/i.test(value);
}

/** Pacemaker's words for false; any other word is not a boolean. */
export function isFalse(value: string | undefined): boolean {
  return value !== undefined && /^(?:false|off|no|n|0)$/i.test(value);
}

/** Pacemaker's names of roles in every release; `Master` and `Slave` up to 2.0, `Promoted` and `Unpromoted` from 2.1. */
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

/** `undefined` if the word is not a role. */
export function roleFromWord(word: string): ResourceRole | undefined {
  return Object.hasOwn(ROLES, word) ? ROLES[word] : undefined;
}

/** `ocf::heartbeat:IPaddr2`, as 2.0 and older print it, becomes `ocf:heartbeat:IPaddr2`. */
export function foldAgent(agent: string): string {
  return agent.replace(/^ocf::/, 'ocf:');
}
