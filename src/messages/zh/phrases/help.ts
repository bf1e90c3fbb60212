/** What --help prints, and what commander says of a command line. */
export const HELP_PHRASES = {
  'Builds Linux high-availability labs, injects faults into them, and checks how the cluster reacts.':
    '搭建 Linux 高可用实验环境，向其中注入故障，并检查集群的反应。',
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Lab options:': '实验环境选项：',
  'General options:': '通用选项：',
  'Options of the {} backend:': '{} 后端的选项：',
  'Examples:': '示例：',
  'To begin:': '从这里开始：',
  'starts a lab, forms a cluster, makes it fail over, writes a report, removes the lab':
    '启动实验环境，组建集群，触发故障切换，写出报告，然后清除实验环境',
  'a lab to experiment with; halab down removes it': '一个可以随意试验的实验环境；用 halab down 清除',
  "Environment: settings have a variable (HALAB_NAME, HALAB_IMAGE …, shown with each command's --help), and":
    '环境变量：各项设置都有对应的变量（HALAB_NAME、HALAB_IMAGE 等，见各命令的 --help），另有',
  'folders for labs, images and reports': '存放实验环境、镜像和报告的目录',
  'package source for node images': '制作节点镜像时使用的软件源',
  'Exit codes: 0 passed · 1 an expectation or audit failed · 2 usage or configuration · 3 inconclusive · 70 a bug in halab · 130 interrupted':
    '退出码：0 通过 · 1 有期望或审计未通过 · 2 用法或配置有误 · 3 无法判定 · 70 halab 的缺陷 · 130 被中断',
  'output the version number': '显示版本号',
  'display help for command': '显示命令的帮助',
  'print the answer as JSON on stdout': '在标准输出上以 JSON 给出结果',
  'language of messages: {} (default: from the locale)': '消息的语言：{}（默认取自 locale）',
  'print stack traces of errors': '出错时显示调用栈',
  'print this help': '显示本帮助',
  'name or file of the lab (default linuxha)': '实验环境的名称或文件（默认 linuxha）',
  'name of this instance of the lab (default: the name in the lab file)':
    '这个实例的名称（默认用实验环境文件中的名称）',
  'name of the lab (default linuxha); --lab, --backend and --image are as in halab up --help':
    '实验环境的名称（默认 linuxha）；--lab、--backend 和 --image 与 halab up --help 中相同',
  'containers on this Linux machine': '本机 Linux 上的容器',
  'virtual machines': '虚拟机',
  'operating system of the nodes: {}': '节点的操作系统：{}',
  '{} or {}': '{} 或 {}',
  'embedded ({}) or vagrant ({})': 'embedded（{}）或 vagrant（{}）',
  '(env: {})': '（环境变量：{}）',
  '{} (env: {})': '{}（环境变量：{}）',
  'check what this machine can run, and list what is missing with the command that installs it':
    '检查本机能运行什么，列出缺少的东西及安装命令',
  'install what is missing, where apt has it': '安装缺少的东西（apt 中有的）',
  'start a lab (default linuxha); in a lab that is partly up, start what is missing':
    '启动实验环境（默认 linuxha）；如果只启动了一部分，则启动其余部分',
  'remove a lab and everything made for it': '清除实验环境以及为它创建的一切',
  'remove every lab on this machine that no command works on, and what is left of labs that crashed':
    '清除本机上所有没有命令在使用的实验环境，以及崩溃后的残留',
  'show the labs on this machine, and what their cluster nodes report, with a diagnosis':
    '显示本机上的实验环境、各集群节点的说法，以及诊断',
  'explain the output of pcs status, crm_mon or crm status in a file, or - for stdin; needs no lab':
    '解释文件（- 表示标准输入）中 pcs status、crm_mon 或 crm status 的输出；不需要实验环境',
  'refresh until q or Ctrl-C, with what changed meanwhile; keys scroll':
    '不断刷新并显示其间的变化，直到按 q 或 Ctrl-C；可用按键滚动',
  'time between refreshes of --watch (default 2)': '--watch 的刷新间隔（默认 2）',
  'open a shell on a node, or run one command (after --) and return its exit code':
    '在节点上打开 shell，或执行一条命令（写在 -- 之后）并返回其退出码',
  'forward a local port to a host and port that a node can reach: [LOCAL:]HOST:PORT':
    '把本地端口转发到节点能访问的主机和端口：[LOCAL:]HOST:PORT',
  'node to connect through (default: the storage node)': '经由哪个节点连接（默认：存储节点）',
  'run scenarios, by id, file or folder; or a random walk': '运行场景（按 id、文件或目录），或随机故障序列',
  'keep the lab after the run: never, on-failure or always (default: as it was before)':
    '运行后是否保留实验环境：never、on-failure 或 always（默认：与运行前一致）',
  'run the scenarios n times': '把场景运行 n 次',
  'seed for all random choices': '所有随机选择的种子',
  'only scenarios of this set, such as ci': '只要这个集合中的场景，例如 ci',
  'run a random walk of n faults (1 to 1000) instead of scenarios':
    '不运行场景，而是运行由 n 个故障（1 到 1000）组成的随机故障序列',
  'scenarios to run before a random walk, by id, separated by commas (default: form-cluster,fencing-off,virtual-ip)':
    '随机故障序列之前要运行的场景，用 id 表示，以逗号分隔（默认：form-cluster,fencing-off,virtual-ip）',
  'shrink a random walk that failed, in at most n runs; 0 leaves it as it is (default 6)':
    '缩短失败的随机故障序列，最多再运行 n 次；0 表示不缩短（默认 6）',
  'write the random walk to a scenario file': '把随机故障序列写成场景文件',
  'also report with this mocha reporter, on stdout': '另用这个 mocha 报告器在标准输出上报告',
  'do not audit the cluster after each step': '不在每个步骤之后审计集群',
  'check everything and print the plan, without changing anything': '检查一切并显示计划，不做任何改动',
  'make every report of a stored run again, from its events and evidence (default: the latest run)':
    '根据已保存运行的事件和证据重新生成全部报告（默认：最近一次运行）',
  'print two stored runs side by side: verdicts, outages and their phases, and what differs':
    '并排打印两次已保存的运行：结论、中断及其各阶段，以及不同之处',
  'list scenarios and what each requires (default: the whole library)': '列出场景及各自的前提（默认：整个场景库）',
  'check now, on every node of a lab, what must hold in any cluster':
    '立即在实验环境的每个节点上检查任何集群都必须满足的条件',
  'write a commented file to begin with': '写出一个带注释的起始文件',
  'write {}, with comments': '写出{}，带注释',
  'a scenario with a fault, its heal and a command': '一个场景，包含一个故障、它的恢复和一条命令',
  'an exercise with a task, hints, a mistake and a question': '一个练习，包含一项任务、提示、一个常见错误和一个问题',
  'a lab of two cluster nodes and one with shared storage': '一个实验环境，包含两个集群节点和一个共享存储节点',
  'undo every active fault, including those of other processes': '恢复所有生效中的故障，包括其他进程注入的',
  'inject faults into a running lab': '向运行中的实验环境注入故障',
  'list the kinds of faults, what they require, and how the cluster may react':
    '列出故障的种类、各自的前提，以及集群可能的反应',
  'inject a fault on one node or several; halab heal undoes it': '在一个或多个节点上注入故障；用 halab heal 恢复',
  'save the state of a lab, and restore it': '保存并还原实验环境的状态',
  'restore the state of all nodes': '还原所有节点的状态',
  'save the disks of all nodes together, and the memory of virtual machines':
    '一并保存所有节点的磁盘，虚拟机还包括内存',
  'then play these scenarios and what they require; reset goes back to there':
    '然后执行这些场景及其前置场景；reset 会回到此状态',
  'bring a lab back to its state after up and its set-ups, whatever was done to it':
    '无论做过什么，都让实验环境回到 up 及其前置场景之后的状态',
  'reset every lab on this machine that no command works on': '重置本机上没有命令正在使用的所有实验环境',
  'delete a saved state that labs begin from': '删除一个供实验环境作为起点的已保存状态',
  'begin a new lab from a saved state of its set-ups; save one where there is none':
    '新实验环境从前置场景的已保存状态开始；没有则保存一个',
  'delete a snapshot': '删除快照',
  'list the snapshots of a lab': '列出实验环境的快照',
  'write a Vagrantfile for a lab, with all the files it needs, to use without halab':
    '为实验环境写出 Vagrantfile 及所需的全部文件，此后不需要 halab',
  'name of the machines and networks (default: the name in the lab file)':
    '虚拟机和网络的名称（默认用实验环境文件中的名称）',
  'folder to write to (default: one with the name of the lab)': '写到哪个目录（默认：与实验环境同名）',
  'overwrite files that halab did not write': '覆盖不是由 halab 写出的文件',
  'build Vagrant boxes locally': '在本机制作 Vagrant box',
  'build a box from the same recipe as the images of the embedded backend, with what a lab adds':
    '按 embedded 后端镜像的同一份配方制作 box，并加入实验文件另外列出的软件包',
  'debian-11, debian-12 or debian-13 (default debian-12)': 'debian-11、debian-12 或 debian-13（默认 debian-12）',
  'folder to write to (default: boxes in the cache folder)': '写到哪个目录（默认：缓存目录中的 boxes）',
  'do not install the cluster packages; write them to an archive beside the box':
    '不安装集群软件包，而是写成 box 旁边的归档',
  'show how to configure fencing in the cluster of a lab': '说明如何在实验环境的集群中配置隔离（fencing）',
  'what sshd runs for the fencing key of a lab, instead of a shell':
    'sshd 对实验环境的隔离密钥所执行的程序，代替 shell',
  'what a power controller of an embedded lab runs to switch a node': 'embedded 实验环境的电源控制器用来开关节点的程序',
  'virtualbox or libvirt (default: the one that is installed)': 'virtualbox 或 libvirt（默认：已安装的那个）',
  'a Vagrant box instead of the one for the image': '用来代替镜像所对应 box 的 Vagrant box',
  'an archive of packages for machines without a package source': '软件包归档，供没有软件源的虚拟机使用',
  "error: unknown option '{}'": '错误：没有选项“{}”',
  "error: unknown command '{}'": '错误：没有命令“{}”',
  "error: missing required argument '{}'": '错误：缺少参数“{}”',
  "error: option '{}' argument missing": '错误：选项“{}”缺少值',
  "error: option '{}' argument '{}' is invalid. {}": '错误：选项“{}”的值“{}”无效。{}',
  "error: too many arguments for '{}'. Expected {} argument but got {}.":
    '错误：“{}”的参数过多：应有 {} 个，给了 {} 个。',
  "error: too many arguments for '{}'. Expected {} arguments but got {}.":
    '错误：“{}”的参数过多：应有 {} 个，给了 {} 个。',
  'error: too many arguments. Expected {} arguments but got {}.': '错误：参数过多：应有 {} 个，给了 {} 个。',
  '(Did you mean {}?)': '（是否想输入 {}？）',
  '(Did you mean one of {}?)': '（是否想输入其中之一：{}？）',
  'for {}: {}': '用于 {}：{}',
  'for {}: {}; {}': '用于 {}：{}；{}',
  'expected a whole number {}': '应为整数（{}）',
  'above 0': '大于 0',
  'from {} to {}': '{} 到 {}',
  'list the labs on this machine, and the lab files, scenarios and sets that there are':
    '列出本机上的实验环境，以及可用的实验环境文件、场景和集合',
  'build node images ahead of the first lab': '在第一个实验环境之前制作节点镜像',
  'build the images that the nodes of a lab boot (default linuxha)': '制作实验环境的节点所用的镜像（默认 linuxha）',
  'debian-11, debian-12 or debian-13 (default: that of the lab)':
    'debian-11、debian-12 或 debian-13（默认：实验环境所用的）',
  'list the images that are built, and the stacks that are kept': '列出已制作的镜像和保存的软件栈',
  'delete an image or a stack that no lab boots from; halab image list names them':
    '删除没有实验环境使用的镜像或软件栈；用 halab image list 列出',
  'measure the outage of this address, or lab address by name; may be given again (default: those that the cluster manages)':
    '测量该地址（或实验环境中地址的名称）的中断；可多次给出（默认：集群管理的地址）',
  'do not measure an outage': '不测量中断',
  'wait for an address to answer again for so long (default 60)': '最多等待这么多秒，直到地址恢复应答（默认 60）',
  'start n labs, each with a number behind its name': '启动 n 个实验环境，名称后各带一个编号',
  'start a lab for each person in a file, one name on each line': '为文件中的每个人启动一个实验环境，每行一个名字',
  'write a page too, with both timelines on one axis': '并写出一个页面，把两条时间线画在同一时间轴上',
  'from 1 to 99': '从 1 到 99',
  'show the run step by step: the narration, a prediction, a key before and after each step':
    '逐步演示：显示完整讲解，先作预测，每一步前后等待按键',
};
