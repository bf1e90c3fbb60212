/** What `halab history` says: its help, what it warns of and refuses. */
export const HISTORY_PHRASES = {
  'show the last nights: verdicts, what is flaky, unstable or changed, and what differs from the last green run':
    '显示最近各晚：结论，哪些偶发失败、结果反复或有变化，以及与上次通过的运行有何不同',
  'look at the last n nights (default 60)': '查看最近 n 晚（默认 60）',
  'make the history again from the run folders, which it is an index of': '由运行目录重新生成历史；历史只是它们的索引',
  'write the history of all runs as a page to open or publish': '把所有运行的历史写成一个可打开或发布的网页',
  'folder to write to (default: site in the folder of reports)': '写入的目录（默认：报告目录中的 site）',
  'show the last n nights (default 60)': '显示最近 n 晚（默认 60）',
  'where the history is kept: a file, postgres://…, or off': '历史的存放位置：文件、postgres://… 或 off',
  'give an absolute path, an address that begins with postgres://, or off':
    '请给出绝对路径、以 postgres:// 开头的地址，或 off',
  'cannot connect to {}: {}': '无法连接 {}：{}',
  'check HALAB_HISTORY, and that the server runs': '请检查 HALAB_HISTORY，以及服务器是否在运行',
  'the history in {} is of version {}, this halab has {}': '{} 中的历史是版本 {}，这个 halab 使用版本 {}',
  'use the same halab everywhere, or another database': '请在各处使用同一版本的 halab，或使用另一个数据库',
  'the history in {} is made again from {} run': '{} 中的历史已由 {} 次运行重新生成',
  'the history in {} is made again from {} runs': '{} 中的历史已由 {} 次运行重新生成',
  'warning: the history is not up to date: {}; halab history adds what is missing':
    '警告：历史不是最新的：{}；halab history 会补上缺少的部分',
  'the history reads {} runs': '正在把 {} 次运行读入历史',
  'warning: {} is not in the history: {}': '警告：{} 未列入历史：{}',
  'warning: the history in {} is broken ({}); it is begun again, and {} keeps what it was':
    '警告：{} 中的历史已损坏（{}）；将重新开始，原有内容保存在 {}',
  'waited {} s for {}: process {} has it ({})': '为{2}等待了 {1} s：进程 {3} 正在使用（{4}）',
  'the history': '历史',
  'using the history': '使用历史',
  'building an image': '制作镜像',
  'try again when it has ended': '请在它结束后再试',
  'there is no history: HALAB_HISTORY is off': '没有历史：HALAB_HISTORY 为 off',
  'unset HALAB_HISTORY': '请取消 HALAB_HISTORY',
  'no run of {} is in the history': '历史中没有 {} 的运行',
  'halab history lists what is': 'halab history 会列出已有的内容',
};
