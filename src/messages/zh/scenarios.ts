import type { SCENARIOS as EN } from '../en/scenarios.js';
import type { Translation } from '../translation.js';

export const SCENARIOS: Translation<typeof EN> = {
  'scenario.on': ({ title, setup }) => `${title}（在 ${setup} 之上）`,

  'scenario.script-ended': '脚本本身',

  'scenarios.scenario': '场景',
  'scenarios.sets': '集合',
  'scenarios.lab': '实验环境',
  'scenarios.needs': '需要',
  'scenarios.title': '标题',
  'scenarios.any-lab': '任意',

  'walk.title': ({ faults, seed, shrunk }) => `随机故障序列：${faults} 个故障，种子 ${seed}${shrunk ? '，已缩短' : ''}`,
  'walk.threshold': ({ failures }) => `让资源在同一节点失败 ${failures} 次后离开该节点`,
  'walk.inject': ({ number, kind, target, concurrent }) =>
    `故障 ${number}：${target === undefined ? '' : `在 ${target} 上`}注入 ${kind}${concurrent ? '（与上一个故障同时存在）' : ''}`,
  'walk.hold': ({ seconds }) => `故障再保持 ${seconds} 秒`,
  'walk.heal': ({ number }) => `恢复故障 ${number}`,
  'walk.refresh': ({ numbers }) => `故障 ${numbers} 之后，重新核实资源的实际位置`,
  'walk.cleanup': ({ numbers }) => `故障 ${numbers} 之后，清除失败记录`,
};
