import { plural } from './grammar.js';

export const SCENARIOS = {
  'scenario.on': ({ title, setup }: { title: string; setup: string }) => `${title}, on ${setup}`,

  'scenario.script-ended': 'The script itself',

  'scenarios.scenario': 'scenario',
  'scenarios.sets': 'sets',
  'scenarios.lab': 'lab',
  'scenarios.needs': 'needs',
  'scenarios.title': 'title',
  'scenarios.any-lab': 'any',

  'walk.title': ({ faults, seed, shrunk }: { faults: number; seed: number; shrunk: boolean }) =>
    `A random walk of ${faults} ${plural(faults, { one: 'fault', other: 'faults' })}, seed ${seed}${shrunk ? ', shrunk' : ''}`,
  'walk.threshold': ({ failures }: { failures: number }) => `Let resources leave a node after ${failures} failures`,
  'walk.inject': (fault: { number: number; kind: string; target?: string; concurrent: boolean }) =>
    `Fault ${fault.number}: ${fault.kind}${fault.target === undefined ? '' : ` on ${fault.target}`}${fault.concurrent ? ', at the same time' : ''}`,
  'walk.hold': ({ seconds }: { seconds: number }) => `Keep the fault active for ${seconds} s more`,
  'walk.heal': ({ number }: { number: number }) => `Heal fault ${number}`,
  'walk.refresh': ({ numbers }: { numbers: string }) => `Check where every resource really runs, after ${numbers}`,
  'walk.cleanup': ({ numbers }: { numbers: string }) => `Clear failures, after ${numbers}`,
};
