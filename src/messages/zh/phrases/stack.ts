/** Packages under test, and bisections of them. */
export const STACK_PHRASES = {
  'put packages on top of the image: a folder, a .deb file or a line of sources.list; may be given again':
    '在镜像之上安装软件包：目录、.deb 文件或 sources.list 中的一行；可重复给出',
  'of the stack, take only this package and what was built with it, as NAME or NAME=VERSION; may be given again':
    '只从中取用此软件包以及与它一同构建的，写成 NAME 或 NAME=VERSION；可重复给出',
  ' and the stack {}': '、待测软件包 {}',
  'name the version of a package with which a scenario began to fail, by running it with one after the other':
    '依次使用软件包的各个版本运行场景，指明它从哪个版本开始失败',
  'packages with their versions: a folder, a .deb file or a line of sources.list; may be given again':
    '各个版本的软件包：目录、.deb 文件或 sources.list 中的一行；可重复给出',
  'only versions of this package; may be given again': '只考虑此软件包的版本；可重复给出',
  'a version is good once it has passed n times (default 1)': '一个版本通过 n 次才算正常（默认 1）',
  'run every version, for a fault that a later one takes away again':
    '每个版本都运行，用于查找后来的版本又修复了的故障',
  'do not look for the last green and the first red night': '不查找最后一次通过和第一次失败的夜间运行',
  'list what would be run, without running it': '列出将要运行的内容，但不运行',
  'name or file of the lab (default: the one the scenario is made for)':
    '实验环境的名称或文件（默认：场景所针对的那一个）',
  'the {} backend puts no packages on top of an image': '后端 {} 不能在镜像之上安装软件包',
  'leave --stack out, or take --backend embedded': '请去掉 --stack，或使用 --backend embedded',
  '{} names no package': '{} 不是软件包的写法',
  'write it as pacemaker or pacemaker=2.1.5-1': '写成 pacemaker 或 pacemaker=2.1.5-1 的形式',
  'the stack has no package {}': '待测软件包中没有 {}',
  'the stack has no version {} of {}': '待测软件包中没有 {2} 的版本 {1}',
  'there is no folder {}': '没有目录 {}',
  'name a folder that has .deb files': '请指明含 .deb 文件的目录',
  'the plan {} says by itself what stack it is for': '计划 {} 已指明其待测软件包',
  'halab nightly plan --stack makes another plan': '用 halab nightly plan --stack 另做一个计划',
  "a stack is a folder with packages, a .deb file, or a line of sources.list such as 'deb http://… bookworm main'":
    '待测软件包可以是含软件包的目录、.deb 文件，或 sources.list 中的一行，例如 deb http://… bookworm main',
  '{} has no package (.deb) for this machine': '{} 中没有适用于本机的软件包（.deb）',
  '{} is no package for this machine': '{} 不是适用于本机的软件包',
  'name the folder that has the .deb files': '请指明含 .deb 文件的目录',
  '{} has none of the packages of a cluster': '{} 中没有集群的软件包',
  '--package or --stack-only names others that it has': '可用 --package 或 --stack-only 指明其中的其他软件包',
  'cannot read the packages of {}:\n{}': '无法读取 {} 中的软件包：\n{}',
  'dpkg-deb --field FILE, or apt-get update with this line, says more':
    '用 dpkg-deb --field FILE，或以这一行执行 apt-get update，可得到更多信息',
  '{} has none of the packages of the stack {}': '{} 中没有待测软件包 {} 里的任何一个',
  'a stack takes the place of packages that the image has; what a lab wants beside them stands under packages in its file':
    '待测软件包替换镜像中已有的软件包；实验环境另外需要的，写在其文件的 packages 下',
  'putting {} on top of {}': '正在 {2} 之上安装 {1}',
  'dpkg could not install the stack on top of {}; its last lines:\n{}':
    'dpkg 无法在 {} 之上安装待测软件包；最后几行输出：\n{}',
  'a stack has everything that its packages need and the image lacks: add another --stack that has it':
    '待测软件包须含有其所需而镜像中没有的一切：请再加一个含有它们的 --stack',
  'the image as it is': '原样的镜像',
  'there is nothing to bisect without --stack': '没有 --stack 就没有可以二分查找的内容',
  'name a folder that has several versions of a package, or a line of sources.list':
    '请指明含软件包多个版本的目录，或 sources.list 中的一行',
  'nothing has turned from passed to failed in the nights here': '这里的夜间运行中没有从通过变为失败的',
  'name the scenario: halab bisect SCENARIO --stack FOLDER': '请指明场景：halab bisect SCENARIO --stack FOLDER',
  'several scenarios have turned from passed to failed: {}': '有多个场景从通过变为失败：{}',
  'name the one to bisect': '请指明要查找的那一个',
  '{} passed in {}, and first failed in {}': '{} 在 {} 中通过，在 {} 中首次失败',
  '{} is not one scenario': '{} 不是单个场景',
  '{} cannot be run: {}': '{} 无法运行：{}',
  'the stack has no version between those of the two nights: all that it has are tried':
    '待测软件包中没有介于这两次夜间运行之间的版本：其中所有版本都会尝试',
  'the stack has no newer version of a package that the image has': '待测软件包中没有比镜像更新的版本',
  'a bisection goes from the versions of the image to the newest of the stack':
    '二分查找从镜像的版本开始，到待测软件包中最新的版本为止',
  '--stack-only chooses among the packages of --stack': '--stack-only 从 --stack 的软件包中选择',
  'name the folder or the source that they are in with --stack': '请用 --stack 指明它们所在的目录或来源',
  'reading the packages of {}': '正在读取 {} 中的软件包',
};
