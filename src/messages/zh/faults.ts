import type { FAULTS as EN } from '../en/faults.js';
import type { Translation } from '../translation.js';

export const FAULTS: Translation<typeof EN> = {
  'fault.address-gone.summary':
    '在集群不知情的情况下，从网口上删除一个由集群管理的地址。恢复时不会添加任何地址：受监控的资源由集群自己恢复。',
  'fault.address-gone.expected-behaviour':
    '在下一次 monitor 之前，集群仍认为该地址存在。之后该资源在节点上记一次失败，并在原处重新启动；如果失败次数已达到 migration-threshold，则在别处启动。',
  'fault.unnoticed': '在下一次 monitor 之前，集群仍认为该地址存在。',
  'fault.failed-monitor': '下一次 monitor 会发现该地址已不存在。',
  'fault.clock-skew.summary':
    '把节点的时钟拨快（`+5min`）或拨慢（`-30s`），并停止会校正时钟的服务。恢复时按单调时钟计算经过的时间，设回当前的正确时间，并重新启动被停止的服务。仅限虚拟机：容器没有自己的时钟。',
  'fault.clock-skew.expected-behaviour':
    '成员关系不变：corosync 和 pacemaker 的计时使用单调时钟。按日期的规则、failure-timeout 以及失败和隔离的时间记录依据系统时钟，因此失败记录可能过早或过晚过期，尤其当 DC 在该节点上时。证书可能被拒绝。',
  'fault.cluster-stop.summary':
    '像 `pcs cluster stop` 那样有序停止节点上的集群，即使因此失去法定票数也照样执行。恢复时重新启动集群。',
  'fault.cluster-stop.expected-behaviour':
    '该节点上的资源先停止，再在别处启动；节点立即退出成员关系，不会有节点被隔离（fence）。如果其余节点因此失去法定票数，它们会停止资源。',
  'fault.controller-fail.summary':
    '让节点的管理控制器（集群通过它隔离该节点）出故障：`unreachable` 去掉它的地址，`wrong-password` 让任何人都无法登录，`slow` 让应答慢到超出任何超时，`lies` 让它谎报已断电而实际并未断电。节点本身不受影响；它的 PDU 插座（第二级隔离）照常工作。',
  'fault.controller-fail.expected-behaviour':
    '节点及其资源不受影响。除 `lies` 外，对应 stonith 资源的 monitor 迟早会失败，该资源可能因此被停止。如果此时必须隔离（fence）该节点，隔离会失败并重试，或由第二级完成；在隔离成功之前，该节点上的资源不得在别处启动。遇到 `lies` 时集群会信以为真，可能在其他节点上启动仍在该节点上运行的资源。',
  'fault.controller-fail.healed': '正在进行的隔离设备 monitor 仍可能失败。',
  'fault.cpu-load.summary':
    '用 stress-ng 占满节点的处理器，最长半小时，作为独立单元运行，恢复时停止该单元。容器节点共用宿主机的处理器，因此会拖慢宿主机上的一切。',
  'fault.cpu-load.expected-behaviour':
    '可能没有任何影响：corosync 以实时优先级运行。资源代理变慢，超时设置较短的操作可能失败并触发恢复；pacemaker 可能减少该节点上同时执行的操作数。',
  'fault.cpu-load.in-force': '节点繁忙时，操作耗时可能超过其超时设置。',
  'fault.daemon-kill.summary':
    '用 SIGKILL 杀死集群软件栈的一个守护进程，一次或多次。恢复时停止继续杀进程，并确保此前运行的 systemd 单元重新运行。',
  'fault.daemon-kill.expected-behaviour':
    'pacemakerd 会立刻重新启动它的子守护进程，节点可能保持成员身份、资源继续运行；失去 controller 的节点会短暂处于 unclean 状态，可能被隔离（fence）。systemd 会重新启动 pacemakerd。失去 corosync 后，其他节点在 token 加 consensus 时间之后判定该节点失联：该节点上的 pacemaker 报错退出，之后是否连同 corosync 一起重新启动取决于单元的 Restart= 设置。短时间内被杀死过于频繁的守护进程不会再被启动：systemd 放弃该单元，或 pacemakerd 停止运行。controller 被反复杀死时，其他节点认为该节点处于 unclean 状态，可能隔离（fence）它；未启用隔离时，资源会在别处启动，而在该节点上仍在运行。',
  'fault.daemon-kill.corosync': '没有 corosync，就无法查询该节点的法定票数及其所见的集群状态。',
  'fault.daemon-kill.operation': '执行期间守护进程死亡的操作记为失败。',
  'fault.daemon-stop.summary':
    '用 SIGSTOP 挂起集群软件栈的一个守护进程：进程仍在，锁和连接都不释放，但什么都不做。恢复时用 SIGCONT 让它继续运行。',
  'fault.daemon-stop.expected-behaviour':
    '向该守护进程发出请求的一方会一直等待。corosync 被挂起后，其他节点在 token 加 consensus 时间之后判定该节点失联，节点可能被隔离（fence）；corosync 继续运行后会发现新的成员关系。pacemakerd 可能杀死没有应答的子守护进程并重新启动：此后便不再有被挂起的进程。',
  'fault.daemon-stop.not-idle': '等待被挂起的守护进程时，集群不会进入空闲状态。',
  'fault.daemon-stop.no-answer': '被挂起的守护进程不会应答任何查询。',
  'fault.disk-full.summary':
    '让节点上的某个目录空间耗尽：在其上挂载一个包含原有内容副本的小文件系统并写满，底层磁盘不会被写满。恢复时卸载，并把期间的改动带回原处。',
  'fault.disk-full.expected-behaviour':
    '成员关系不变，资源继续运行：CIB 保存在内存中。pacemaker 无法在该处写入 CIB，会在日志中报告并停止写盘，也无法保存调度器的输入。向该处写数据的服务可能 monitor 失败并被恢复。如果节点在能够再次写盘之前停止服务，重新启动后它带着较旧的 CIB，并从其他节点取得较新的 CIB。',
  'fault.failcount.summary':
    '在集群自己的计数之外，给资源在某个节点上加上从未发生过的失败次数。恢复时只去掉这些次数，保留其他计数。',
  'fault.failcount.expected-behaviour':
    '达到 migration-threshold 时资源离开该节点，在计数清除之前不会再在那里启动；未设置阈值时没有任何影响。`pcs resource cleanup` 也会清除这些失败次数。',
  'fault.freeze.summary':
    '让节点原地冻结，如同虚拟机被暂停：什么都不运行，什么都不丢失，网络地址仍在。恢复后节点继续运行，仿佛时间没有流逝。',
  'fault.freeze.expected-behaviour':
    'corosync 在 token 加 consensus 时间之后判定该节点失联，资源在别处启动。启用隔离（fencing）时被冻结的节点会被隔离。未启用时，节点解冻后在 corosync 通知它已离开成员关系之前仍认为自己持有资源：可能短暂出现两个持有者，这正是需要隔离的原因。',
  'fault.freeze.in-force': '被冻结的节点不会应答。',
  'fault.freeze.healed': '节点恢复运行时，冻结前正在执行的 monitor 已经超时。',
  'fault.initiator-cut.summary': ({ port }) =>
    `某个节点无法访问存储：丢弃它与 ${port} 端口之间的数据包。其他通信（包括心跳）不受影响。`,
  'fault.initiator-cut.expected-behaviour':
    '该节点仍是集群的正常成员，但磁盘没有应答。读写操作一直等待；会读写磁盘的监控因超时失败，停止操作卡在卸载上，节点可能被隔离（fence），之后由其他节点接管。只检查挂载的监控毫无察觉。没有隔离时，其他节点不得挂载该磁盘。',
  'fault.isolate.summary':
    '把一个节点与集群隔开：在某个网口上（或在所有承载集群流量的网口上），其他集群主机都收不到它的数据，它也收不到它们的。存储主机和客户端照常可达。',
  'fault.isolate.expected-behaviour':
    'corosync 在 token 加 consensus 时间之后判定该节点失联。其余节点如有法定票数，可能先隔离（fence）它，再启动它的资源。该节点自身没有法定票数，会停止资源；在停止之前客户端仍能访问它，因此若不先隔离，资源可能短暂地同时运行两份。',
  'fault.link-down.summary':
    '停掉节点的一个网口：`admin` 等同于在节点内执行 `ip link set … down`，`carrier` 等同于在对端拔掉网线。`drop-in`、`drop-out` 和 `drop` 让网口保持启用，由节点自己的包过滤器分别丢弃收到的、发出的或双向的数据包；ARP 请求仍会得到应答。这三种方式不需要后端提供任何能力。',
  'fault.link-down.expected-behaviour':
    'corosync 在 token 加 consensus 时间之后判定该节点失联。保有法定票数的分区可能先隔离（fence）该节点，再启动它的资源；被切断的节点失去法定票数并停止资源。如果该网口只承载业务流量，除非有资源监控它，否则没有任何影响。',
  'fault.link-down.in-force': '被切断的节点在停止资源之前，如果恰好轮到 monitor，可能会失败。',
  'fault.link-down.route': '网口停掉后代理找不到路由，误报“已停止”，地址仍留在网口上。',
  'fault.unwatched': '没有资源监控这个网口，集群会把地址留在无人能访问的地方。',
  'fault.lun-fault.summary':
    '某个节点磁盘下的逻辑单元出现故障，其他节点不受影响：拒绝所有写入（read-only）、一切读写失败（io-error）、后端空间耗尽（full，如精简配置），或每秒只处理十次操作（slow）。',
  'fault.lun-fault.expected-behaviour':
    'ext4 写不了日志时会变为只读；即使磁盘恢复，也要重新挂载才能写入。只检查挂载的监控毫无察觉；会写盘的监控失败，资源被重启或转移。卸载可以完成，因为错误会立即返回而不是等待。磁盘过慢可能导致操作超时。',
  'fault.maintenance.summary':
    '像 `pcs node maintenance` 那样让单个节点进入维护模式：集群不再干预该节点。恢复时结束维护模式，不论是谁设置的。',
  'fault.maintenance.expected-behaviour':
    '节点上正在运行的资源继续运行，但不受管理、不被监控；不会启动或停止任何资源。维护模式结束后，集群检查实际状态，并纠正不符合预期之处。',
  'fault.memory-load.summary':
    '用 stress-ng 占用并保持节点的指定数量（MiB）内存，最长半小时，作为独立单元运行，恢复时停止该单元。数量必须小于实验环境分配给该节点的内存。容器节点共用宿主机的内存，因此不会出现内存不足。',
  'fault.memory-load.expected-behaviour':
    '剩余内存足够时没有任何影响。内存不足时内核会换出或杀死进程：首先是该负载本身，否则可能是某个服务（由集群恢复），或集群软件栈的守护进程（节点可能因此失联或被隔离（fence））。',
  'fault.monitor-fail.summary':
    '让资源在单个节点上的每次周期性 monitor 都失败，而服务本身仍在运行：由 `ocf:` 代理的包装脚本报告失败。`systemd:` 单元的 monitor 只检查单元自身的状态，因此改为让单元在每次启动几秒后终止。探测（probe）结果保持真实。恢复时还原代理或单元。',
  'fault.monitor-fail.expected-behaviour':
    '资源每次都在该节点上停止并重新启动，失败计数随之增加。设置了 migration-threshold 时，达到阈值后资源离开该节点；未设置时，故障持续多久就重复多久。没有周期性 monitor 时没有任何影响。',
  'fault.monitor-fail.healed': '被注入失败的 monitor，可能在故障恢复之后才被计入。',
  'fault.one-way-loss.summary':
    '节点在某个网口上不再收到另一个节点发来的数据，而反方向正常：丢弃源地址为对方在该网络上自身地址的数据包。浮动地址和 ARP 不受影响。',
  'fault.one-way-loss.expected-behaviour':
    'corosync 需要双向通信，因此同时包含这两个节点的成员关系无法维持：token 加 consensus 时间之后，其中一个会被排除在外；在成员关系稳定之前，被排除的节点可能变化。被排除且没有法定票数的节点停止资源，或被隔离（fence）。',
  'fault.one-way-loss.in-force': '两个节点可能始终无法就成员关系达成一致，成员关系会反复变化。',
  'fault.one-way-loss.in-force-2': '成员关系反复变化期间，节点的状态可能未知。',
  'fault.one-way-loss.in-force-3': '资源在仓促停止和启动时可能失败。',
  'fault.one-way-loss.healed': '成员关系再次变化时正在执行的操作可能失败。',
  'fault.dropped-out': '没有隔离（fencing）：掉出成员关系的节点可能忙于处理成员变化，来不及停止它运行的资源。',
  'fault.partition.summary':
    '把节点划分为两个或更多分组。不同分组的节点在某个网口上（或在所有承载集群流量的网口上）互相收不到数据，同组节点之间一切正常。按节点在该网络上自身的地址识别数据包，并在收发两端丢弃；ARP 不受影响。',
  'fault.partition.expected-behaviour':
    'token 加 consensus 时间之后，每个分组各自形成成员关系，并各有一个 DC。最多只有一个分组拥有法定票数：它可能先隔离（fence）其他节点，再启动它们的资源。没有法定票数的分组按 no-quorum-policy 行事，默认停止所有资源。如果没有任何分组占多数，则任何地方都不运行资源。在 `two_node` 集群中两个分组都有法定票数，只有隔离才能防止资源同时运行两份。分区结束后各分组重新合并，只留下一个 DC。',
  'fault.power-off.summary': '直接切断节点电源：节点立刻停止，来不及写盘，也来不及通知其他节点。恢复即重新通电。',
  'fault.power-off.expected-behaviour':
    'corosync 在 token 加 consensus 时间之后判定该节点失联。启用隔离（fencing）时，集群可能先隔离该节点（因而也可能重新通电），再在别处启动资源；未启用时直接在别处启动。重新通电后，只有集群设为开机自启时节点才会自动重新加入。',
  'fault.process-kill.summary':
    '用 SIGKILL 杀死节点上同名的所有进程（只杀一次），如同服务崩溃。从不针对集群软件栈的守护进程。恢复时不做任何更改：受监控的资源由集群自己恢复。',
  'fault.process-kill.expected-behaviour':
    '在下一次 monitor 之前，集群仍认为服务在运行。之后该资源在节点上记一次失败，并在原处重新启动；如果失败次数已达到 migration-threshold，则在别处启动。由 systemd 按 Restart= 重新启动的进程可能在被发现之前就已恢复。',
  'fault.process-kill.healed': '在下一次 monitor 之前，集群仍认为服务在运行。',
  'fault.process-kill.service-dead': '下一次 monitor 会发现服务已经终止。',
  'fault.reboot.summary':
    '像 `systemctl reboot` 那样有序重启节点：先停止各项服务，再重新启动。恢复时等待节点重新启动完成；如果它一直处于关机状态，则为其通电。',
  'fault.reboot.expected-behaviour':
    '节点上的集群有序停止：资源先停止，再在别处启动；节点立即退出成员关系，不会有节点被隔离（fence）。未能按时停止的进程会被杀死；资源停止失败时，节点可能被隔离。只有集群设为开机自启时，节点才会自动重新加入。',
  'fault.reboot.in-force': '正在启动的节点不会应答。',
  'fault.ring.summary':
    '把节点排成一个环，每个节点都收不到下一个节点的数据，而下一个节点仍能收到它的；作用于某个网口或所有承载集群流量的网口。其他方向都正常。',
  'fault.ring.expected-behaviour':
    'corosync 3 只有在双向都通时才认为链路可用，因此相邻节点互相失联。三节点的环中任意两个节点都相邻：形成三个单节点成员关系，没有节点拥有法定票数，全部资源停止。五节点的环中每个节点仍与多数节点连通，但没有任何三个节点两两互通，而成员关系恰恰要求如此：结果同样没有节点拥有法定票数。成员关系在稳定之前可能反复变化。',
  'fault.coming-and-going': '不相邻的节点仍能互相收到数据，成员关系可能反复变化。',
  'fault.busy-with-membership': '节点可能忙于处理成员变化，来不及停止它运行的资源。',
  'fault.shape.summary':
    '用 `tc` 干扰节点在某个网口上发出的数据：延迟和抖动、丢包、重复、损坏、限速。收到的数据不受影响。除单独限速外，都需要内核支持 netem。',
  'fault.shape.expected-behaviour':
    '只要令牌仍能在 token 超时之内绕环一周，变化的就只有速度：丢失的消息由 corosync 重传。超出之后其他节点会判定该节点失联，可能反复发生，每次都可能隔离（fence）它。经过该网口的业务变慢或中断，只有被资源监控时集群才会察觉。',
  'fault.standby.summary': '像 `pcs node standby` 那样让节点进入 standby。恢复时让节点退出 standby，不论是谁设置的。',
  'fault.standby.expected-behaviour':
    '节点保持成员身份并计入法定票数；其资源在该节点停止，并在别处启动。退出 standby 后，资源按各自的 stickiness 留在原处或迁回。',
  'fault.start-fail.summary':
    '让资源在单个节点上启动失败：由 `ocf:` 代理的包装脚本或 `systemd:` 单元的 drop-in 拒绝启动。正在运行的资源不受影响。恢复时还原代理或单元；失败计数保留到执行 `pcs resource cleanup`。',
  'fault.start-fail.expected-behaviour':
    '在资源需要于该节点启动之前，没有任何影响。默认情况下（start-failure-is-fatal）一次启动失败即计为 INFINITY，资源改在别处启动，清除失败记录之前不再在该节点启动；没有其他可用节点时资源保持停止。',
  'fault.controllers-cut.summary':
    '切断一个节点到所有节点电源控制器的通路：丢弃来往的数据包。控制器本身正常，其他节点仍能访问它们。',
  'fault.controllers-cut.expected-behaviour':
    '不会立即影响其他部分，只有运行在该节点上的 fence 设备的监控会失败，随后设备移到其他节点。该节点无法 fence 其他节点，由能够访问控制器的节点代为执行；在双节点集群中则没有节点能够执行 fence，失联节点上的资源留在原处。',
  'fault.start-hang.summary':
    '让资源在某个节点上启动变慢，或者在启动时挂起（最长半小时）：用包装脚本替换其 `ocf:` 代理，或为其 `systemd:` 单元添加配置片段，先等待再启动资源。恢复后，正在等待的启动会继续，代理或单元也恢复原状。',
  'fault.start-hang.expected-behaviour':
    '在资源需要于该节点启动之前，没有任何影响。用时少于操作超时的启动会成功，只是更晚，依赖它的资源也随之等待；超过超时的启动算作启动失败，后果与 start-fail 相同。',
  'fault.promote-fail.summary':
    '让可升级资源的实例在某个节点上升级失败：用包装脚本替换其 `ocf:` 代理。已经升级的实例保持升级状态。恢复时还原代理；在执行 `pcs resource cleanup` 之前，失败次数仍会保留。',
  'fault.promote-fail.expected-behaviour':
    '在实例需要于该节点升级之前，没有任何影响。随后升级失败，实例被停止并重新以未升级状态启动，或改到别处，取决于允许的失败次数（migration-threshold）；其他实例可能会被升级。',
  'fault.demote-fail.summary':
    '让可升级资源的实例在某个节点上降级失败：用包装脚本替换其 `ocf:` 代理。恢复时还原代理；在执行 `pcs resource cleanup` 之前，失败次数仍会保留。',
  'fault.demote-fail.expected-behaviour':
    '在实例需要于该节点降级之前（迁移、待机、恢复），没有任何影响。随后降级失败，Pacemaker 会停止该实例。如果代理拒绝停止已升级的实例（例如 ocf:pacemaker:Stateful），停止也会失败：资源将被阻塞，或者该节点被隔离。停止完成之前不得升级其他实例。',
  'fault.stop-hang.summary':
    '让资源在单个节点上停止时挂起，最长半小时：由 `ocf:` 代理的包装脚本或 `systemd:` 单元的 drop-in 在真正停止之前一直等待。恢复时让挂起的停止操作继续，并还原代理或单元。',
  'fault.stop-hang.expected-behaviour':
    '在资源需要于该节点停止之前，没有任何影响。之后停止操作在超时后失败。启用隔离（fencing）时先隔离该节点，再在别处启动资源；未启用时资源被阻塞（blocked）并仍在运行，直到清除失败记录：此时不得在别处启动。',
  'fault.target-stop.summary':
    '存储主机停止服务，且不通知已登录的节点：其 iSCSI target 被杀死，并禁止再次启动。恢复时重新启动。',
  'fault.target-stop.expected-behaviour':
    '对共享磁盘的读写会一直等待，发起者也随之等待。只检查挂载的监控仍然成功；会读写磁盘的监控（OCF_CHECK_LEVEL 10 和 20）因超时失败，随后的停止操作也会超时，此时节点可能被隔离（fence）；没有隔离时其资源被阻塞。如果 target 在 initiator 放弃之前恢复，所有等待中的操作会继续完成。',
  'fault.lost': '没有隔离（fencing）：失去 corosync 的节点仍保留着它运行的资源，其他节点则重新启动这些资源。',
  'fault.waited': '需要等待被挂起的守护进程的操作可能失败，无论是在当时，还是在守护进程继续运行之后。',
  'fault.waited-for-disk': '读写磁盘的操作都要等待它，等待中的操作可能超时。',
};
