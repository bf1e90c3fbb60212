import type { KnownExpectation } from '../../../src/checks/index.js';
import { CHECKS } from '../../../src/checks/index.js';
import type { StatusReading } from '../../../src/model/cluster-state.js';
import type { ProbeResult } from '../../../src/model/event.js';
import type { Judgement } from '../../../src/model/verdict.js';
import type { CheckContext } from '../../../src/ports/check.js';
import type { ExecResult } from '../../../src/ports/transport.js';
import { testLab } from '../cluster/test-lab.js';
import { silent } from './states.js';

export interface Scene {
  readonly readings?: readonly StatusReading[];
  readonly pcsStatus?: StatusReading;
  readonly exec?: (node: string, argv: readonly string[]) => Partial<ExecResult> | Error;
  /** Nodes whose machines are off. */
  readonly off?: readonly string[];
  readonly command?: Partial<ExecResult>;
  /** Of ha-host1 and those after it, one each. */
  readonly commands?: readonly Partial<ExecResult>[];
  readonly probe?: ProbeResult;
  readonly ms?: number;
  readonly scenarioBeganMs?: number;
  readonly sinceStepMs?: number;
}

/** Named nodes resolve to themselves, every role to ha-host2. */
export function contextOf(scene: Scene): CheckContext {
  return {
    lab: testLab,
    resolve: async (target) => (target.kind === 'node' ? target.name : 'ha-host2'),
    readings: async () => scene.readings ?? [],
    pcsStatus: async () => scene.pcsStatus ?? silent('ha-host1'),
    async exec(node, argv) {
      const answer = scene.exec?.(node, argv) ?? {};
      if (answer instanceof Error) throw answer;
      return { exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...answer };
    },
    isOff: async (node) => scene.off?.includes(node) === true,
    commands: [...(scene.commands ?? []), ...(scene.command ? [scene.command] : [])].map((command, index) => ({
      node: `ha-host${index + 1}`,
      exitCode: 0,
      stdout: '',
      stderr: '',
      durationMs: 1,
      ...command,
    })),
    scenarioBeganMs: scene.scenarioBeganMs ?? 0,
    sinceStepMs: () => scene.sinceStepMs,
    probe: () => scene.probe,
    ms: async () => scene.ms ?? 0,
  };
}

/** Observes, sends the observation through JSON as the run folder would, and judges. */
export async function judge(expectation: KnownExpectation, scene: Scene): Promise<Judgement> {
  const driver = CHECKS[expectation.kind];
  const observation = await driver.observe(expectation, contextOf(scene));
  return driver.judge(expectation, JSON.parse(JSON.stringify(observation)));
}

export async function verdictOf(expectation: KnownExpectation, scene: Scene): Promise<Judgement['verdict']> {
  return (await judge(expectation, scene)).verdict;
}

export function describeExpectation(expectation: KnownExpectation): string {
  return CHECKS[expectation.kind].describe(expectation);
}

export const MAJORITY = { kind: 'majority' } as const;

export function fromNode(name: string): {
  readonly kind: 'target';
  readonly target: { readonly kind: 'node'; readonly name: string };
} {
  return { kind: 'target', target: { kind: 'node', name } };
}

export function named(name: string): { readonly kind: 'node'; readonly name: string } {
  return { kind: 'node', name };
}
