/** What backends find on a machine, do on it, and cannot do. */
export const MACHINE_PHRASES = {
  'all nodes run already': '所有节点都已在运行',
  'booting {}': '正在启动 {}',
  'interrupted while {} booted': '{} 启动时被中断',
  'its management socket is not there yet': '它的管理套接字还不存在',
  'interrupted while waiting for {}': '等待 {} 时被中断',
  '{} is not running': '{} 没有运行',
  '{} is not running; its console last said:\n{}': '{} 没有运行；控制台最后的输出：\n{}',
  'halab up --name {} starts what is missing': '用 halab up --name {} 启动缺少的部分',
  'halab up --name {} creates what is missing': '用 halab up --name {} 创建缺少的部分',
  '{} did not accept a login within {} ms ({})': '{} 在 {} ms 内没有接受登录（{}）',
  '{} did not accept a login within {} ms ({}); its console last said:\n{}':
    '{} 在 {} ms 内没有接受登录（{}）；控制台最后的输出：\n{}',
  '{} did not accept a login within {} ms; last: {}': '{} 在 {} ms 内没有接受登录；最后一次：{}',
  'halab status --name {}; the console is in {}': 'halab status --name {}；控制台输出在 {}',
  'halab status --name {}; the machine’s console is in virt-manager or the VirtualBox window':
    'halab status --name {}；虚拟机的控制台见 virt-manager 或 VirtualBox 窗口',
  'the power controller of {} does not run': '{} 的电源控制器没有运行',
  'looking at the addresses of the power controllers': '查看电源控制器的地址',
  'giving the power controller of {} its address': '给 {} 的电源控制器配置地址',
  'taking the power controller of {} its address': '去掉 {} 的电源控制器的地址',
  '{} is no HA node': '{} 不是高可用节点',
  '{} has no power controller: {}': '{} 没有电源控制器：{}',
  'Name an HA node of a lab that has them.': '请指定带有电源控制器的实验环境中的高可用节点。',
  'the management network {} has no room for the addresses of power controllers':
    '管理网络 {} 中没有电源控制器地址的余地',
  'the image {} has no ipmi_sim': '镜像 {} 中没有 ipmi_sim',
  'the power controllers of {}': '{} 的电源控制器',
  'plugging the power controllers in': '接入电源控制器',
  'the power controllers of {} did not end within {} ms': '{} 的电源控制器在 {} ms 内没有结束',
  'the power controller {} did not start again within {} ms': '电源控制器 {} 在 {} ms 内没有重新启动',
  '{} has disks of its own, and {}': '{} 有自己的磁盘，但{}',
  '{}: the kernel module {} is wanted, and a container cannot load one': '{}：需要内核模块 {}，而容器无法加载内核模块',
  'no node of lab {} serves a disk': '实验环境 {} 没有节点提供磁盘',
  'the QEMU of {} cannot show a disk as a file': '{} 的 QEMU 不能把磁盘呈现为文件',
  'this machine has no {}': '本机没有 {}',
  '{} failed (exit code {}): {}': '{}失败（退出码 {}）：{}',
  '{} failed ({}, exit code {}): {}': '{}失败（{}，退出码 {}）：{}',
  'it printed nothing': '没有任何输出',
  'halab doctor checks what this machine can do; halab down clears what is left':
    '用 halab doctor 检查本机能做什么；用 halab down 清除残留',
  'halab doctor --backend vagrant checks what this machine can do; halab down clears what is left':
    '用 halab doctor --backend vagrant 检查本机能做什么；用 halab down 清除残留',
  'the embedded backend has no image {}': 'embedded 后端没有镜像 {}',
  'it has {}; --backend vagrant has a box for every image': '它有 {}；--backend vagrant 对每个镜像都有 box',
  'handing the tree over to the ids of the user namespace': '把文件树移交给用户命名空间的 id',
  'the image {} was built without corosync': '镜像 {} 中没有装上 corosync',
  '{} of {} inotify instances are in use, booting takes about {}': '{2} 个 inotify 实例已用 {1} 个，启动约需 {3} 个',
  'the nodes would not boot: {}': '节点将无法启动：{}',
  'nodes are held to the cpus and memory that the lab gives them, {} processes and {} MiB of disk':
    '节点只能使用实验环境分配的处理器和内存、{} 个进程和 {} MiB 磁盘',
  'number of processes': '进程数',
  'nodes are not held to the {} that the lab gives them: this kernel has no control groups for it':
    '无法把节点限制在实验环境分配的{}之内：内核没有相应的控制组',
  'cpus and memory': '处理器和内存',
  cpus: '处理器',
  memory: '内存',
  'labs run without; for memory boot the kernel with cgroup_enable=memory where it knows that':
    '没有它也能运行；要限制内存，可在支持时以 cgroup_enable=memory 启动内核',
  'setting {} of {} {} ({})': '把 {2} 的 {1} 设为 {3}（{4}）',
  '{} has no link {}': '{} 没有网口 {}',
  '{} has no link {}; eth0 is the management connection and stays up': '{} 没有网口 {}；eth0 是管理连接，始终保持启用',
  'its links: {}': '它的网口：{}',
  'looking at {} in {}': '查看 {2} 中的 {1}',
  'ip printed nothing about {} in {}': 'ip 没有给出 {2} 中 {1} 的信息',
  'making the user namespace of the lab': '建立实验环境的用户命名空间',
  'making the switch namespace': '建立交换机命名空间',
  'making the bridges': '建立网桥',
  'plugging {} in': '接入 {}',
  'removing the namespace {}': '删除命名空间 {}',
  'switching a node on or off': '开关节点',
  'the power switch of {}': '{} 的电源开关',
  'the build of {}': '{} 的制作',
  '{} to come or go': '{} 出现或消失',
  'waited {} ms for {} without success': '等待 {2} 共 {1} ms，没有成功',
  'killing all of {}': '终止 {} 的所有进程',
  'writing cgroup.freeze of {}': '写入 {} 的 cgroup.freeze',
  'reading cgroup.events of {}': '读取 {} 的 cgroup.events',
  '{} is off and cannot be frozen': '{} 已关机，无法冻结',
  'taking the ports of {} {}': '处理 {} 的端口（{}）',
  '{} on {}': '{2}：{1}',
  'linux on {}': '{} 上的 Linux',
  'the embedded backend runs on Linux on x64; --backend vagrant runs elsewhere too':
    'embedded 后端只能在 x64 的 Linux 上运行；--backend vagrant 在别处也能运行',
  'run the same command as root (sudo): it makes namespaces and mounts':
    '以 root 身份（sudo）执行同一命令：需要建立命名空间和挂载',
  'runs as root': '以 root 身份运行',
  'does not run as root': '没有以 root 身份运行',
  '{} is not installed': '没有安装 {}',
  'the kernel has overlayfs': '内核支持 overlayfs',
  'the kernel has no overlayfs loaded': '内核没有加载 overlayfs',
  'unshare is not installed': '没有安装 unshare',
  'user, network, mount and process namespaces can be made': '可以建立用户、网络、挂载和进程命名空间',
  'namespaces cannot be made: {}': '无法建立命名空间：{}',
  'look at /proc/sys/user/max_user_namespaces, or run on a machine that is not itself a sealed container':
    '请查看 /proc/sys/user/max_user_namespaces，或换一台本身不是封闭容器的机器',
  '{} lies on an overlay filesystem itself ({} takes about {} MiB)': '{} 本身位于 overlay 文件系统上（{} 约需 {} MiB）',
  '{} MiB free in {} ({} takes about {} MiB)': '{2} 中有 {1} MiB 可用（{3} 约需 {4} MiB）',
  'lab {}': '实验环境 {}',
  'the lab {}': '实验环境 {}',
  'free some space, or point HALAB_STATE_DIR at a larger, ordinary disk':
    '请腾出空间，或让 HALAB_STATE_DIR 指向更大的普通磁盘',
  "{} MiB of memory, the lab's {} nodes take about {} MiB": '内存 {} MiB，实验环境的 {} 个节点约需 {} MiB',
  'use a lab with fewer nodes': '请使用节点较少的实验环境',
  'take down a lab that is not needed, or run: {}': '请清除不再需要的实验环境，或执行：{}',
  '{} is built: {}': '{} 已制作好：{}',
  '{} has {} MiB free and building an image takes {} MiB': '{} 只有 {} MiB 可用，制作镜像需要 {} MiB',
  'free some space, or point HALAB_CACHE_DIR at a larger disk': '请腾出空间，或让 HALAB_CACHE_DIR 指向更大的磁盘',
  '{} could not build the image {} (exit code {}); its last lines:\n{}':
    '{} 无法制作镜像 {}（退出码 {}）；最后几行：\n{}',
  'are the package archives reachable? HALAB_APT_MIRROR names another one':
    '能访问软件源吗？可用 HALAB_APT_MIRROR 指定另一个',
  'removing the cgroups of the lab': '删除实验环境的 cgroup',
  'not everything of {} could be removed:\n{}': '{} 未能全部清除：\n{}',
  'not everything of {} could be removed: {}': '{} 未能全部清除：{}',
  'halab down --name {} may be run again': '可以再次执行 halab down --name {}',
  'stopping the units of the lab': '停止实验环境的单元',
  'forgetting the units of the lab': '清除实验环境的单元记录',
  '{} did not go within {} ms': '{} 在 {} ms 内没有消失',
  'something on this machine has it open or mounted': '本机上有程序打开或挂载了它',
  // Virtual machines.
  'neither of {} is here to try it': '没有 {} 可用来尝试',
  'the guest did not finish within {} s': '虚拟机在 {} s 内没有结束',
  '{} for what emulation does in {} ms': '用了 {}，而模拟只需 {} ms',
  'this user may not open /dev/kvm': '当前用户无权打开 /dev/kvm',
  'QEMU ended with exit code {}': 'QEMU 以退出码 {} 结束',
  'KVM does not work here ({}): the machines are emulated, about 10 times slower':
    'KVM 在这里不可用（{}）：虚拟机将以模拟方式运行，约慢 10 倍',
  'authorising the lab’s fence agents to log in on this machine (halab fencing)':
    '授权实验环境的隔离代理登录本机（halab fencing）',
  'the speed of {} could not be measured: {}': '无法测量 {} 的速度：{}',
  '{}: unpacking and setting up packages (one to three minutes)': '{}：解包并配置软件包（一到三分钟）',
  '{}: making the disk': '{}：制作磁盘',
  '{}: packing the box': '{}：打包 box',
  'there is no image {}': '没有镜像 {}',
  'known images: {}': '已知镜像：{}',
  '{} files in {} match {}, where one is wanted': '{2} 中有 {1} 个文件符合 {3}，应当只有一个',
  'there is no Vagrant box for the image {}': '镜像 {} 没有对应的 Vagrant box',
  'images with a box: {}': '有 box 的镜像：{}',
  '{} has no package with fence_vbox, so machines.fencing: host cannot be':
    '{} 没有包含 fence_vbox 的软件包，因此不能使用 machines.fencing: host',
  'take libvirt or an image of Debian, or leave machines.fencing out':
    '请使用 libvirt 或 Debian 镜像，或去掉 machines.fencing',
  'halab doctor --backend vagrant names the package': '用 halab doctor --backend vagrant 查看所需的软件包',
  'nothing was tried': '没有尝试',
  'asking Vagrant for the address of {}': '向 Vagrant 查询 {} 的地址',
  'vagrant ssh-config of {} names no address: {}': '{} 的 vagrant ssh-config 没有给出地址：{}',
  'none of the keys of {} is there: {}': '{} 的密钥都不存在：{}',
  '{} is paused and stays paused': '{} 处于暂停状态，且无法继续运行',
  'removing {}, which Vagrant does not know': '删除 Vagrant 不认识的 {}',
  'removing the {} {}, whose machine is not there': '删除没有对应虚拟机的 {} {}',
  '{} run, but was not made from {}': '{} 在运行，但不是由 {} 创建的',
  '{} runs, but was not made from {}': '{} 在运行，但不是由 {} 创建的',
  'if nothing needs it, halab down --name {} removes it; otherwise give this lab another --name':
    '如果不再需要，用 halab down --name {} 清除；否则请用 --name 给这个实验环境换个名称',
  'vagrant up succeeded, but these nodes do not run: {}': 'vagrant up 成功，但这些节点没有运行：{}',
  'run halab up again; halab status shows what runs': '请再次执行 halab up；用 halab status 查看哪些在运行',
  'vagrant up of {}': '对 {} 执行 vagrant up',
  '{}\nrunning: {}; not running: {}': '{}\n在运行：{}；没有运行：{}',
  '{} accepts logins': '{} 已接受登录',
  'setting up {}': '正在配置 {}',
  'vagrant provision of {}': '对 {} 执行 vagrant provision',
  'giving {} the lab’s key failed (exit code {}): {}': '无法把实验环境的密钥交给 {}（退出码 {}）：{}',
  'no such command': '没有这个命令',
  '{} is not to be had here': '这里不提供 {}',
  'not this: {}': '不允许：{}',
  '{} is no machine of the lab {}': '{} 不是实验环境 {} 的虚拟机',
  '{} finds no way to this machine for fencing': '{} 找不到通往本机的隔离途径',
  'start an ssh server here that nodes reach at {} (port 22), or set fencing: none in the lab file':
    '请在本机启动 ssh 服务，让节点能通过 {}（端口 22）访问，或在实验环境文件中设置 fencing: none',
  '{} reaches the ssh server of this machine, but not the fence gate behind it':
    '{} 能访问本机的 ssh 服务，但无法访问其后的隔离入口',
  "sshd here runs it by the login shell of {}: let its startup files (~/.bashrc) end at once, and see sshd's log":
    'sshd 通过 {} 的登录 shell 运行它：请让启动文件（~/.bashrc）立即结束，并查看 sshd 的日志',
  'sshd cannot run {}': 'sshd 无法运行 {}',
  'install halab, Node.js and the hypervisor in folders without $, `, " and !':
    '请把 halab、Node.js 和虚拟化软件安装在不含 $、`、" 和 ! 的目录中',
  'its lab file does not contain machines: { fencing: host }': '它的实验环境文件中没有 machines: { fencing: host }',
  'virtual machines have one power supply, and its lab file says two':
    '虚拟机只有一个电源，而它的实验环境文件写的是两个',
  'needs two levels of fencing, and in lab {} both devices of a node are in one':
    '需要两级隔离，而在实验环境 {} 中，节点的两个设备在同一级',
  '{} is not there: no {} {}': '{} 不存在：没有 {} {}',
  '{} has no interface with the MAC address {} of {}': '{} 没有 MAC 地址为 {} 的网口（{}）',
  'its interfaces: {}': '它的网口：{}',
  'ip ended with exit code {}': 'ip 以退出码 {} 结束',
  'setting {} of {} {} failed: {}': '把 {2} 的 {1} 设为 {3} 失败：{4}',
  'there is no archive of packages at {}': '{} 处没有软件包归档',
  'halab box build --without-cluster makes one beside its box':
    'halab box build --without-cluster 会在 box 旁边制作一个',
  '{} {} is that of the network {}': '{} {} 与网络 {} 相同',
  '{} cannot run beside another lab with the same address ranges: {}':
    '{} 不能与地址范围相同的另一个实验环境同时运行：{}',
  'take the other lab down, or give this one ranges of its own: cidr under networks, and management, in its lab file':
    '请清除另一个，或在实验环境文件中为这个指定自己的范围：networks 下的 cidr，以及 management',
  'the power of {} was cut, but it is still {}': '已切断 {} 的电源，但它仍是 {}',
  '{}, with a box of the lab’s own ({})': '{}，使用实验环境自己的 box（{}）',
  '{}: the boxes of halab’s images are for x86 and cannot run here': '{}：halab 镜像的 box 适用于 x86，不能在这里运行',
  'name a box for this processor as machines.box in the lab file (e.g. bento/debian-12 has one for arm64), or use the embedded backend inside a Linux VM on x86':
    '请在实验环境文件的 machines.box 中指定适合此处理器的 box（例如 bento/debian-12 有 arm64 版），或在 x86 的 Linux 虚拟机中使用 embedded 后端',
  'libvirt labs run on Linux: take --provider virtualbox': 'libvirt 只能在 Linux 上使用：请用 --provider virtualbox',
  'brew install --cask vagrant, or {}': 'brew install --cask vagrant，或 {}',
  'winget install Hashicorp.Vagrant, or {}': 'winget install Hashicorp.Vagrant，或 {}',
  'run `vagrant --version` and fix what it complains about, or install it again':
    '执行 `vagrant --version` 并按提示修复，或重新安装',
  'install VirtualBox from {}, or take --provider libvirt': '从 {} 安装 VirtualBox，或使用 --provider libvirt',
  'brew install --cask virtualbox, or {}': 'brew install --cask virtualbox，或 {}',
  'winget install Oracle.VirtualBox, or {}': 'winget install Oracle.VirtualBox，或 {}',
  'run `VBoxManage --version` and do what it says (often: sudo /sbin/vboxconfig)':
    '执行 `VBoxManage --version` 并按提示操作（通常是 sudo /sbin/vboxconfig）',
  'the package with virsh and libvirtd; also libvirt-daemon-system and qemu-system-x86':
    '包含 virsh 和 libvirtd 的软件包；还需要 libvirt-daemon-system 和 qemu-system-x86',
  'systemctl start libvirtd (apt-get install libvirt-daemon-system where it is missing), and be root or in the group libvirt':
    'systemctl start libvirtd（没有时先 apt-get install libvirt-daemon-system），并以 root 身份或 libvirt 组成员运行',
  '{} does not answer: {}': '{} 没有应答：{}',
  '{} is {}, and {} or newer is needed': '{} 的版本是 {}，需要 {} 或更新',
  'Vagrant has no plugin {}': 'Vagrant 没有插件 {}',
  'the machines are emulated, about 10 times slower': '虚拟机将以模拟方式运行，约慢 10 倍',
  'switch on VT-x or AMD-V in the firmware; inside another hypervisor, switch on nested virtualisation for this machine':
    '请在固件中启用 VT-x 或 AMD-V；如果本机运行在另一个虚拟化平台中，请为它启用嵌套虚拟化',
  'KVM runs a guest ({})': 'KVM 能运行虚拟机（{}）',
  '/dev/kvm is there, but was not tried ({})': '/dev/kvm 存在，但没有尝试（{}）',
  '/dev/kvm opens, but a guest does not run ({}): {}': '/dev/kvm 能打开，但虚拟机不能运行（{}）：{}',
  '/dev/kvm opens, but a guest hardly runs ({}): {}': '/dev/kvm 能打开，但虚拟机几乎不能运行（{}）：{}',
  '/dev/kvm is there, but KVM refuses ({}): {}': '/dev/kvm 存在，但 KVM 拒绝（{}）：{}',
  'there is no /dev/kvm: {}': '没有 /dev/kvm：{}',
  '{}; it works without, slowly': '{}；没有也能运行，但很慢',
  'hardware virtualisation is there (kern.hv_support is so)': '支持硬件虚拟化（依据 kern.hv_support）',
  'hardware virtualisation is there (the processor says so)': '支持硬件虚拟化（依据处理器信息）',
  'no hardware virtualisation (kern.hv_support is so), and VirtualBox does not do without':
    '没有硬件虚拟化（依据 kern.hv_support），而 VirtualBox 离不开它',
  'no hardware virtualisation (the processor says so), and VirtualBox does not do without':
    '没有硬件虚拟化（依据处理器信息），而 VirtualBox 离不开它',
  '{}; or take --provider libvirt, which emulates': '{}；或使用 --provider libvirt，它会模拟',
  'the firmware allows virtualisation': '固件允许虚拟化',
  'VT-x or AMD-V is off in the firmware': '固件中没有启用 VT-x 或 AMD-V',
  'Hyper-V (or WSL 2, or Memory integrity) holds the processor: VirtualBox is slow beside it, or does not start machines at all':
    'Hyper-V（或 WSL 2、内存完整性）占用了处理器：VirtualBox 会很慢，或根本无法启动虚拟机',
  'no Hyper-V in the way': '没有 Hyper-V 的妨碍',
  'as administrator: bcdedit /set hypervisorlaunchtype off, switch Memory integrity off, and start Windows again (WSL 2 and Docker Desktop then rest; "auto" instead of "off" brings them back)':
    '以管理员身份：bcdedit /set hypervisorlaunchtype off，关闭内存完整性，然后重新启动 Windows（此后 WSL 2 和 Docker Desktop 不可用；用 auto 代替 off 可恢复）',
  'this machine is itself a guest: machines in it run by nested virtualisation, slower, and not on every cloud':
    '本机自身就是虚拟机：其中的虚拟机依靠嵌套虚拟化，速度较慢，且不是每个云都支持',
  'VirtualBox takes the lab’s networks (it allows {})': 'VirtualBox 接受实验环境的网络（允许 {}）',
  'any address': '任何地址',
  'VirtualBox allows host-only networks in {}, and the lab has {}':
    'VirtualBox 允许 {} 中的 host-only 网络，而实验环境使用 {}',
  'write "* {}" into /etc/vbox/networks.conf (make it if it is not there), or give the lab networks in {}':
    '请把 "* {}" 写入 /etc/vbox/networks.conf（没有就新建），或让实验环境使用 {} 中的网络',
  '{} MiB of memory, the lab’s {} machines and the system take about {} MiB':
    '内存 {} MiB，实验环境的 {} 台虚拟机和系统约需 {} MiB',
  'use a lab with fewer or smaller nodes, or the embedded backend on Linux':
    '请使用节点更少或更小的实验环境，或在 Linux 上使用 embedded 后端',
  '{} MiB free in {}, the lab takes about {} MiB where the hypervisor keeps its disks':
    '{2} 中有 {1} MiB 可用，实验环境在虚拟化软件存放磁盘的位置约需 {3} MiB',
  'free some space': '请腾出空间',
  'the box {} is here': 'box {} 已在本机',
  'the box {} is not here yet: the first halab up fetches it (up to 1 GB), or `{}` now':
    'box {} 尚未在本机：第一次 halab up 时会下载（最多 1 GB），也可以现在执行 `{}`',
  'virsh reports nothing about {}: {}': 'virsh 没有给出 {} 的信息：{}',
  'VBoxManage reports nothing about {}: {}': 'VBoxManage 没有给出 {} 的信息：{}',
  'halab doctor --backend vagrant shows whether libvirtd answers':
    '用 halab doctor --backend vagrant 查看 libvirtd 是否应答',
  'halab doctor --backend vagrant shows whether VirtualBox answers':
    '用 halab doctor --backend vagrant 查看 VirtualBox 是否应答',
  'listing domains': '列出虚拟机',
  'listing machines': '列出虚拟机',
  'listing disk images': '列出磁盘镜像',
  'listing storage pools': '列出存储池',
  'listing networks': '列出网络',
  'listing volumes of {}': '列出 {} 的卷',
  'listing snapshots of {}': '列出 {} 的快照',
  'listing snapshots of {} failed: {}': '列出 {} 的快照失败：{}',
  'cutting the power of {}': '切断 {} 的电源',
  'setting the cable {} of {} {}': '把 {2} 的网线 {1} 设为 {3}',
  'setting the cable of card {} of {} {}': '把 {2} 第 {1} 块网卡的网线设为 {3}',
  'taking the snapshot {} of {}': '保存 {2} 的快照 {1}',
  'restoring {} to {}': '把 {} 还原到 {}',
  'removing the snapshot {} of {}': '删除 {2} 的快照 {1}',
  'reading the state of the cable {} of {}': '读取 {2} 的网线 {1} 的状态',
  'virsh printed no link state for the cable {} of {}: {}': 'virsh 没有给出 {2} 的网线 {1} 的状态：{3}',
  'removing the volume {} of {}': '删除 {2} 的卷 {1}',
  'stopping the network {}': '停止网络 {}',
  'removing the network {}': '删除网络 {}',
  'looking at the network {}': '查看网络 {}',
  'looking at {}': '查看 {}',
  '{} has no network card with the MAC address {}': '{} 没有 MAC 地址为 {} 的网卡',
  'its Vagrantfile is not the one it was made from: halab down, then halab up':
    '它的 Vagrantfile 与创建时不同：请先 halab down，再 halab up',
  'anything that {} does not report': '{} 没有报告的任何东西',
  'each {} ({} does not answer)': '每个 {}（{} 没有应答）',
  'an archive of packages is for images of Debian, and this lab has {}':
    '软件包归档只用于 Debian 镜像，而这个实验环境使用 {}',
  'leave --packages out, or take an image of Debian': '去掉 --packages，或使用 Debian 镜像',
  '{} cannot be the name of a snapshot': '{} 不能用作快照的名称',
  'up to 63 of a-z, A-Z, 0-9, ., _ and -, beginning with a letter or a digit':
    '最多 63 个字符：a-z、A-Z、0-9、.、_ 和 -，以字母或数字开头',
  '{} is frozen, so it cannot be stopped for a snapshot': '{} 已被冻结，无法为保存快照而停止',
  'halab heal --name {} thaws it': 'halab heal --name {} 会将其解冻',
  'the saved disk of {} lies on another image': '保存的 {} 的磁盘基于另一个镜像',
  'restore the saved state {}: {}': '还原保存的状态 {}：{}',
  'the saved state {} could not be restored: {}': '无法还原保存的状态 {}：{}',
  'save this state: the nodes are stopped and started again': '保存此状态：节点先停止，然后重新启动',
  'this state could not be saved: {}': '无法保存此状态：{}',
  'no disks are saved in {}': '{} 中没有保存磁盘',
  'there is no saved state {}': '没有保存的状态 {}',
  'halab list shows those that there are': 'halab list 会列出现有的状态',
  'this halab builds its images otherwise; halab down and halab up make the lab again':
    '这个版本的 halab 构建的镜像不同；请用 halab down 和 halab up 重新创建实验环境',
  'copying {}': '复制 {}',
  'starting what ran when the lab was saved': '启动保存实验环境时正在运行的服务',
  '{} has a snapshot {} already': '{} 已有快照 {}',
  'take another name, or remove that one first': '换一个名称，或先删除那个快照',
  'the snapshot {} of {} was not taken': '没有保存 {2} 的快照 {1}',
  '{} has no snapshot {} of all its nodes': '{} 没有包含所有节点的快照 {}',
  'it has: {}': '它有：{}',
  '{} was not wholly restored to {}': '{} 未能完全还原到 {}',
  'the snapshot {} could not be removed everywhere': '快照 {} 未能在所有节点上删除',
  'halab status shows what runs; every node that was paused for this has been resumed':
    '用 halab status 查看哪些在运行；为此暂停的节点都已恢复运行',
  '{} failed (exit code {})': '{}失败（退出码 {}）',
  'look at the machine’s console (virt-manager, or the VirtualBox window); halab up goes on from what is there, halab down clears it':
    '请查看虚拟机的控制台（virt-manager 或 VirtualBox 窗口）；halab up 会从现状继续，halab down 会清除',
  '{} did not end within {} s; its last messages: {}': '{} 在 {} s 内没有结束；最后的消息：{}',
  'VirtualBox allows host-only addresses in 192.168.56.0/21 only: give the lab networks inside it, or write the range into /etc/vbox/networks.conf (a line "* 192.168.0.0/16") and run halab up again':
    'VirtualBox 只允许 192.168.56.0/21 中的 host-only 地址：请让实验环境使用其中的网络，或把范围写入 /etc/vbox/networks.conf（一行 "* 192.168.0.0/16"）后再次执行 halab up',
  'a port that the machine wants on this host is taken: end what listens there (halab down of another lab, or an older machine), then run halab up again':
    '虚拟机需要的本机端口已被占用：请结束占用它的程序（对另一个实验环境或旧虚拟机执行 halab down），再执行 halab up',
  'a machine of an earlier try is in the way: halab down removes it, then halab up':
    '上一次尝试留下的虚拟机挡住了：先用 halab down 清除，再执行 halab up',
  'the box is not on this machine and could not be fetched: put it there with `vagrant box add NAME FILE`, build one with `halab box`, name another one as machines.box in the lab file, or see to the network':
    'box 不在本机，也无法下载：请用 `vagrant box add NAME FILE` 添加，用 `halab box` 制作，在实验环境文件的 machines.box 中换一个，或检查网络',
  'a download broke off: look at the network and HTTPS_PROXY, then run halab up again; what was fetched is kept':
    '下载中断：请检查网络和 HTTPS_PROXY，再执行 halab up；已下载的内容会保留',
  'another vagrant still works on this machine, perhaps one that was interrupted and tidies up: wait until it has ended (look for "vagrant" among the processes), then run the command again':
    '本机上还有另一个 vagrant 在工作，可能是被中断后正在清理：请等它结束（在进程中查找 vagrant），再执行该命令',
  'Hyper-V holds the processor: switch it off (bcdedit /set hypervisorlaunchtype off, also "Memory integrity" and WSL 2) and start Windows again':
    'Hyper-V 占用了处理器：请关闭它（bcdedit /set hypervisorlaunchtype off，以及“内存完整性”和 WSL 2）并重新启动 Windows',
  'the processor’s virtualisation is off or not there: switch on VT-x or AMD-V in the firmware, or nested virtualisation in the hypervisor underneath':
    '处理器的虚拟化没有启用或不存在：请在固件中启用 VT-x 或 AMD-V，或在底层虚拟化平台中启用嵌套虚拟化',
  'KVM does not work here: LIBVIRT_DRIVER=qemu in the environment makes emulated machines, about ten times slower':
    'KVM 在这里不可用：设置环境变量 LIBVIRT_DRIVER=qemu 可使用模拟的虚拟机，约慢十倍',
  'VirtualBox’s kernel driver is not loaded: run /sbin/vboxconfig (on macOS allow it under Privacy & Security), then halab up again':
    'VirtualBox 的内核驱动没有加载：请执行 /sbin/vboxconfig（在 macOS 上请在“隐私与安全性”中允许），再执行 halab up',
  'Vagrant has no such provider: vagrant plugin install vagrant-libvirt (Debian: apt-get install vagrant-libvirt), or --provider virtualbox':
    'Vagrant 没有这个 provider：vagrant plugin install vagrant-libvirt（Debian：apt-get install vagrant-libvirt），或 --provider virtualbox',
  'the hypervisor is not installed, or Vagrant does not support its version: halab doctor --backend vagrant says which':
    '没有安装虚拟化软件，或 Vagrant 不支持其版本：halab doctor --backend vagrant 会说明是哪一种',
  'libvirtd does not answer: systemctl start libvirtd, and be root or a member of the group libvirt':
    'libvirtd 没有应答：请执行 systemctl start libvirtd，并以 root 身份或 libvirt 组成员运行',
  'free some space where the hypervisor keeps its disks, then run halab up again':
    '请在虚拟化软件存放磁盘的位置腾出空间，再执行 halab up',
  'there is not enough free memory for the machines: end other programs, or use a lab with fewer or smaller nodes':
    '空闲内存不足以运行这些虚拟机：请结束其他程序，或使用节点更少或更小的实验环境',
  'the machine started but never answered: look at its console (virt-manager, or the VirtualBox window), then run halab up again':
    '虚拟机已启动但一直没有应答：请查看它的控制台（virt-manager 或 VirtualBox 窗口），再执行 halab up',
  'this machine itself has an address in one of the lab’s networks: give the lab other networks, or take that interface down':
    '本机自身在实验环境的某个网络中有地址：请让实验环境使用其他网络，或停掉该网口',
  'halab doctor --backend vagrant checks what this machine can do; halab up may be run again, halab down clears what is left':
    '用 halab doctor --backend vagrant 检查本机能做什么；可以再次执行 halab up，用 halab down 清除残留',
  'waiting for another halab, which is building {}': '等待另一个正在制作 {} 的 halab',
  'building the image {} once (one to five minutes; kept in {})': '正在制作镜像 {}，只需一次（一到五分钟；保存在 {}）',
  '{} is not built yet: the first halab up builds it, in one to five minutes (halab image build does so now)':
    '{} 尚未制作：第一次 halab up 时会制作，需要一到五分钟（也可以现在执行 halab image build）',
  '{} packages unpacked': '已解包 {} 个软件包',
  '{} packages unpacked, {} set up': '已解包 {} 个软件包，已配置 {} 个',
  '{} of {} nodes can run beside those here, then {} first': '除现有的之外，还能运行 {1}（每个 {2} 个节点），此后{3}',
  '1 more lab': '1 个实验环境',
  '{} more labs': '{} 个实验环境',
  'inotify instances end': 'inotify 实例最先不足',
  'free memory ends': '空闲内存最先不足',
  'disk space ends': '磁盘空间最先不足',
  'take down a lab that is not needed, or use one with fewer nodes': '请清除不再需要的实验环境，或使用节点较少的',
  '{} without the cluster software': '{}（不含集群软件）',
  '{} without the cluster software, but its packages': '{}（未安装集群软件，但含其软件包）',
  "the hosts of the lab {} come without the cluster's software": '实验环境 {} 的主机不带集群软件',
  'take --backend embedded, or leave software: packages out of the lab file':
    '请用 --backend embedded，或从实验环境文件中去掉 software: packages',
  'building the image {} without the cluster software once (one to five minutes; kept in {})':
    '正在制作不含集群软件的镜像 {}，只需一次（一到五分钟；保存在 {}）',
  '{}: {} has no package {}': '{}：{} 没有软件包 {}',
  'apt-cache search finds the name; the package must be in the component main':
    '可用 apt-cache search 查找名称；软件包必须在 main 组件中',
  '{}: {} wants the kernel module {}, and a container cannot load one': '{}：{} 需要内核模块 {}，而容器不能加载模块',
  '--backend vagrant, where each node has a kernel of its own': '请用 --backend vagrant，那里的每个节点都有自己的内核',
  '{}: {} failed on {} (exit code {}):\n{}': '{}：{} 在 {} 上失败（退出码 {}）：\n{}',
  '{} has the image {}, and the lab has {}': '{} 的镜像是 {}，而实验环境的是 {}',
  'take images of one family for all nodes: Debian, or Enterprise Linux of one release':
    '所有节点请使用同一系列的镜像：Debian，或同一版本的 Enterprise Linux',
  'fix it, then halab down and halab up; {}': '请改正它，然后执行 halab down 和 halab up；{}',
  'halab ssh {} shows the node as the script left it': '用 halab ssh {} 查看脚本留下的节点',
  '{} has disks of its own, which a machine of VirtualBox cannot distinguish':
    '{} 有自己的磁盘，而 VirtualBox 的虚拟机无法区分它们',
};
