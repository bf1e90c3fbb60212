import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

export const DIAGNOSIS_DAEMONS = {
  'daemon-down.title': ({ names, active }: { names: List; active: string }) =>
    `${list(names)} ${plural(names.length, { one: 'is', other: 'are' })} ${active} on the node that was queried`,
  'daemon-down.means.pcsd': 'pcs on other nodes cannot reach this one. The cluster runs without pcsd.',
  'daemon-down.means.cluster': 'The cluster cannot run on a node without it.',
  'daemon-down.cause':
    'It was stopped or has failed; a daemon started without systemd, as in a container, is shown like this too.',
  'daemon-down.systemctl-status': 'shows whether and how it failed',
  'daemon-down.journalctl': 'shows why',
  'daemon-not-at-boot.title': ({ names }: { names: List }) => `Not started at boot: ${list(names)} (active/disabled)`,
  'daemon-not-at-boot.means': ({ names }: { names: List }) =>
    `${plural(names.length, { one: 'It is', other: 'They are' })} running now, but after a reboot the node does not rejoin the cluster by itself. Some prefer it that way, to inspect a fenced node before it rejoins.`,
  'daemon-not-at-boot.systemctl-enable-pcsd': 'on each node',
  'daemon-not-at-boot.pcs-cluster-enable': 'starts the cluster at boot, on all nodes',
  'daemons-fine.title': ({ names }: { names: List }) => `Running and enabled at boot: ${list(names)}`,
  'daemons-fine.means': 'On the node that was queried.',
  'pcsd-offline.title': ({ names }: { names: List }) => `pcsd does not answer on ${list(names)}`,
  'pcsd-offline.means': 'pcs cannot manage that node from here. The cluster itself does not need pcsd.',
  'pcsd-offline.cause': 'The node is down, pcsd does not run there, or port 2224 is blocked.',
  'pcsd-unauthorised.title': ({ names }: { names: List }) => `pcs is not authenticated against ${list(names)}`,
  'pcsd-unauthorised.means':
    'pcsd answers there but does not trust this node: there is no token, or it is no longer valid.',
  'pcsd-unauthorised.pcs-host-auth': 'asks for the password of hacluster (pcs cluster auth, up to 0.9)',
  'pcsd-unexplained.title': ({ names, printed }: { names: List; printed: List }) =>
    `pcsd on ${list(names)}: ${printed.join(' ')}`,
  'pcsd-unexplained.pcs-status-pcsd': 'queries it again',
};
