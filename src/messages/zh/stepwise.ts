import type { STEPWISE as EN } from '../en/stepwise.js';
import type { Translation } from '../translation.js';
import { duration } from './grammar.js';

export const STEPWISE: Translation<typeof EN> = {
  'stepwise.place': ({ scenario, number, count }) => `${scenario} · 第 ${number} 步，共 ${count} 步`,
  'stepwise.place-open': ({ scenario, number }) => `${scenario} · 第 ${number} 步`,
  'stepwise.acts': '接下来：',
  'stepwise.looks-only': '不做任何改动，只查看集群',
  'stepwise.predict': '注入故障之前：集群会怎样做？客户端会有多久得不到应答？',
  'stepwise.your-prediction': '预测（直接回车表示不预测）：',
  'stepwise.option': ({ letter, text }) => `${letter}) ${text}`,
  'stepwise.predicted': '预测',
  'stepwise.expected': '可能的反应',
  'stepwise.no-outage': ({ probe }) => `${probe}：客户端的每次访问都得到了应答`,
  'stepwise.not-measured': '这一步不测量中断时间',
  'stepwise.unanswered': '没有作出预测',
  'stepwise.key-act': 'n 执行',
  'stepwise.key-next': 'n 下一步',
  'stepwise.key-expect': 'e 集群可能怎样反应',
  'stepwise.key-look': 'r 查看集群现状',
  'stepwise.key-back': 'b 回到上一步',
  'stepwise.key-again': 'b 重做这一步',
  'stepwise.key-quit': 'q 退出并恢复故障',
  'stepwise.looking': '正在查看……',
  'stepwise.rewound': '回到场景开始时的状态，并重新执行前面的步骤',
  'stepwise.more-output': ({ lines }) => `……另有 ${lines} 行，见报告`,

  'inject.no-outage': ({ probe, ms }) => `${probe}：在观察的 ${duration(ms)} 内，客户端的每次访问都得到了应答`,
  'inject.not-again': ({ probe, withinMs }) => `${probe} 仍无应答；故障继续有效（最多等待了 ${duration(withinMs)}）`,
  'inject.unanswered': ({ probe }) => `${probe} 在注入故障之前就没有应答，因此没有测量`,
};
