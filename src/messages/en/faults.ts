export const FAULTS = {
  'fault.address-gone.summary':
    'Deletes an address that the cluster manages from its interface, without the cluster’s knowledge. Healing adds nothing: the cluster recovers the resources that it monitors.',
  'fault.address-gone.expected-behaviour':
    'Until the next monitor, the cluster assumes that the address is still there. Then the resource has one failure on the node and is restarted there, or elsewhere if its failures have reached migration-threshold.',
  'fault.unnoticed': 'Until the next monitor, the cluster assumes that the address is still there.',
  'fault.failed-monitor': 'The next monitor finds that the address is gone.',
  'fault.clock-skew.summary':
    'Sets the clock of a node ahead (`+5min`) or back (`-30s`), and stops the services that would correct it. Healing measures the elapsed time by the monotonic clock, sets the correct time and starts those services again. In virtual machines only: containers have no clock of their own.',
  'fault.clock-skew.expected-behaviour':
    'The membership does not change: corosync and pacemaker use the monotonic clock for their timers. Date rules, failure-timeout and the recorded times of failures and fencing follow the system clock, so a failure may expire too early or too late on that node, above all if it is the DC. Certificates may be rejected.',
  'fault.cluster-stop.summary':
    'Stops the cluster on a node cleanly, as `pcs cluster stop` does, even if the cluster loses quorum. Healing starts it again.',
  'fault.cluster-stop.expected-behaviour':
    'The node’s resources stop there and start elsewhere, and the node leaves the membership at once; no node is fenced. If the others have no quorum without it, they stop their resources.',
  'fault.controller-fail.summary':
    'Breaks a node’s management controller, through which the cluster fences the node: `unreachable` removes its address, `wrong-password` makes it refuse every login, `slow` delays its answers beyond any timeout, and `lies` makes it report that the power is off while leaving it on. The node itself is not affected, and its power outlet, the second fencing level, still works.',
  'fault.controller-fail.expected-behaviour':
    'The node and its resources are not affected. The monitor of its stonith resource fails sooner or later, except with `lies`, and the resource may be stopped as a result. If the node has to be fenced in the meantime, fencing fails and is tried again, or a second level fences it; until fencing has succeeded, none of the node’s resources may start elsewhere. With `lies`, the cluster believes the controller and may start resources on another node that still run on this one.',
  'fault.controller-fail.healed': 'A monitor of the fence device that was already in progress may still fail.',
  'fault.cpu-load.summary':
    'Keeps the processors of a node busy with stress-ng, for half an hour at most, in a unit that healing stops. Container nodes share the processors of the host, so the load slows down everything on it.',
  'fault.cpu-load.expected-behaviour':
    'There may be no effect: corosync runs with realtime priority. Agents take longer, so an operation with a short timeout may fail and its resource be recovered; pacemaker may run fewer actions on the node at once.',
  'fault.cpu-load.in-force': 'On a busy node, an operation may take longer than its timeout.',
  'fault.daemon-kill.summary':
    'Kills a daemon of the cluster stack with SIGKILL, once or several times. Healing stops the killing and makes sure that the units that were running before run again.',
  'fault.daemon-kill.expected-behaviour':
    'pacemakerd restarts its child daemons at once, and the node may stay a member with its resources running; without its controller it is briefly unclean and may be fenced. systemd restarts pacemakerd. A node without corosync is lost to the others after token plus consensus: its pacemaker exits with an error, and whether it restarts along with corosync depends on Restart= of the unit. A daemon that is killed too often in a short time stays down: systemd stops restarting the unit, or pacemakerd exits. If the controller is killed repeatedly, its node stays unclean to the others: it may be fenced; without fencing, its resources start elsewhere while they still run on it.',
  'fault.daemon-kill.corosync':
    'Without corosync, neither the node’s quorum nor its view of the cluster can be queried.',
  'fault.daemon-kill.operation': 'An operation fails if its daemon is killed while it runs.',
  'fault.daemon-stop.summary':
    'Suspends a daemon of the cluster stack with SIGSTOP: the process still exists and keeps its locks and connections, but does nothing. Healing resumes it with SIGCONT.',
  'fault.daemon-stop.expected-behaviour':
    'Processes that query the daemon wait. If corosync is suspended, the node is lost to the others after token plus consensus and may be fenced; when corosync resumes, it finds a new membership. pacemakerd may kill a child daemon that does not respond and start it again; after that, no daemon is suspended.',
  'fault.daemon-stop.not-idle': 'The cluster does not become idle while it waits for a suspended daemon.',
  'fault.daemon-stop.no-answer': 'Queries to a suspended daemon get no answer.',
  'fault.disk-full.summary':
    'Makes a directory of a node run out of space: mounts a small file system with a copy of its contents over it, and fills that. The underlying disk is not filled. Healing unmounts it and copies the changes made in the meantime back.',
  'fault.disk-full.expected-behaviour':
    'The membership does not change and resources keep running, because the CIB is kept in memory. pacemaker cannot write its CIB there, logs that, and stops writing it; nor can it save the scheduler’s inputs. A service that writes there may fail its monitor and be recovered. If the node dies before it can write again, it comes back with an older CIB and takes the newer one from the others.',
  'fault.failcount.summary':
    'Adds failures that never happened to a resource’s fail count on a node, on top of the real ones. Healing removes those and keeps the real ones.',
  'fault.failcount.expected-behaviour':
    'If the count reaches migration-threshold, the resource leaves the node and is not started there again until the count is cleared; without a threshold, there is no effect. `pcs resource cleanup` clears these failures too.',
  'fault.freeze.summary':
    'Freezes a node, as a hypervisor does when it pauses a virtual machine: nothing runs, nothing is lost, and its network addresses stay. Healing resumes it as if no time had passed.',
  'fault.freeze.expected-behaviour':
    'Corosync loses the node after token plus consensus, and its resources start elsewhere. With fencing, the frozen node is fenced. Without fencing, a node that thaws still assumes that it holds its resources, until corosync tells it that it has left the membership: two nodes may briefly hold the same resource, which is why fencing exists.',
  'fault.freeze.in-force': 'A frozen node does not answer.',
  'fault.freeze.healed': 'A monitor that was in progress has timed out by the time the node resumes.',
  'fault.initiator-cut.summary': ({ port }: { port: number }) =>
    `One node no longer reaches the storage: packets between it and port ${port} are dropped. Everything else still works, the heartbeat included.`,
  'fault.initiator-cut.expected-behaviour':
    'The node is a full member of the cluster with a disk that does not respond. Reads and writes on the disk block: a monitor that uses the disk times out, the stop hangs on unmounting, and the node may be fenced, after which another one takes over. A monitor that only checks the mount notices nothing. Without fencing, no other node may mount the disk.',
  'fault.isolate.summary':
    'Cuts one node off from the cluster, on one link or on every link that carries cluster traffic: packets between it and the other cluster nodes are dropped in both directions. The storage host and clients can still reach it.',
  'fault.isolate.expected-behaviour':
    'Corosync loses the node after token plus consensus. The others, if they have quorum, may fence it and then start its resources. The node itself has no quorum and stops them; until it does, clients still reach it, so a resource may briefly run twice unless the node is fenced first.',
  'fault.link-down.summary':
    'Takes one network link of a node down: `admin` runs `ip link set … down` on the node, and `carrier` has the effect of pulling the cable at the far end. `drop-in`, `drop-out` and `drop` keep the link up and make the node’s own packet filter drop incoming packets, outgoing packets, or both; ARP is still answered. These three need no ability of the backend.',
  'fault.link-down.expected-behaviour':
    'Corosync loses the node after token plus consensus. The partition that keeps quorum may fence the node and then starts its resources; the cut-off node loses quorum and stops them. If the link carries only service traffic, there is no effect unless a resource monitors it.',
  'fault.link-down.in-force': 'A monitor that runs on the cut-off node before the resource is stopped may fail.',
  'fault.link-down.route':
    'While the interface was down, the agent found no route, reported the resource as stopped and left the address configured.',
  'fault.unwatched': 'No resource monitors this link, so the cluster leaves an address where clients cannot reach it.',
  'fault.lun-fault.summary':
    'The logical unit behind one node’s disk fails, while those of the other nodes still work: writes are refused (read-only), every operation fails (io-error), the storage has no space left, as with thin provisioning (full), or it serves only ten operations a second (slow).',
  'fault.lun-fault.expected-behaviour':
    'ext4 turns read-only when it cannot write its journal, and stays so until it is remounted, even after the disk has recovered. A monitor that only checks the mount notices nothing; one that writes fails, and the resource is restarted or moves. Unmounting works, because errors do not block. A slow disk may make operations time out.',
  'fault.maintenance.summary':
    'Puts one node in maintenance, as `pcs node maintenance` does: the cluster leaves its resources alone. Healing ends the maintenance, even if the fault did not begin it.',
  'fault.maintenance.expected-behaviour':
    'Resources on the node keep running, unmanaged and unmonitored; none is started or stopped there. When maintenance ends, the cluster checks the actual state and corrects what differs from the intended state.',
  'fault.memory-load.summary':
    'Allocates the given number of MiB of a node’s memory with stress-ng and holds it, for half an hour at most, in a unit that healing stops. It must be less than the lab gives the node. Container nodes share the memory of the host, so memory does not run short there.',
  'fault.memory-load.expected-behaviour':
    'There is no effect while enough memory is left. When memory runs short, the kernel swaps or kills: first the load itself, or else a service, which the cluster then recovers, or a daemon of the cluster stack, so that the node may be lost or fenced.',
  'fault.monitor-fail.summary':
    'Makes every recurring monitor of a resource fail on one node while its service keeps running: a wrapper around its `ocf:` agent reports the failure. A monitor of a `systemd:` unit only checks the unit’s own state, so the unit exits a few seconds after each start instead. Probes report the true state. Healing restores the agent or the unit.',
  'fault.monitor-fail.expected-behaviour':
    'After each failed monitor, the resource is restarted on the node and its fail count there grows. With a migration-threshold, it leaves the node when the count reaches that; without one, this repeats for as long as the fault is active. Without a recurring monitor, there is no effect.',
  'fault.monitor-fail.healed':
    'A monitor that failed because of the fault may be counted only after the fault is healed.',
  'fault.one-way-loss.summary':
    'A node no longer receives packets from another node on one link, while the other direction works: packets from the other node’s own address there are dropped. Floating addresses and ARP are not affected.',
  'fault.one-way-loss.expected-behaviour':
    'Corosync needs both directions, so no membership with both nodes can last: after token plus consensus, one of the two is left out, and which one may change until the membership is stable. A node that is left out without quorum stops its resources, or is fenced.',
  'fault.one-way-loss.in-force': 'The two nodes may never agree on the membership, which then keeps changing.',
  'fault.one-way-loss.in-force-2': 'While the membership keeps changing, the state of a node may be unknown.',
  'fault.one-way-loss.in-force-3': 'Operations may fail while resources are stopped and started in quick succession.',
  'fault.one-way-loss.healed': 'An operation that was in progress when the membership changed again may have failed.',
  'fault.dropped-out':
    'There is no fencing, and the node that left the membership may be too busy with membership changes to stop its resources.',
  'fault.partition.summary':
    'Splits the nodes into two or more groups, on one link or on every link that carries cluster traffic. Packets between nodes of different groups are dropped at both ends, identified by the nodes’ own addresses; nodes in the same group reach each other as before. ARP is not affected.',
  'fault.partition.expected-behaviour':
    'After token plus consensus, each group is a membership of its own with its own DC. At most one of them has quorum: it may fence the others and then starts their resources. A group without quorum follows no-quorum-policy, which by default stops all resources. If no group has a majority, no resource runs anywhere. With `two_node`, both groups have quorum, and only fencing prevents a resource from running twice. When the partition ends, the groups merge and one DC remains.',
  'fault.power-off.summary':
    'Cuts the power of a node: it stops at once, without writing to disk or notifying the other nodes. Healing turns the power on again.',
  'fault.power-off.expected-behaviour':
    'Corosync loses the node after token plus consensus. With fencing, the node may be fenced (and so turned on again) before its resources start elsewhere; without fencing, they start elsewhere at once. When the power is back, the node rejoins only if the cluster is enabled at boot.',
  'fault.process-kill.summary':
    'Kills all processes of one name on a node once, with SIGKILL, as when a service crashes. Daemons of the cluster stack are never killed. Healing changes nothing: the cluster recovers the resources that it monitors.',
  'fault.process-kill.expected-behaviour':
    'Until the next monitor, the cluster assumes that the service is running. Then the resource has one failure on the node and is restarted there, or elsewhere if its failures have reached migration-threshold. A process that systemd restarts (Restart=) may be back before the cluster notices.',
  'fault.process-kill.healed': 'Until the next monitor, the cluster assumes that the service is running.',
  'fault.process-kill.service-dead': 'The next monitor finds that the service is dead.',
  'fault.reboot.summary':
    'Reboots a node cleanly, as `systemctl reboot` does: services stop, then the node boots. Healing waits until it has booted, and turns it on if it is still off.',
  'fault.reboot.expected-behaviour':
    'The cluster on the node stops cleanly: its resources stop there and start elsewhere, the node leaves the membership at once, and no node is fenced. Processes that do not stop in time are killed, and a resource that fails to stop may get the node fenced. The node rejoins only if the cluster is enabled at boot.',
  'fault.reboot.in-force': 'A node that is booting does not answer.',
  'fault.ring.summary':
    'Arranges the nodes in a ring in which each node no longer receives packets from the next one, on one link or on every link that carries cluster traffic. All other directions work.',
  'fault.ring.expected-behaviour':
    'Corosync 3 counts a link as up only while both directions work, so neighbours are lost to each other. In a ring of three, every pair are neighbours: there are three memberships of one node, none has quorum, and all resources stop. In a ring of five, each node still has links to a majority, but a membership requires that all of its members reach each other, and no three nodes do: none has quorum either. The membership may keep changing before it is stable.',
  'fault.coming-and-going':
    'Nodes that are not neighbours still reach each other, and the membership may keep changing.',
  'fault.busy-with-membership': 'A node may be too busy with membership changes to stop its resources.',
  'fault.shape.summary':
    'Degrades the packets that a node sends on one link, with `tc`: delay with jitter, loss, duplication, corruption, or a limited rate. Incoming packets are not affected. Everything except a rate limit alone needs netem in the kernel.',
  'fault.shape.expected-behaviour':
    'As long as the token goes round within its timeout, only the speed changes: corosync retransmits lost messages. Beyond that, the others lose the node for a while, perhaps repeatedly, and may fence it each time. Service through the link becomes slow or is interrupted, which the cluster notices only if a resource monitors it.',
  'fault.standby.summary':
    'Puts a node in standby, as `pcs node standby` does. Healing ends the standby, even if the fault did not begin it.',
  'fault.standby.expected-behaviour':
    'The node stays a member and counts for quorum; its resources stop there and start elsewhere. After the standby, they stay where they are or return, depending on their stickiness.',
  'fault.start-fail.summary':
    'Makes a resource fail to start on one node: a wrapper around its `ocf:` agent, or a drop-in of its `systemd:` unit, refuses to start it. A resource that is already running there keeps running. Healing restores the agent or the unit; the failures stay counted until `pcs resource cleanup`.',
  'fault.start-fail.expected-behaviour':
    'There is no effect until the resource is to start there. By default, one failed start sets the fail count to INFINITY (start-failure-is-fatal), so the resource starts elsewhere and does not start there again until the failure is cleaned up; if no other node is available, it stays stopped.',
  'fault.controllers-cut.summary':
    'Cuts a node off from the power controllers of all nodes: it drops their packets. The controllers work, and the other nodes reach them.',
  'fault.controllers-cut.expected-behaviour':
    'Nothing fails at once but monitors of fence devices that run on this node, which then move to others. If the node has to fence another, it cannot, and a node that can does it; in a two-node cluster nobody fences, and resources of the lost node stay where they are.',
  'fault.start-hang.summary':
    'Makes a resource start late on one node, or hang when it starts, for half an hour at most: a wrapper around its `ocf:` agent, or a drop-in of its `systemd:` unit, waits before it starts the resource. Healing lets a waiting start continue, and restores the agent or the unit.',
  'fault.start-hang.expected-behaviour':
    'There is no effect until the resource is to start there. A start that takes less than the timeout of the operation succeeds, only later, and what depends on it waits. One that takes longer is a failed start, with everything that follows from it (start-fail).',
  'fault.promote-fail.summary':
    'Makes an instance of a promotable resource fail to be promoted on one node, by a wrapper around its `ocf:` agent. An instance that is promoted already stays promoted. Healing restores the agent; the failures stay counted until `pcs resource cleanup`.',
  'fault.promote-fail.expected-behaviour':
    'There is no effect until an instance is to be promoted there. Then the promotion fails, the instance is stopped and started again unpromoted, or tried elsewhere, depending on the failures that are allowed (migration-threshold); another instance may be promoted instead.',
  'fault.demote-fail.summary':
    'Makes an instance of a promotable resource fail to be demoted on one node, by a wrapper around its `ocf:` agent. Healing restores the agent; the failures stay counted until `pcs resource cleanup`.',
  'fault.demote-fail.expected-behaviour':
    'There is no effect until an instance is to be demoted there: a move, a standby, a recovery. Then the demotion fails, and pacemaker stops the instance. An agent that refuses to stop a promoted instance, as ocf:pacemaker:Stateful does, fails the stop too: the resource is then blocked, or its node is fenced. No other instance may be promoted before the stop.',
  'fault.stop-hang.summary':
    'Makes a resource hang when it is stopped on one node, for half an hour at most: a wrapper around its `ocf:` agent, or a drop-in of its `systemd:` unit, waits before it stops the resource. Healing lets a hanging stop continue, and restores the agent or the unit.',
  'fault.stop-hang.expected-behaviour':
    'There is no effect until the resource is to stop there. Then the stop times out and fails. With fencing, the node is fenced, and the resource starts elsewhere after that; without fencing, the resource is blocked while it still runs, until the failure is cleaned up, and must not start elsewhere.',
  'fault.target-stop.summary':
    'The storage host stops serving without notifying the nodes that are logged in: its iSCSI target is killed and kept from starting. Healing starts it again.',
  'fault.target-stop.expected-behaviour':
    'Reads and writes of the shared disk block, and so do the processes that make them. A monitor that only checks the mount still succeeds; one that reads or writes (OCF_CHECK_LEVEL 10 and 20) times out, as does the stop after it, and then the node may be fenced. Without fencing, its resources are blocked. If the target is back before the initiator gives up, all blocked operations continue.',
  'fault.lost':
    'There is no fencing, and a node that lost its corosync keeps its resources while the others start them too.',
  'fault.waited': 'An operation that waits for a suspended daemon may fail, either then or when the daemon resumes.',
  'fault.waited-for-disk': 'Operations that read or write the disk wait for it, and may time out.',
};
