import { type FenceDevice, levelsOf } from '../../model/fencing.js';
import { haNodesOf, type Lab, pcsNodesOf, remoteNodesOf } from '../../model/lab.js';
import type { FormationStage } from '../../model/scenario.js';
import { DIALECTS, type Dialect, PACKAGES } from '../dialect.js';
import { addressesOf } from './setup.js';

/** A command line as a person types it, and the nodes that it is typed on. */
interface TypedOn {
  readonly on: readonly string[];
  readonly command: string;
}

interface Typing {
  readonly lab: Lab;
  /** Where one node acts for all. */
  readonly leader: string;
  readonly pcs: Dialect;
  readonly force: boolean;
  readonly devices: readonly FenceDevice[];
}

/** What each stage comes to at a prompt. Secrets are left out: pcs asks for them, or the person knows them. */
const COMMANDS: { readonly [S in FormationStage]: (typing: Typing) => readonly TypedOn[] } = {
  packages: ({ lab, pcs }) => [
    {
      on: namesOf(haNodesOf(lab)),
      command: `${pcs.name === '0.9' ? 'rpm -q' : 'dpkg-query -W'} ${PACKAGES.join(' ')}`,
    },
  ],
  pcsd: ({ lab }) => [{ on: namesOf(pcsNodesOf(lab)), command: 'systemctl enable --now pcsd' }],
  password: ({ lab }) => [{ on: namesOf(pcsNodesOf(lab)), command: 'passwd hacluster' }],
  auth: ({ lab, leader, pcs }) => [{ on: [leader], command: pcs.authArgv(namesOf(pcsNodesOf(lab))).join(' ') }],
  setup: ({ lab, leader, pcs, force }) => [
    {
      on: [leader],
      command: pcs
        .setupArgv({ name: lab.cluster.name, nodes: namesOf(haNodesOf(lab)), ...addressesOf(lab), force })
        .join(' '),
    },
    ...quorumDeviceOf(lab, leader),
  ],
  start: ({ leader }) => [{ on: [leader], command: 'pcs cluster start --all' }],
  enable: ({ leader }) => [{ on: [leader], command: 'pcs cluster enable --all' }],
  'remote-nodes': ({ lab, leader }) =>
    namesOf(remoteNodesOf(lab)).map((name) => ({ on: [leader], command: `pcs cluster node add-remote ${name}` })),
  fencing: ({ lab, leader, devices }) => {
    const firsts = devices.filter(({ level }) => level === 1);
    return [
      ...firsts.flatMap((device) => [
        { on: [leader], command: createDevice(device) },
        ...(namesOf(haNodesOf(lab)).includes(device.node)
          ? [{ on: [leader], command: `pcs constraint location ${device.id} avoids ${device.node}` }]
          : []),
      ]),
      ...levelsOf(firsts).flatMap((each) => (each.ids.length > 1 ? addLevel(leader, each) : [])),
    ];
  },
  'fencing-levels': ({ leader, devices }) => [
    ...devices.filter(({ level }) => level > 1).map((device) => ({ on: [leader], command: createDevice(device) })),
    ...levelsOf(devices).map((each) => addLevel(leader, each)),
  ],
  // Which initiator a node has is found out there.
  storage: () => [],
};

/** Pure. Empty for a stage that is not done by commands of the cluster. */
export function commandsOf(
  stage: FormationStage,
  lab: Lab,
  {
    pcs = DIALECTS['0.10+'],
    devices = [],
    force = false,
    leader = haNodesOf(lab)[0]?.name ?? '',
  }: Partial<Typing> = {},
): readonly TypedOn[] {
  return COMMANDS[stage]({ lab, leader, pcs, force, devices });
}

/** `pcs host auth a b -u hacluster (on a)`, one after the other. */
export function typedText(commands: readonly TypedOn[]): string {
  return commands.map(({ on, command }) => `${command} (on ${on.join(', ')})`).join(', then ');
}

function quorumDeviceOf({ cluster: { quorumDevice } }: Lab, leader: string): readonly TypedOn[] {
  if (quorumDevice === undefined) return [];
  const { node, algorithm } = quorumDevice;
  return [
    { on: [node], command: 'pcs qdevice setup model net --enable --start' },
    { on: [leader], command: `pcs quorum device add model net host=${node} algorithm=${algorithm}` },
  ];
}

function addLevel(leader: string, { level, node, ids }: ReturnType<typeof levelsOf>[number]): TypedOn {
  return { on: [leader], command: `pcs stonith level add ${level} ${node} ${ids.join(' ')}` };
}

function createDevice({ id, agent, options }: FenceDevice): string {
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return ['pcs stonith create', id, agent, ...given, '…'].join(' ');
}

function namesOf(nodes: readonly { readonly name: string }[]): readonly string[] {
  return nodes.map(({ name }) => name);
}
