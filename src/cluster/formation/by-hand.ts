import { haNodesOf, type Lab, pcsNodesOf } from '../../model/lab.js';
import type { FormationByHand, Prepared } from '../../model/node-look.js';
import { DIALECTS, type Dialect, dialectOf, PACKAGES } from '../dialect.js';
import { commandsOf } from './commands.js';

/**
 * Pure. What a person types until the lab's cluster runs, the next command first: what the nodes show as done is left out. Empty
 * where a node has a corosync.conf of a cluster, or none has told how far it is. The commands are those of the pcs that is installed.
 */
export function formationByHand(lab: Lab, prepared: ReadonlyMap<string, Prepared>): readonly FormationByHand[] {
  const members = haNodesOf(lab)
    .map(({ name }) => name)
    .filter((name) => prepared.has(name));
  const all = [...prepared.values()];
  const [first] = members;
  if (first === undefined || all.some(({ configured }) => configured === 'yes')) return [];
  const hosts = pcsNodesOf(lab).map(({ name }) => name);
  const trusted = members.find((name) => hosts.every((host) => prepared.get(name)?.knownHosts.includes(host)));
  const leader = trusted ?? first;
  const force = all.some(({ configured }) => configured === 'example');
  const whereAny = (lacks: (node: Prepared) => boolean) =>
    [...prepared].filter(([, node]) => lacks(node)).map(([name]) => name);
  const typed = (stage: Exclude<FormationByHand['stage'], 'packages'>, on?: readonly string[]) =>
    commandsOf(stage, lab, { pcs: dialectIn(all), leader, force }).flatMap((each): readonly FormationByHand[] =>
      on?.length === 0 ? [] : [{ stage, command: each.command, on: on ?? each.on }],
    );
  const lacking = whereAny(({ missing }) => missing.length > 0);
  return [
    ...(lacking.length > 0 ? [{ stage: 'packages' as const, command: installCommand(all), on: lacking }] : []),
    ...typed(
      'pcsd',
      whereAny(({ pcsd }) => !pcsd),
    ),
    // A token means that the password was set.
    ...typed('password', trusted === undefined ? whereAny(({ hasPassword }) => hasPassword !== true) : []),
    ...(trusted === undefined ? typed('auth') : []),
    ...typed('setup'),
    ...typed('start'),
  ];
}

/** Of a pcs that is not installed yet, nothing is known: today's is assumed. */
function dialectIn(nodes: readonly Prepared[]): Dialect {
  const version = nodes.find(({ pcs }) => pcs !== undefined)?.pcs;
  return version === undefined ? DIALECTS['0.10+'] : dialectOf(version);
}

function installCommand(nodes: readonly Prepared[]): string {
  const manager = nodes.find(({ missing }) => missing.length > 0)?.packageManager;
  return `${manager === 'rpm' ? 'dnf install -y --enablerepo=highavailability' : 'apt-get install -y'} ${PACKAGES.join(' ')}`;
}
