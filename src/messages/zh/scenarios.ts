import type { SCENARIOS as EN } from '../en/scenarios.js';
import type { Translation } from '../translation.js';

export const SCENARIOS: Translation<typeof EN> = {
  'scenario.on': ({ title, setup }) => `${title}（在 ${setup} 之上）`,

  'scenarios.scenario': '场景',
  'scenarios.sets': '集合',
  'scenarios.lab': '实验环境',
  'scenarios.needs': '需要',
  'scenarios.title': '标题',
  'scenarios.any-lab': '任意',
};
