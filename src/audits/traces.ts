import type { Cib } from '../model/cib.js';
import { addressOf, sameAddress } from '../model/managed-address.js';
import type { NodeObservation } from '../model/observation.js';
import { isTrue } from '../model/pacemaker-values.js';
import { type Configured, configuredIn } from './configured.js';
import { daemonOf } from './daemons.js';
import { fileSystemOf, isMountedAt, isOfOneNode } from './file-systems.js';
import { unique } from './finding.js';
import type { Part } from './node-parts.js';

/** What an active primitive leaves on its node that the node itself can tell, whatever the cluster says. */
export interface Trace {
  /** What tells it. */
  readonly part: Extract<Part, 'addresses' | 'mounts' | 'activeUnits' | 'processes'>;
  /** `the address 192.168.56.24`, as in "ha-host1 has …". */
  readonly what: string;
  /** Beside the resource. */
  readonly subjects: readonly string[];
  /** Without it the primitive cannot be active. */
  readonly isNeeded: boolean;
  /**
   * `here`: it is there and of use. `idle`: an address on an interface that is down. `undefined` where it was not read.
   */
  on(node: NodeObservation): 'here' | 'idle' | 'none' | undefined;
  /** The TCP ports on which its main process accepts connections, alone or with others. */
  portsOn?(node: NodeObservation): readonly number[];
  /** The TCP ports on which processes without their main one do. */
  leftPortsOn?(node: NodeObservation): readonly number[];
  /** It goes with the processes of this name. */
  isEndedWith?(process: string): boolean;
}

/** `undefined` where nothing on a node tells that the primitive is active there. */
export function traceOf(configured: Configured, cib: Cib): Trace | undefined {
  return addressTrace(configured) ?? mountTrace(configured) ?? unitTrace(configured) ?? processTrace(configured, cib);
}

function addressTrace({ primitive }: Configured): Trace | undefined {
  const address = addressOf(primitive);
  if (address === undefined) return undefined;
  // Behind a load balancer every real server has the address on lo, whether the cluster put it there or not.
  const isApart = isTrue(primitive.parameters.lvs_support);
  return {
    part: 'addresses',
    what: `the address ${address}`,
    subjects: [address],
    isNeeded: true,
    on({ addresses }) {
      const bound = addresses?.filter(
        (each) => sameAddress(each.address, address) && !(isApart && each.device === 'lo'),
      );
      if (bound === undefined) return undefined;
      if (bound.some(({ up }) => up)) return 'here';
      return bound.length > 0 ? 'idle' : 'none';
    },
  };
}

function mountTrace({ primitive }: Configured): Trace | undefined {
  const fileSystem = fileSystemOf(primitive);
  if (fileSystem === undefined || fileSystem.isSharable) return undefined;
  const { directory } = fileSystem;
  return {
    part: 'mounts',
    what: `a file system on ${directory}`,
    subjects: [],
    isNeeded: true,
    on: ({ mounts }) =>
      mounts && (mounts.some((mount) => isMountedAt(mount, directory) && isOfOneNode(mount)) ? 'here' : 'none'),
  };
}

/** What an init script started outside systemd is not among its units; a unit that is active is proof all the same. */
function unitTrace({ primitive }: Configured): Trace | undefined {
  const [, standard, name = ''] = /^(systemd|service|lsb):(.+)$/.exec(primitive.agent) ?? [];
  const unit = name.replace(/\.service$/, '');
  if (standard === undefined || /\.(?:socket|target|timer|mount|path|slice|device|swap)$/.test(unit)) return undefined;
  return {
    part: 'activeUnits',
    what: `the unit ${unit} active`,
    subjects: [unit],
    isNeeded: standard === 'systemd',
    on: ({ activeUnits }) => activeUnits && (activeUnits.includes(unit) ? 'here' : 'none'),
    isEndedWith: (process) => process === unit,
  };
}

function processTrace(configured: Configured, cib: Cib): Trace | undefined {
  const daemon = daemonOf(configured, configuredIn(cib));
  if (daemon === undefined) return undefined;
  return {
    part: 'processes',
    what: `a process of ${daemon.name}`,
    subjects: [],
    isNeeded: true,
    on: ({ processes }) => processes && (processes.some(({ args }) => daemon.isProcess(args)) ? 'here' : 'none'),
    portsOn: (node) => portsOf(node, daemon.isProcess, () => false),
    leftPortsOn: (node) => portsOf(node, daemon.isLeftover, daemon.isAnyMain),
    isEndedWith: (process) => daemon.isRunAs(process),
  };
}

/** Of the sockets that one such process has open, and none of the others. */
function portsOf(
  { processes = [], listeners = [] }: NodeObservation,
  isMeant: (args: string) => boolean,
  isOther: (args: string) => boolean,
): readonly number[] {
  const argsOf = new Map(processes.map(({ pid, args }) => [pid, args]));
  const found = listeners.filter(({ pids }) => {
    const all = pids.map((pid) => argsOf.get(pid) ?? '');
    return all.some(isMeant) && !all.some(isOther);
  });
  return unique(found.map(({ port }) => port));
}
