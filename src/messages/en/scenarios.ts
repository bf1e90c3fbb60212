export const SCENARIOS = {
  'scenario.on': ({ title, setup }: { title: string; setup: string }) => `${title}, on ${setup}`,

  'scenarios.scenario': 'scenario',
  'scenarios.sets': 'sets',
  'scenarios.lab': 'lab',
  'scenarios.needs': 'needs',
  'scenarios.title': 'title',
  'scenarios.any-lab': 'any',
};
