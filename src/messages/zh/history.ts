import type { HISTORY as EN } from '../en/history.js';
import type { Translation } from '../translation.js';
import { duration } from './grammar.js';

export const HISTORY: Translation<typeof EN> = {
  'history.title': '历史',
  'history.empty': '历史中还没有运行',
  'history.nights': ({ count, from, to }) => `${count} 晚，${from} 至 ${to}`,
  'history.runs': ({ count }) => `${count} 次运行`,
  'history.state.passed': '通过',
  'history.state.flaky': '偶发失败',
  'history.state.failed': '失败',
  'history.state.unknown': '无法判断',
  'history.state.lost': '丢失',
  'history.state.skipped': '已跳过',
  'history.state.unstable': '结果反复',
  'history.state.changed': '有变化',
  'history.failed-since': ({ night }) => `自 ${night} 起失败`,
  'history.last-green': ({ night, run }) => `上次通过：${night}（${run}）`,
  'history.differs': '此后的不同',
  'history.change-differs': '当晚的不同',
  'history.nothing-differs': '有记录的都相同：软件包、镜像、内核、halab 和机器',
  'history.flaky-nights': ({ nights }) => `版本相同，先失败后通过：${nights.join('、')}`,
  'history.unstable': '版本相同的各晚之间，结论变过去又变回来',
  'history.lost': ({ night }) => `${night} 没有一次运行得出结果`,
  'history.disagreement': ({ share, low, high, runs }) =>
    `${percent(share)} 的运行与前一次结果相反（${percent(low)} 至 ${percent(high)}，比较了 ${runs} 次）`,
  'history.change': ({ step, night, beforeMs, afterMs }) =>
    `步骤 ${step} 的中断自 ${night} 起改变：${duration(beforeMs)} → ${duration(afterMs)}${signed(beforeMs, afterMs)}`,
  'history.phase-change': ({ phase, beforeMs, afterMs }) => `${phase} ${duration(beforeMs)} → ${duration(afterMs)}`,
  'history.too-few-nights': ({ step, nights }) => `步骤 ${step} 的中断：只有 ${nights} 晚，不足以寻找变化（需 12 晚）`,
  'history.too-few-repeats': ({ step }) =>
    `步骤 ${step} 的中断：每晚不到三次重复，变化会较晚才发现（在 nightly.yaml 中写 repeat: 3）`,
  'history.elsewhere': ({ step, runs }) => `步骤 ${step} 的中断：不计入另一种机器上的 ${runs} 次运行`,
  'history.attention': '需要查看',
  'history.slowest': '最慢的步骤',
  'history.usually': ({ ms }) => `以前：${duration(ms)}`,
  'history.state': '状态',
  'history.heading': ({ failing, all }) =>
    failing === 0 ? `${all} 个场景都没有失败` : `${all} 个场景中 ${failing} 个失败`,
  'history.grid': '各晚的场景',
  'history.scenario': '场景',
  'history.phases': '各阶段',
  'history.advice': '中断的变化仅供参考，不会使一晚失败。',
  'history.last-nights': '最近各晚',
  'history.night': '夜晚',
  'history.fact.image-hash': '镜像哈希',
  'history.fact.kernel': '内核',
  'history.fact.machine': '机器',
  'history.fact.processors': '处理器',
  'history.fact.memory': '内存',
  'history.fact.lab-file': '实验环境文件',
  'history.fact.scenario-file': '场景文件',
  'history.fact.slowness': '节点速度',
};

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function signed(beforeMs: number, afterMs: number): string {
  if (beforeMs <= 0) return '';
  const share = Math.round((100 * (afterMs - beforeMs)) / beforeMs);
  return `（${share < 0 ? '−' : '+'}${Math.abs(share)} %）`;
}
