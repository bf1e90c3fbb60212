/** A word of the field: its one term in Chinese, and terms that do not mean the same to the reader. */
export interface Term {
  readonly english: string;
  readonly chinese: string;
  readonly not: readonly string[];
}

/** For translators: read this before you write Chinese, and add what you had to look up. */
export const CHINESE_GLOSSARY: readonly Term[] = [
  { english: 'cluster', chinese: '集群', not: ['群集', '丛集'] },
  { english: 'node', chinese: '节点', not: ['结点'] },
  { english: 'member', chinese: '成员', not: ['会员'] },
  { english: 'quorum', chinese: '法定票数', not: ['法定人数', '仲裁数', '法定数'] },
  { english: 'vote', chinese: '票', not: ['选票', '投票数'] },
  { english: 'quorum device', chinese: '仲裁设备', not: ['法定设备'] },
  { english: 'partition', chinese: '分区', not: ['分割区'] },
  { english: 'split brain', chinese: '脑裂', not: ['裂脑', '分脑'] },
  { english: 'designated controller (DC)', chinese: '指定协调者', not: ['指定控制器', '指定控制者'] },
  { english: 'fencing', chinese: '隔离', not: ['围栏', '栅栏', '击剑', '屏蔽节点'] },
  { english: 'fence device', chinese: '隔离设备', not: ['围栏设备', '屏蔽设备'] },
  { english: 'heartbeat', chinese: '心跳', not: ['心搏'] },
  { english: 'standby', chinese: '待机', not: ['候补', '备机模式'] },
  { english: 'maintenance', chinese: '维护模式', not: ['维修模式', '保养模式'] },
  { english: 'resource', chinese: '资源', not: ['资源项'] },
  { english: 'group', chinese: '资源组', not: ['资源群'] },
  { english: 'clone', chinese: '克隆', not: ['复制品', '副本集'] },
  { english: 'promote, promotable', chinese: '升级', not: ['提升', '晋升'] },
  { english: 'demote', chinese: '降级', not: ['降职'] },
  { english: 'constraint', chinese: '约束', not: ['限制条件', '约束条件'] },
  { english: 'colocation', chinese: '共置', not: ['同位', '并置', '同置'] },
  { english: 'fail count', chinese: '失败计数', not: ['故障计数', '失败数'] },
  { english: 'resource agent', chinese: '资源代理', not: ['代理程序', '资源代理人'] },
  { english: 'daemon', chinese: '守护进程', not: ['后台进程', '精灵进程'] },
  { english: 'failover', chinese: '故障切换', not: ['故障转移', '失效转移'] },
  { english: 'lost node', chinese: '失联', not: ['掉线', '宕机'] },
  { english: 'interface', chinese: '网口', not: ['网络界面'] },
  { english: 'lab', chinese: '实验环境', not: ['实验室'] },
  { english: 'scenario', chinese: '场景', not: ['情景'] },
  { english: 'monitor', chinese: '监控', not: ['监视'] },
];

/** Where a text does not keep to the glossary: the wrong word, and the right one. */
export function straysFrom(text: string): readonly { readonly wrong: string; readonly right: string }[] {
  return CHINESE_GLOSSARY.flatMap(({ chinese, not }) =>
    not.filter((wrong) => text.includes(wrong)).map((wrong) => ({ wrong, right: chinese })),
  );
}
