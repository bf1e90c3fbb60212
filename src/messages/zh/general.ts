import type { GENERAL as EN } from '../en/general.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const GENERAL: Translation<typeof EN> = {
  sentences: ({ texts }) => texts.join(''),
  list: ({ items }) => list(items),

  'login.older-guides': '旧教程中 pcs 的写法，以及这里 pcs 的写法：',

  'step.list-stopped': '同时列出已停止的资源',
  'step.every-node': '在每个节点上执行',
  'step.votes': '票数，以及 2Node、WaitForAll、Qdevice 等标志',
  'step.work-done': '维护结束后执行',
  'step.allow-start': '允许资源重新启动',
  'step.fence-agents': '列出可用的隔离代理',
  'step.default': '恢复默认值',
  'step.create-device': '创建隔离设备',
  'step.lab-only': '仅用于实验环境',
  'step.fence-agent': '用相同参数手工执行',
  'step.manage': '交还给集群管理',
  'step.fencing-history': '每次隔离操作及其结果',
  'step.why': '看是什么阻止它运行',
  'on-node': ({ node }) => `在 ${node} 上执行`,
};
