import type { LearnEvent, Look, StampedLearnEvent } from '../../../src/learn/events.js';
import type { Picture } from '../../../src/learn/picture.js';
import type { Question, Task } from '../../../src/model/exercise.js';
import type { Scenario, Step } from '../../../src/model/scenario.js';

/** An exercise, its session and its looks, as small as a test needs them. */
export function taskWith(more: Partial<Task> = {}): Task {
  return { by: 'student', holdMs: 3_000, points: 1, hints: [], solve: [], mistakes: [], ...more };
}

export function stepWith(id: string, task: Task = taskWith(), more: Partial<Step> = {}): Step {
  return {
    id,
    title: { en: `The step ${id}` },
    action: { kind: 'none' },
    unless: [],
    probes: [],
    expect: [],
    within: { source: '10s', terms: [{ kind: 'ms', ms: 10_000 }] },
    expectedViolations: [],
    settle: { source: '10s', terms: [{ kind: 'ms', ms: 10_000 }] },
    task,
    ...more,
  };
}

export function exerciseOf(...steps: readonly Step[]): Scenario {
  return {
    id: 'virtual-ip',
    file: 'virtual-ip.yaml',
    title: { en: 'A virtual address' },
    sets: [],
    needs: { abilities: [], haNodes: 3 },
    given: [],
    steps,
    exercise: { goal: { en: 'Make one.' }, minutes: 5, level: 1, teaches: [], after: [], variant: {} },
  };
}

export const QUESTION: Question = {
  ask: { en: 'Where will it run?' },
  reason: false,
  options: [
    { id: 'here', say: { en: 'here' }, when: [{ kind: 'resource', resource: 'vip', is: 'started' }] },
    { id: 'else', say: { en: 'elsewhere' }, when: [] },
  ],
};

export const PICTURE: Picture = { nodes: [], resources: [], links: [], faults: [] };

export function lookWith(more: Partial<Look> = {}): Look {
  return { checks: [], disorders: [], right: {}, fitting: [], picture: PICTURE, ...more };
}

export const PASSING = lookWith({ checks: [{ expected: 'vip is started', verdict: 'passed', seen: 'it is' }] });
export const FAILING = lookWith({ checks: [{ expected: 'vip is started', verdict: 'failed', seen: 'it is stopped' }] });
export const UNTOLD = lookWith({ checks: [{ expected: 'vip is started', verdict: 'unknown', seen: 'no answer' }] });

/** Events at these seconds after midnight. */
export function at(second: number, event: LearnEvent): StampedLearnEvent {
  return { ...event, at: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString() };
}

export function started(scenario: Scenario): StampedLearnEvent {
  return at(0, { kind: 'session-started', session: 's', lab: 'mine', scenario });
}
