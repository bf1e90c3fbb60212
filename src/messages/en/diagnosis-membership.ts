import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

export const DIAGNOSIS_MEMBERSHIP = {
  'dc.title': ({ node, version }: { node: string; version: string | undefined }) =>
    `${node} is the DC${version === undefined ? '' : `, pacemaker ${version}`}`,
  'dc.means':
    'The designated controller decides what runs where and instructs the other nodes. Any member can take this role, at no cost.',
  'dc.means.unclean': 'It is UNCLEAN itself; once it has been fenced, another member takes the role.',
  'dc-offline.title': ({ names, unclean }: { names: List; unclean: boolean }) =>
    `${list(names)} is named as the DC, and listed as ${unclean ? 'UNCLEAN and offline' : 'OFFLINE'}`,
  'dc-offline.means':
    'This does not fit together: a DC cannot be offline. So the list of nodes is not the membership, and nothing can be concluded about votes.',
  'dc-offline.cause':
    'What this node shows is out of date because its corosync or pacemaker does not work properly, or the text was edited.',
  'dc-none.title': 'There is no DC, so no decisions are made',
  'dc-none.means':
    'Until a DC is elected, nothing is started, stopped, moved or fenced, and the states shown for nodes and resources are out of date.',
  'dc-none.cause.no-nodes':
    'Not even the nodes are known, so pacemaker has only just started, or receives nothing from corosync.',
  'dc-none.cause.none-online':
    'This node sees no members, not even itself. It has just started (an election waits up to dc-deadtime, 20 s by default), or corosync cannot form a membership because of the network, a firewall, or wrong names or addresses in corosync.conf.',
  'dc-none.cause.electing':
    'An election is in progress. It takes seconds, and up to dc-deadtime (20 s by default) after a start. If this persists, the nodes do not agree on who is a member.',
  'dc-none.pcs-status': 'again in half a minute',
  'dc-none.corosync-cfgtool': 'shows whether this node receives the others’ heartbeats',
  'dc-none.corosync-quorumtool': 'shows the members and the votes',
  'dc-none.journalctl-pacemaker-corosync': 'shows what it is waiting for',
  'mixed-version.title': 'The members run different versions of pacemaker',
  'mixed-version.means':
    'This should last only for a rolling upgrade. The oldest version sets the rules, and a node that has left may be refused if it comes back with a version older than the others’.',
  'mixed-version.cause': 'An upgrade was not finished on all nodes.',
  'feature-sets.title': 'The members do not have the same feature set',
  'feature-sets.means':
    'They run different versions of pacemaker. This should last only for a rolling upgrade: the oldest sets the rules, and once all are upgraded an older one is refused.',

  'quorum.unprinted':
    'This assumes one vote a member; manually set votes, a quorum device, last_man_standing or auto_tie_breaker change it and are not printed here.',
  'quorum.no-vote': 'Remote and guest nodes do not vote.',
  'quorum.counted': ({ present, members, majority }: { present: number; members: number; majority: number }) =>
    `${present} of ${members} members ${plural(present, { one: 'is', other: 'are' })} present; ${majority} ${plural(majority, { one: 'is', other: 'are' })} needed.`,
  'quorum.title': ({ spare }: { spare: number }) =>
    `The cluster has quorum and can lose ${spare} more ${plural(spare, { one: 'member', other: 'members' })}`,
  'quorum-at-edge.title': 'The cluster has quorum, but losing one more member loses it',
  'quorum-at-edge.means': 'The remaining nodes would then stop their resources (no-quorum-policy=stop, the default).',
  'quorum-of-two.title': 'The cluster has quorum, with both members present',
  'quorum-of-two.means':
    'How many may be lost depends on a setting that is not printed: with two_node: 1 in corosync.conf, as pcs sets it for two nodes, one may be lost and the other continues; without it, none may. two_node implies wait_for_all: after a full stop, both nodes must be seen once before anything starts. And with two nodes, only fencing can decide which one survives.',
  'quorum-last-of-two.title': 'The cluster has quorum, with the last of two members',
  'quorum-last-of-two.means':
    'This needs a setting that is not printed: most often two_node: 1 in corosync.conf, or else a quorum device, auto_tie_breaker or other votes. There is no node left to fail over to. With two_node, if this node restarts while it is alone, wait_for_all keeps it without quorum until the other one is seen.',
  'quorum-by-other-rules.title': 'The cluster has quorum although fewer than half of the members are present',
  'quorum-by-other-rules.means':
    'This output does not say why. Settings that it does not print can do this (last_man_standing, auto_tie_breaker, a quorum device, manually set votes or expected_votes), and so can a list of nodes that is older than the membership. How many more members may be lost cannot be determined from here.',
  'quorum-single.title': 'The cluster has quorum, with a single member',
  'quorum-single.means': 'There is no node to fail over to: losing this one loses everything.',
  'quorum-uncounted.title': 'The cluster has quorum; how many members it can lose is unknown',
  'no-quorum.title': 'This partition has NO quorum',
  'no-quorum.corosync-cfgtool': 'shows which nodes this one receives heartbeats from',
  'no-quorum.pcs-property-config': 'shows what the partition does in this case (up to 0.10: pcs property show)',
  'no-quorum.pcs-status': 'on the missing nodes: they may have quorum',
  'no-quorum.policy.ignore':
    'no-quorum-policy is ignore, so resources keep running as if there were quorum; the other partition may run them too, on the same data.',
  'no-quorum.policy.freeze':
    'no-quorum-policy is freeze: running resources keep running, and none is started or moved.',
  'no-quorum.policy.demote':
    'no-quorum-policy is demote: promotable resources are demoted, and everything else is stopped.',
  'no-quorum.policy.suicide': 'no-quorum-policy is suicide: the nodes of this partition fence themselves.',
  'no-quorum.policy.fence': 'no-quorum-policy is fence: the nodes of this partition fence themselves.',
  'no-quorum.policy.stop':
    'no-quorum-policy is stop: all resources here are stopped, and nothing is started or fenced, so that the two halves do not run the same resource.',
  'no-quorum.policy.unknown':
    'It cannot know what the other nodes do, so by default (no-quorum-policy=stop) it stops its resources, starts none and fences no node. With freeze, running resources keep running; with ignore, the partition carries on regardless and risks data.',
  'no-quorum.cause.below-majority': 'Too many members are down, or cut off from this partition.',
  'no-quorum.cause.one-of-two':
    'One of two members is present. Without two_node: 1 in corosync.conf, both are needed; with it, wait_for_all requires that both have been seen once since this one started.',
  'no-quorum.cause.despite-majority':
    'The number of members alone does not decide: wait_for_all applies after a start, there is a quorum device, or members do not have one vote each.',
  'no-quorum.cause.single':
    'Pacemaker knows only one member, while corosync expects more votes: corosync.conf lists other nodes that have never joined.',
  'no-quorum.cause.uncounted': 'Not all members are printed, so the missing ones cannot be named.',
  'quorum-uncounted.means.members': 'Not all members are printed.',
  'quorum-uncounted.means.configured': ({ configured }: { configured: number }) =>
    `${configured} nodes are configured, but the output does not say which of them are members and online.`,
};
