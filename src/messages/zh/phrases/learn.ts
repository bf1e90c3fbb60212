/** What the commands of guided exercises say about themselves, and what they refuse. */
export const LEARN_PHRASES = {
  'do exercises on a real cluster, with checks and hints': '在真实的集群上做练习，有检查和提示',
  'show the task, and how it stood when halab last looked': '显示任务，以及 halab 上次检查时的情况',
  'no exercise is under way in the lab {}': '实验环境 {} 中没有正在进行的练习',
  'halab learn list shows the exercises, halab learn start ID begins one; --name chooses another lab':
    'halab learn list 列出练习，halab learn start ID 开始练习；用 --name 选择另一个实验环境',
};
