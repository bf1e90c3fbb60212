export const FAULTS = {
  'fault.address-gone.summary':
    'Deletes an address that the cluster manages from its interface, behind the cluster’s back. Healing adds nothing: the cluster brings back what it monitors.',
  'fault.address-gone.expected-behaviour':
    'Until its next monitor the cluster believes that the address is there. Then the resource has failed once on the node, and is started again there, or elsewhere if that was one failure too many.',
  'fault.unnoticed': 'Until its next monitor the cluster believes that the address is there.',
  'fault.failed-monitor': 'The next monitor finds the address gone.',
  'fault.clock-skew.summary':
    'Sets the clock of a node ahead (`+5min`) or back (`-30s`), and stops what would set it right. Healing counts by the monotonic clock how long that has been, sets the time that it is now, and starts what was stopped. In virtual machines only: containers have no clock of their own.',
  'fault.clock-skew.expected-behaviour':
    'Members stay members: corosync and pacemaker time what they do by the monotonic clock. Rules by date, failure-timeout and the times of failures and fencing go by the clock, so a failure may expire too early or too late there, above all where the DC is. Certificates may be refused.',
  'fault.cluster-stop.summary':
    'Stops the cluster on a node in order, as `pcs cluster stop` does, be quorum lost by it or not. Healing starts it again.',
  'fault.cluster-stop.expected-behaviour':
    'The node’s resources are stopped there and start elsewhere, and the node leaves the membership at once; nobody is fenced. If the others have no quorum without it, they stop their resources.',
  'fault.controller-fail.summary':
    'Breaks the management controller of a node, which the cluster fences the node by: `unreachable` takes its address away, `wrong-password` lets nobody in any more, `slow` has it take longer for everything than anybody waits, `lies` has it say that the power is off and leave it on. The node itself notices nothing, and its outlet, the second level, goes on working.',
  'fault.controller-fail.expected-behaviour':
    'Nothing happens to the node or its resources. The monitor of its stonith resource fails sooner or later, except with `lies`, and the resource may be stopped for it. If the node has to be fenced meanwhile, that fails and is tried again, or a second level does it; until one has succeeded, none of the node’s resources may start elsewhere. With `lies` the cluster believes it, and may start on another node what still runs on this one.',
  'fault.controller-fail.healed': 'A monitor of the fence device that was under way may still fail.',
  'fault.cpu-load.summary':
    'Keeps the processors of a node busy by stress-ng, for half an hour at most, as a unit that healing stops. Nodes in containers share the processors of the machine, so there it slows everything on it.',
  'fault.cpu-load.expected-behaviour':
    'Nothing need happen: corosync runs with realtime priority. Agents take longer, so an operation with a short timeout may fail and its resource be recovered; pacemaker may start fewer actions at once on the node.',
  'fault.cpu-load.in-force': 'On a busy node an operation may take longer than its timeout.',
  'fault.daemon-kill.summary':
    'Kills a daemon of the stack by SIGKILL, once or several times. Healing ends the killing and makes sure that the units run again that ran before.',
  'fault.daemon-kill.expected-behaviour':
    'pacemakerd starts a daemon below it again at once, and the node may stay a member with its resources running; without its controller it is unclean for a moment and may be fenced. systemd starts pacemakerd again. Without corosync the node is lost to the others after token plus consensus: pacemaker there ends with an error, and is started again with corosync or not, by the unit’s Restart=. A daemon that is killed too often in a short time stays down: systemd gives the unit up, or pacemakerd stops. A controller that is killed again and again leaves its node unclean to the others: it may be fenced, and without fencing its resources start elsewhere while they still run on it.',
  'fault.daemon-kill.corosync': 'Without corosync neither the node’s quorum nor its cluster can be asked for.',
  'fault.daemon-kill.operation': 'An operation that its daemon died under has failed.',
  'fault.daemon-stop.summary':
    'Halts a daemon of the stack by SIGSTOP: it is there, holds what it holds, and does nothing. Healing lets it go on by SIGCONT.',
  'fault.daemon-stop.expected-behaviour':
    'A process that asks the daemon waits. A halted corosync is lost to the others after token plus consensus, and its node may be fenced; when it goes on it finds a new membership. pacemakerd may kill a daemon below it that does not answer, and start it again: then nothing is halted any more.',
  'fault.daemon-stop.not-idle': 'What waits for a halted daemon does not become idle.',
  'fault.daemon-stop.no-answer': 'What has to ask a halted daemon gets no answer.',
  'fault.disk-full.summary':
    'Lets a folder of a node run out of space: a small file system with a copy of what is there is mounted over it and filled up. Nothing on the disk below is filled. Healing takes it off and carries over what was changed meanwhile.',
  'fault.disk-full.expected-behaviour':
    'Members stay members and resources run on: the CIB is kept in memory. pacemaker cannot write its CIB there, says so in the log, and writes none any more; it cannot keep its scheduler’s inputs. A service that writes there may fail its monitor and be recovered. If the node dies before it could write again, it comes back with an older CIB and takes the newer one from the others.',
  'fault.failcount.summary':
    'Gives a resource failures on a node that it never had, beside those the cluster counts itself. Healing takes them away, and leaves the others.',
  'fault.failcount.expected-behaviour':
    'With a migration-threshold that is reached the resource leaves the node and is not started there again until the count is gone; without one nothing happens. `pcs resource cleanup` clears these failures too.',
  'fault.freeze.summary':
    'Stops a node in mid-air, as a hypervisor that pauses a machine does: nothing runs, nothing is lost, and its network addresses stay. Healing lets it run on as if no time had passed.',
  'fault.freeze.expected-behaviour':
    'Corosync loses the node after token plus consensus, and its resources start elsewhere. With fencing the frozen node is fenced. Without fencing it still believes it holds its resources when it thaws, until corosync tells it otherwise: two holders for a moment are possible, and are why fencing exists.',
  'fault.freeze.in-force': 'A frozen node does not answer.',
  'fault.freeze.healed': 'A monitor that was under way has timed out by the time the node goes on.',
  'fault.initiator-cut.summary': ({ port }: { port: number }) =>
    `One node no longer reaches the storage: its packets to and from port ${port} are dropped. Everything else goes on, the heartbeat too.`,
  'fault.initiator-cut.expected-behaviour':
    'The node is a full member of the cluster with a disk that does not answer. What reads or writes there waits; a monitor that does so fails by its timeout, the stop hangs on the unmounting, and the node may be fenced, whereupon another one takes over. A monitor that only looks at the mount notices nothing. Without fencing nothing else may mount the disk.',
  'fault.isolate.summary':
    'Cuts one node off from the cluster: no other cluster host hears it and it hears none, on one link or on every link that carries the cluster. The storage host and clients are reached as before.',
  'fault.isolate.expected-behaviour':
    'Corosync loses the node after token plus consensus. The others, if they have quorum, may fence it and then start its resources. The node itself has no quorum and stops them; until it does, clients still reach it, so a resource may run twice for a moment unless the node is fenced first.',
  'fault.link-down.summary':
    'Takes one network link of a node down: `admin` as `ip link set … down` does it inside the node, `carrier` as if the cable were pulled at the far end. `drop-in`, `drop-out` and `drop` leave the link up and have the node’s own packet filter drop what comes in, what goes out, or both; ARP is still answered. These need no ability of the backend.',
  'fault.link-down.expected-behaviour':
    'Corosync loses the node after token plus consensus. The partition that keeps quorum may fence the node and then starts its resources; the cut node loses quorum and stops them. If the link carries only service traffic, nothing need happen unless a resource monitors it.',
  'fault.link-down.in-force': 'A monitor that falls due on the cut node before it stops the resource may fail.',
  'fault.link-down.route':
    'With its interface down the agent found no route, took the stop for done and left the address bound.',
  'fault.unwatched': 'Nothing watches this link, so the cluster leaves an address where nobody reaches it.',
  'fault.lun-fault.summary':
    'The logical unit under one node’s disk fails, while the others’ does not: every write is refused (read-only), everything fails (io-error), there is no space left behind it, as with thin provisioning (full), or ten operations a second are all it does (slow).',
  'fault.lun-fault.expected-behaviour':
    'ext4 that cannot write its journal turns read-only and stays so until it is remounted, even when the disk is well again. A monitor that only looks at the mount notices nothing; one that writes fails, and the resource is restarted or moves. Unmounting works, for errors do not wait. A slow disk may make operations time out.',
  'fault.maintenance.summary':
    'Puts one node in maintenance, as `pcs node maintenance` does: the cluster keeps its hands off it. Healing ends that, even if the fault did not begin it.',
  'fault.maintenance.expected-behaviour':
    'What runs on the node goes on there, unmanaged and unmonitored; nothing is started or stopped. When maintenance ends the cluster looks what is there and puts right what is not as it should be.',
  'fault.memory-load.summary':
    'Takes so many MiB of a node’s memory by stress-ng and holds them, for half an hour at most, as a unit that healing stops. It must be less than the lab gives the node. Nodes in containers share the memory of the machine, so nothing gets short there.',
  'fault.memory-load.expected-behaviour':
    'Nothing need happen while there is enough left. When memory gets short the kernel swaps or kills: first the load itself, or else a service, which the cluster then recovers, or a daemon of the stack, by which the node may be lost or fenced.',
  'fault.monitor-fail.summary':
    'Makes a resource fail every recurring monitor on one node, while its service runs: a stand-in for its `ocf:` agent says so. A `systemd:` unit has only its own state to be monitored, so it ends seconds after each start. Probes tell the truth. Healing gives the agent or the unit back.',
  'fault.monitor-fail.expected-behaviour':
    'The resource is stopped and started again on the node each time, and each time its fail count there grows. With a migration-threshold it leaves the node when that is reached; without one it goes on like that for as long as the fault does. Without a recurring monitor nothing happens.',
  'fault.monitor-fail.healed': 'A monitor that was made to fail may be counted only once the fault is healed.',
  'fault.one-way-loss.summary':
    'A node no longer hears another one on one link, while the other direction works: packets from the other node’s own address there are dropped. Floating addresses and ARP are left alone.',
  'fault.one-way-loss.expected-behaviour':
    'Corosync needs both directions, so a membership with both nodes cannot last: after token plus consensus one of the two is outside, and which one may change until a membership holds. The node that is outside without quorum stops its resources, or is fenced.',
  'fault.one-way-loss.in-force':
    'The two may never agree on who is a member, and the membership changes again and again.',
  'fault.one-way-loss.in-force-2': 'While the membership changes, little is known of any node.',
  'fault.one-way-loss.in-force-3': 'What is stopped and started in haste may fail.',
  'fault.one-way-loss.healed': 'What was under way when the membership changed again may have failed.',
  'fault.dropped-out':
    'There is no fencing, and the node that dropped out may be too busy with its membership to stop what it runs.',
  'fault.partition.summary':
    'Parts the nodes into two groups or more. Nodes of different groups no longer hear one another, on one link or on every link that carries the cluster; within its group each hears all. Packets are identified by the nodes’ own addresses there and dropped at both ends; ARP is left alone.',
  'fault.partition.expected-behaviour':
    'After token plus consensus each group is a membership of its own, with a DC of its own. At most one of them has quorum: it may fence the others and then starts their resources. A group without quorum does what no-quorum-policy says, by default it stops everything. Where no group has a majority nothing runs anywhere. With `two_node` both groups have quorum, and only fencing keeps a resource from running twice. When the partition is over the groups join and one DC remains.',
  'fault.power-off.summary':
    'Pulls the plug of a node: it stops at once, with nothing written and nobody told. Healing turns the power on again.',
  'fault.power-off.expected-behaviour':
    'Corosync loses the node after token plus consensus. With fencing the node may be fenced (and so turned on again) before its resources start elsewhere; without fencing they start elsewhere at once. When the power is back, the node rejoins only if the cluster is enabled at boot.',
  'fault.process-kill.summary':
    'Kills the processes of one name on a node once, by SIGKILL, as when a service crashes. Never daemons of the stack. Healing changes nothing: what the cluster monitors it brings back.',
  'fault.process-kill.expected-behaviour':
    'Until its next monitor the cluster believes that the service runs. Then the resource has failed once on the node, and is started again there, or elsewhere if that was one failure too many. What systemd starts again by Restart= may be back before anybody notices.',
  'fault.process-kill.healed': 'Until its next monitor the cluster believes that the service runs.',
  'fault.process-kill.service-dead': 'The next monitor finds the service dead.',
  'fault.reboot.summary':
    'Reboots a node in order, as `systemctl reboot` does: services stop, then the node boots again. Healing waits until it has booted again, and turns it on if it stayed off.',
  'fault.reboot.expected-behaviour':
    'The cluster on the node is stopped in order: its resources are stopped there and start elsewhere, the node leaves the membership at once and nobody is fenced. What does not stop in time is killed, and a resource that fails to stop may get the node fenced. It rejoins only if the cluster is enabled at boot.',
  'fault.reboot.in-force': 'A node that is booting does not answer.',
  'fault.ring.summary':
    'Puts the nodes in a ring in which each no longer hears the next one, which still hears it; on one link or on every link that carries the cluster. All other directions work.',
  'fault.ring.expected-behaviour':
    'Corosync 3 counts a link as up only while both directions work, so neighbours are lost to each other. In a ring of three that is everybody: three memberships of one node, nobody has quorum and everything stops. In a ring of five each node still has a link to a majority, but no three nodes all hear one another, and a membership needs that: nobody has quorum all the same. Memberships may come and go until they hold.',
  'fault.coming-and-going': 'Those that are no neighbours still hear each other, and memberships may come and go.',
  'fault.busy-with-membership': 'A node may be too busy with its membership to stop what it runs.',
  'fault.shape.summary':
    'Spoils what a node sends on one link, by `tc`: delay with jitter, loss, duplicates, corrupted packets, a limited rate. What comes in is left alone. All but a rate by itself need netem of the kernel.',
  'fault.shape.expected-behaviour':
    'While tokens still come round within the token timeout nothing changes but speed: corosync asks again for what was lost. Beyond that the node is lost to the others for a while, again and again perhaps, and may be fenced each time. Service through the link gets slow or breaks off, which the cluster sees only where a resource monitors it.',
  'fault.standby.summary':
    'Puts a node in standby, as `pcs node standby` does. Healing takes it out of standby, even if the fault did not put it there.',
  'fault.standby.expected-behaviour':
    'The node stays a member and counts for quorum; its resources are stopped there and start elsewhere. When it is back they may stay where they are or return, by their stickiness.',
  'fault.start-fail.summary':
    'Makes a resource fail to start on one node: a stand-in for its `ocf:` agent, or a drop-in of its `systemd:` unit, refuses. What runs goes on. Healing gives the agent or the unit back; the failures stay counted until `pcs resource cleanup`.',
  'fault.start-fail.expected-behaviour':
    'Nothing, until the resource is to start there. One failed start counts as INFINITY by default (start-failure-is-fatal), so the resource starts elsewhere, and not there again until the failure is cleaned up; where no node is left it stays stopped.',
  'fault.stop-hang.summary':
    'Makes a resource hang when it is stopped on one node, for half an hour at most: a stand-in for its `ocf:` agent, or a drop-in of its `systemd:` unit, waits before it stops anything. Healing lets a stop that hangs go on, and gives the agent or the unit back.',
  'fault.stop-hang.expected-behaviour':
    'Nothing, until the resource is to stop there. Then the stop fails when its timeout is over. With fencing the node is fenced, and the resource starts elsewhere after that; without fencing the resource is blocked, still running, until the failure is cleaned up: it must not start elsewhere.',
  'fault.target-stop.summary':
    'The storage host stops serving, without notice to the nodes that are logged in: its iSCSI target is killed and kept from starting. Healing starts it again.',
  'fault.target-stop.expected-behaviour':
    'Reads and writes of the shared disk wait, and so do the processes that make them. A monitor that only looks at the mount goes on well; one that reads or writes (OCF_CHECK_LEVEL 10 and 20) fails by its timeout, the stop after it too, and then the node may be fenced. Without fencing its resources are blocked. When the target is back before the initiator gives up, all that waited goes on.',
  'fault.lost':
    'There is no fencing, and a node that lost its corosync keeps its resources while the others start them too.',
  'fault.waited': 'An operation that had to wait for a halted daemon may fail, then or when the daemon goes on.',
  'fault.waited-for-disk': 'What reads or writes the disk waits for it, and an operation that waits may time out.',
};
