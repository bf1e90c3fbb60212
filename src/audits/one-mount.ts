import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { MountObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { singlesIn } from './configured.js';
import {
  fileSystemOf,
  isMountedAt,
  isOfOneNode,
  isSameEverywhere,
  type ManagedFileSystem,
  namesOfDevice,
} from './file-systems.js';
import { failed, joined, unique } from './finding.js';
import { unreadParts } from './node-parts.js';

export const oneMount: AuditTable['one-mount'] = {
  kind: 'one-mount',
  holds: message('audit.one-mount.holds'),
  reads: message('audit.one-mount.reads'),
  judge,
};

/** A device that several nodes can mount. */
interface Device {
  readonly name: string;
  readonly subjects: readonly string[];
  isIt(mount: MountObservation): boolean;
}

function judge(input: AuditInput): readonly Finding[] {
  const managed = managedDevices(input);
  const mounts = input.now.nodes.flatMap(({ mounts: each }) => each ?? []);
  const sources = unique(mounts.map(({ source }) => source)).filter(isSameEverywhere);
  const others = sources
    .filter(
      (source) => !managed.some((device) => mounts.some((mount) => mount.source === source && device.isIt(mount))),
    )
    .map((source): Device => ({ name: source, subjects: [source], isIt: (mount) => mount.source === source }));
  return [
    ...[...managed, ...others].flatMap((device) => mountedTwice(input, device)),
    ...unreadParts(input, ['mounts']),
  ];
}

/** A device of a resource that runs on one node has the same name on every node it may run on. */
function managedDevices(input: AuditInput): readonly Device[] {
  return singlesIn(input).flatMap(({ id, primitive }) => {
    const fileSystem = fileSystemOf(primitive);
    if (fileSystem === undefined || fileSystem.isSharable) return [];
    return [deviceOf(id, fileSystem)];
  });
}

function deviceOf(id: string, { device, directory }: ManagedFileSystem): Device {
  const names = device.startsWith('/dev/') ? namesOfDevice(device) : [];
  return {
    name: `${id} (${device === '' ? directory : device})`,
    subjects: [id],
    isIt: (mount) => names.includes(mount.source) || isMountedAt(mount, directory),
  };
}

function mountedTwice({ now }: AuditInput, { name, subjects, isIt }: Device): readonly Finding[] {
  const found = now.nodes.flatMap(({ node, answered, mounts = [] }) => {
    const mount = answered ? mounts.find((each) => isOfOneNode(each) && isIt(each)) : undefined;
    return mount === undefined ? [] : [{ node, mount }];
  });
  if (found.length < 2) return [];
  const details = found.map(({ node, mount }) => `${node} has ${mount.source} (${mount.fsType}) on ${mount.target}`);
  const seen = `${name} is mounted on ${found.length} nodes: ${joined(details)}`;
  return [failed([...subjects, ...found.map(({ node }) => node)], seen)];
}
