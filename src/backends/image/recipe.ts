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

/** What makes a node one of a cluster, or the storage of one. */
export const CLUSTER_PACKAGES = [
  'corosync',
  'pacemaker',
  'pacemaker-cli-utils',
  'pcs',
  'resource-agents',
  // Without modprobe ocf:heartbeat:Filesystem says "not installed", whatever the file system.
  'kmod',
  'tgt',
  // A quorum device: what gives the vote on a node of its own, and what asks for it on the members.
  'corosync-qnetd',
  'corosync-qdevice',
  // What scenarios run in the cluster, and what breaks a node by load.
  'e2fsprogs',
  'nginx-light',
  'stress-ng',
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
