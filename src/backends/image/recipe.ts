import { imageScript } from '../program-files.js';

/** A Debian release that nodes can be made of. */
export interface Release {
  readonly suite: string;
  /** Debian has removed the security archive of this release, so the main archive is named explicitly. */
  readonly mainArchiveOnly: boolean;
}

/** What the tree of a node is made of. */
export interface Recipe extends Release {
  readonly id: string;
  readonly packages: readonly string[];
  /** Runs before the packages come in. Each script runs on this machine, with the tree as its argument. */
  readonly prepare?: string;
  /** Runs after the packages are in. */
  readonly customize: string;
}

const RELEASES: Readonly<Record<string, Release>> = {
  'debian-11': { suite: 'bullseye', mainArchiveOnly: true },
  'debian-12': { suite: 'bookworm', mainArchiveOnly: false },
  'debian-13': { suite: 'trixie', mainArchiveOnly: false },
};

export const IMAGE_IDS: readonly string[] = Object.keys(RELEASES);

export function releaseOf(id: string): Release | undefined {
  return Object.hasOwn(RELEASES, id) ? RELEASES[id] : undefined;
}

/** What every node has, whatever runs it. */
export const SYSTEM_PACKAGES = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'iproute2',
  'iputils-ping',
  'iputils-arping',
  'net-tools',
  'nftables',
  'openssh-server',
  'openssh-client',
  'sudo',
  'procps',
  'less',
  'nano',
  'python3',
  // A client of the lab's service.
  'curl',
] as const;

/** What a person who works on a node wants at hand: an editor, man pages, completion of commands, and eyes on the network. */
export const WORKPLACE_PACKAGES = ['vim', 'man-db', 'bash-completion', 'tcpdump'] as const;

/** The cluster's own software. */
export const STACK_PACKAGES = ['corosync', 'pacemaker', 'pacemaker-cli-utils', 'pcs', 'resource-agents'] as const;

/** What members of a cluster run and break beside it; none of it needs the cluster's software. */
export const HOST_PACKAGES = [
  // Without modprobe ocf:heartbeat:Filesystem says "not installed", whatever the file system.
  'kmod',
  'tgt',
  // What scenarios run in the cluster, and what breaks a node by load.
  'e2fsprogs',
  'nginx-light',
  'stress-ng',
] as const;

/** What makes a node one of a cluster, or the storage of one. */
export const CLUSTER_PACKAGES = [
  ...STACK_PACKAGES,
  // A quorum device: what gives the vote on a node of its own, and what asks for it on the members.
  'corosync-qnetd',
  'corosync-qdevice',
  ...HOST_PACKAGES,
] as const;

/** A remote node has pacemaker_remote, whose package excludes pacemaker's, and what resources need. */
export const REMOTE_PACKAGES = [
  'pacemaker-remote',
  'pacemaker-cli-utils',
  'pcs',
  'resource-agents',
  'kmod',
  'e2fsprogs',
  'nginx-light',
  'stress-ng',
] as const;

/** A script of these parts (`host-programs/image/`); the tree is its argument. */
export function customizeScript(...parts: readonly string[]): string {
  return ['#!/bin/sh\nset -eu\nroot=$1\n', ...parts.map(imageScript)].join('');
}

/** The same, and before it the packages are put into the tree as files with an index, and not installed. */
export function collectingScript(packages: readonly string[], ...parts: readonly string[]): string {
  const [head = '', ...rest] = customizeScript('collect-packages.sh', ...parts).split('root=$1\n');
  return `${head}root=$1\nset -- ${packages.join(' ')}\n${rest.join('')}`;
}
