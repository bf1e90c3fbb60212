import type { REPORT as EN } from '../en/report.js';
import type { Translation } from '../translation.js';
import { duration, list } from './grammar.js';

const floorSum = (token: number, consensus: number) =>
  `token ${duration(token)} + consensus ${duration(consensus)} = ${duration(token + consensus)}`;

export const REPORT: Translation<typeof EN> = {
  'report.run': '运行',
  'report.lab': '实验环境',
  'report.backend': '后端',
  'report.image': '镜像',
  'report.duration': '耗时',
  'report.started-at': '开始时间',
  'report.kernel': '内核',
  'report.seed': '随机种子',
  'report.expected': '预期',
  'report.seen': '实际',
  'report.hint': '提示',
  'report.evidence': '证据',
  'report.reason': '原因',
  'report.stages': '阶段',
  'report.setup': '准备',
  'report.faults': '故障',
  'report.warnings': '警告',
  'report.versions': '版本',
  'report.package': '软件包',
  'report.exit-code': '退出码',
  'report.targets': '目标',
  'report.folder': '报告',
  'report.before': '之前',
  'report.after': '之后',
  'report.unfinished': '运行未结束',

  'verdict.passed': '通过',
  'verdict.failed': '失败',
  'verdict.unknown': '无法判断',
  'verdict.skipped': '已跳过',

  'fault-state.journalled': '已记录，不确定是否生效',
  'fault-state.injected': '仍然有效，未恢复',
  'fault-state.healed': '已恢复',
  'fault-state.notHealed': '未能恢复',

  'outage.title': '中断',
  'outage.timeline': '客户端看到的中断',
  'outage.answered': '有应答',
  'outage.answered-by': '应答者',
  'outage.silent': '无应答',
  'outage.open': '到探测结束仍无应答',
  'outage.unknown': ({ atLeastMs, atMostMs }) =>
    `时长未知（介于 ${duration(atLeastMs)} 与 ${duration(atMostMs)} 之间：探测程序自身被延误）`,
  'outage.requests': ({ sent, lost, everyMs }) => `${sent} 次探测中 ${lost} 次无应答，每 ${duration(everyMs)} 一次`,
  'outage.floor': ({ token, consensus }) => `下限 ${floorSum(token, consensus)}：corosync 确认沉默的节点已离开`,
  'outage.above-floor': ({ restMs }) => `其余 ${duration(restMs)} 用于停止、在别处启动并恢复应答`,
  'outage.below-floor': '本次中断比它短',
  'outage.holders': ({ holders }) => holders.join('，然后 '),

  'breakdown.title': '中断由哪些阶段组成（依据各节点的日志）',
  'breakdown.journals': '日志原文',
  'phase.detect': '检测',
  'phase.membership': '成员变更',
  'phase.fence': '隔离',
  'phase.start': '启动',
  'phase.answers': '恢复应答',
  'breakdown.missing': ({ phase, why }) => `${phase}：${why}`,
  'breakdown.not-found': '日志中没有记录',
  'breakdown.not-fenced': '没有节点被隔离',
  'breakdown.no-resource': '不知道哪个资源持有该地址',
  'breakdown.unread': ({ nodes }) => `无法读取日志：${list(nodes)}`,
  'breakdown.start-reported': ({ resource, afterMs }) =>
    `${resource} 的启动结果在首次应答后 ${duration(afterMs)} 才报告`,
  'breakdown.clock': ({ node, offset, uncertainMs }) => `${node} 的时钟偏差 ${offset}（±${duration(uncertainMs)}）`,

  'writes.title': '写入',
  'writes.counted': ({ acknowledged, lost, doubled, unacknowledged }) =>
    `已确认 ${acknowledged} 条：丢失 ${lost} 条，重复 ${doubled} 条；另有 ${unacknowledged} 条未确认但已保存`,
  'writes.unknown': ({ acknowledged, problem }) => `已确认 ${acknowledged} 条，是否丢失未知：${problem}`,

  'overview.title': '总览',
  'overview.slowest': '最慢',
  'overview.skipped': '已跳过',
  'overview.count': ({ count, verdict }) => `${count} 个${verdict}`,
  'overview.scenarios': ({ count }) => `${count} 个场景`,
  'overview.labs': ({ count }) => `${count} 个实验环境`,
  'overview.restored': ({ count, recreated, totalMs }) =>
    `场景之间还原 ${count} 次${recreated === 0 ? '' : `，重建环境 ${recreated} 次`}，共耗时 ${duration(totalMs)}`,

  'shrink.stopped': ({ step, what, faults }) => `随机序列在第 ${faults} 个故障后停在 ${step}：${what}`,
  'shrink.try': ({ numbers, outcome }) => `在全新的实验环境中重跑故障 ${numbers}：${outcome}`,
  'shrink.alike': '以同样的方式失败',
  'shrink.otherwise': '以另一种方式失败',
  'shrink.passed': '通过',
  'shrink.inconclusive': '无法判断',
  'shrink.not-again': ({ tries }) => `重跑 ${tries} 次，均未再次出现同样的失败`,
  'shrink.shortest': ({ faults }) => `仍会失败的最短序列（${faults} 个故障）：`,
  'shrink.cut-short.runs': '不再继续尝试：已达到 --shrink 允许的运行次数',
  'shrink.cut-short.time': '不再继续尝试：时间已用完',
  'shrink.cut-short.interrupted': '不再继续尝试：已中断',
};
