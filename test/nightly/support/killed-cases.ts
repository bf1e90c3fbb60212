import type { z } from 'zod';
import type { ServiceFaultKind } from '../../../src/faults/agent-wrapper.js';
import type { FAULTS, FaultKind } from '../../../src/faults/index.js';
import { linkFlags } from '../../support/real-lab/labs.js';
import { until } from '../../support/real-lab/until.js';
import {
  answers,
  anyFilters,
  bootOf,
  clusterRuns,
  controllerAnswers,
  failures,
  filters,
  halted,
  hasLoad,
  hasStandIn,
  holders,
  isFull,
  isShaped,
  offByS,
  type Place,
  pidOf,
  reachesTarget,
  readsDisk,
  shownBy,
  stateOf,
  victimOn,
} from './killed-looks.js';

type RawFaultOf<K extends FaultKind> = z.input<(typeof FAULTS)[K]['schema']>;

export interface Case<K extends FaultKind> {
  fault(place: Place): RawFaultOf<K>;
  /** What there is to compare with, before the fault. */
  before?(place: Place): Promise<string>;
  /** By the lab's own word, without the code that injects and heals. Not asked where it may be over at once. */
  isThere?(place: Place, before: string): Promise<boolean>;
  /** Likewise, of a healed one. */
  isGone(place: Place, before: string): Promise<boolean>;
}

/** Of a kind that cannot be killed in the midst of. */
export interface NoCase {
  readonly skip: string;
}

/** A kind without a case does not compile, and fails the test. */
export const KILLED: { readonly [K in FaultKind]: Case<K> | NoCase } = {
  'link-down': {
    fault: ({ node }) => ({ kind: 'link-down', node, link: 'eth1', by: 'admin' }),
    isThere: async ({ lab, node }) => !(await linkFlags(lab, node, 'eth1')).includes('UP'),
    isGone: async ({ lab, node }) => (await linkFlags(lab, node, 'eth1')).includes('LOWER_UP'),
  },
  'one-way-loss': {
    fault: ({ node, other }) => ({ kind: 'one-way-loss', node, from: other, link: 'eth1' }),
    isThere: async (place) => (await filters(place)) !== '',
    isGone: async (place) => (await filters(place)) === '',
  },
  'power-off': {
    fault: ({ node }) => ({ kind: 'power-off', node }),
    isThere: async (place) => (await stateOf(place)) === 'stopped',
    isGone: async (place) => (await stateOf(place)) === 'running' && (await answers(place)),
  },
  freeze: {
    fault: ({ node }) => ({ kind: 'freeze', node }),
    isThere: async (place) => (await stateOf(place)) === 'frozen',
    isGone: async (place) => (await stateOf(place)) === 'running' && (await answers(place)),
  },
  'daemon-kill': {
    fault: ({ node }) => ({ kind: 'daemon-kill', node, daemon: 'attrd' }),
    before: (place) => pidOf('pacemaker-attrd', place),
    isThere: async (place, before) => (await pidOf('pacemaker-attrd', place)) !== before,
    isGone: async (place) => (await pidOf('pacemaker-attrd', place)) !== '' && (await clusterRuns(place)),
  },
  'daemon-stop': {
    fault: ({ node }) => ({ kind: 'daemon-stop', node, daemon: 'schedulerd' }),
    isThere: async (place) => (await halted(place)) !== '',
    isGone: async (place) => (await halted(place)) === '',
  },
  'cluster-stop': {
    fault: ({ node }) => ({ kind: 'cluster-stop', node }),
    isThere: async (place) => !(await clusterRuns(place)),
    isGone: clusterRuns,
  },
  standby: {
    fault: ({ node }) => ({ kind: 'standby', node }),
    isThere: async (place) => (await shownBy(place)).includes('standby="true"'),
    isGone: async (place) => (await shownBy(place)).includes('standby="false"'),
  },
  maintenance: {
    fault: ({ node }) => ({ kind: 'maintenance', node }),
    isThere: async (place) => (await shownBy(place)).includes('maintenance="true"'),
    isGone: async (place) => (await shownBy(place)).includes('maintenance="false"'),
  },
  'address-gone': {
    fault: ({ node, vip }) => ({ kind: 'address-gone', node, address: vip }),
    // Healing adds nothing: the next monitor brings it back.
    isGone: async (place) => (await holders(place)).length === 1,
  },
  failcount: {
    fault: ({ node }) => ({ kind: 'failcount', node, resource: 'vip', value: 3 }),
    isThere: async (place) => (await failures(place)) === '3',
    isGone: async (place) => ['', '0'].includes(await failures(place)),
  },
  partition: {
    fault: ({ hosts, node }) => ({ kind: 'partition', groups: [[node], hosts.filter((host) => host !== node)] }),
    isThere: anyFilters,
    isGone: async (place) => !(await anyFilters(place)),
  },
  isolate: {
    fault: ({ node }) => ({ kind: 'isolate', node }),
    isThere: anyFilters,
    isGone: async (place) => !(await anyFilters(place)),
  },
  ring: {
    fault: () => ({ kind: 'ring' }),
    isThere: anyFilters,
    isGone: async (place) => !(await anyFilters(place)),
  },
  shape: {
    fault: ({ node }) => ({ kind: 'shape', node, link: 'eth1', rate: '1mbit' }),
    isThere: isShaped,
    isGone: async (place) => !(await isShaped(place)),
  },
  reboot: {
    fault: ({ node }) => ({ kind: 'reboot', node }),
    before: bootOf,
    // It may have booted again by now.
    isThere: async (place, before) => (await bootOf(place)) !== before,
    isGone: async (place) => (await bootOf(place)) !== '',
  },
  'process-kill': {
    fault: ({ node }) => ({ kind: 'process-kill', node, process: 'halab-victim' }),
    before: (place) => victimOn(place, 'halab-victim'),
    isThere: async (place, before) => (await pidOf('halab-victim', place)) !== before,
    // Healing does nothing about it: systemd does.
    isGone: async (place) => (await pidOf('halab-victim', place)) !== '',
  },
  'monitor-fail': onAgent('monitor-fail'),
  'start-fail': onAgent('start-fail'),
  'controllers-cut': {
    fault: ({ node }) => ({ kind: 'controllers-cut', node }),
    isThere: anyFilters,
    isGone: async (place) => !(await anyFilters(place)),
  },
  'start-hang': onAgent('start-hang'),
  'stop-hang': onAgent('stop-hang'),
  'promote-fail': onAgent('promote-fail'),
  'demote-fail': onAgent('demote-fail'),
  'disk-full': {
    fault: ({ node }) => ({ kind: 'disk-full', node, path: '/var/lib/pacemaker' }),
    isThere: (place) => isFull(place, '/var/lib/pacemaker'),
    isGone: async (place) => !(await isFull(place, '/var/lib/pacemaker')),
  },
  'cpu-load': {
    fault: ({ node }) => ({ kind: 'cpu-load', node, workers: 1 }),
    isThere: (place) => hasLoad(place, 'stress-ng-cpu'),
    isGone: async (place) => !(await hasLoad(place, 'stress-ng')),
  },
  'memory-load': {
    fault: ({ node }) => ({ kind: 'memory-load', node, megabytes: 64 }),
    isThere: (place) => hasLoad(place, 'stress-ng-vm'),
    isGone: async (place) => !(await hasLoad(place, 'stress-ng')),
  },
  'clock-skew': {
    fault: ({ node }) => ({ kind: 'clock-skew', node, by: '+5min' }),
    isThere: async (place) => (await offByS(place)) > 240,
    isGone: async (place) => (await offByS(place)) < 60,
  },
  'controller-fail': {
    fault: ({ node }) => ({ kind: 'controller-fail', node, how: 'unreachable' }),
    isThere: async (place) => !(await controllerAnswers(place)),
    isGone: controllerAnswers,
  },
  'target-stop': {
    fault: () => ({ kind: 'target-stop', node: '{storage}' }),
    isThere: async (place) => !(await reachesTarget(place)),
    isGone: reachesTarget,
  },
  'initiator-cut': {
    fault: ({ node }) => ({ kind: 'initiator-cut', node }),
    isThere: async (place) => !(await reachesTarget(place)),
    isGone: reachesTarget,
  },
  'lun-fault': {
    fault: ({ node }) => ({ kind: 'lun-fault', node, disk: 'shared', how: 'io-error' }),
    before: async (place) => {
      // Its initiator may have been cut off a moment ago, and is not logged in again yet.
      await until('the disk', () => readsDisk(place), { withinMs: 60_000 });
      return '';
    },
    isThere: async (place) => !(await readsDisk(place)),
    isGone: readsDisk,
  },
};

/** They differ in what the stand-in for the agent does, and not in whether it is there. */
function onAgent<K extends ServiceFaultKind>(kind: K) {
  return {
    fault: ({ node }: Place) => ({ kind, node, resource: 'vip' }),
    isThere: hasStandIn,
    isGone: async (place: Place) => !(await hasStandIn(place)),
  };
}
