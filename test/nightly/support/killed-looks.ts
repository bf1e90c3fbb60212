import { expect } from 'chai';
import { nodeOf } from '../../support/real-lab/labs.js';
import { onNode, saidOn } from '../../support/real-lab/on-node.js';

/** Where a fault is looked for. */
export interface Place {
  readonly lab: string;
  readonly hosts: readonly string[];
  /** Whom the fault is on: the holder of the VIP. */
  readonly node: string;
  /** Another host. */
  readonly other: string;
  readonly vip: string;
}

export const said = (lab: string, node: string, script: string) => saidOn(lab, node, ['sh', '-c', script]);

export async function filters({ lab, node }: Place): Promise<string> {
  return (await said(lab, node, 'nft list tables')).trim();
}

export async function stateOf({ lab, node }: Place): Promise<string> {
  return (await nodeOf(lab, node))?.state ?? 'absent';
}

export async function answers({ lab, node }: Place): Promise<boolean> {
  return (await onNode(lab, node, ['true'])).exitCode === 0;
}

/** Empty where none runs. */
export async function pidOf(program: string, { lab, node }: Place): Promise<string> {
  return (await said(lab, node, `pidof ${program} || true`)).trim();
}

export async function clusterRuns({ lab, node }: Place): Promise<boolean> {
  return (await said(lab, node, 'systemctl is-active corosync pacemaker || true')).trim() === 'active\nactive';
}

export async function halted({ lab, node }: Place): Promise<string> {
  return (await said(lab, node, `ps -eo stat=,args= | grep '^T' || true`)).trim();
}

export async function shownBy({ lab, node, other }: Place): Promise<string> {
  const xml = await said(lab, other, 'crm_mon --output-as=xml');
  return (
    new RegExp(`<node name="${node}"[^>]*type="member"[^>]*>`).exec(xml)?.[0] ?? expect.fail(`no ${node} in ${xml}`)
  );
}

export async function failures({ lab, node, other }: Place): Promise<string> {
  const xml = await said(lab, other, 'crm_mon --output-as=xml --failcounts');
  const history = new RegExp(`<node name="${node}">([\\s\\S]*?)</node>`).exec(
    xml.slice(xml.indexOf('<node_history>')),
  )?.[1];
  return /resource_history id="vip"[^>]*fail-count="(\w+)"/.exec(history ?? '')?.[1] ?? '';
}

/** Who has the VIP on an interface. */
export async function holders({ lab, hosts, vip }: Pick<Place, 'lab' | 'hosts' | 'vip'>): Promise<readonly string[]> {
  const shown = await Promise.all(hosts.map((host) => said(lab, host, 'ip -o -4 addr show up')));
  return hosts.filter((_host, index) => shown[index]?.includes(` ${vip}/`));
}

/** On whichever host. */
export async function anyFilters({ lab, hosts }: Place): Promise<boolean> {
  const shown = await Promise.all(hosts.map((host) => said(lab, host, 'nft list tables')));
  return shown.some((tables) => tables.trim() !== '');
}

export async function isShaped({ lab, node }: Place): Promise<boolean> {
  return (await said(lab, node, 'tc qdisc show dev eth1')).includes('tbf');
}

/** Its boot id while it is up and not about to go down; otherwise empty. */
export async function bootOf({ lab, node }: Place): Promise<string> {
  const script = 'cat /proc/sys/kernel/random/boot_id; systemctl is-system-running || true';
  const { exitCode, stdout } = await onNode(lab, node, ['sh', '-c', script]);
  return exitCode === 0 && !stdout.includes('stopping') ? (stdout.split('\n')[0] ?? '') : '';
}

/** Starts what nobody misses, if it does not run, and resolves to its process id. systemd brings it back. */
export async function victimOn(place: Place, name: string): Promise<string> {
  const start = `systemd-run --quiet --unit=${name} --property=Restart=always /usr/local/bin/${name} infinity`;
  const script = `systemctl is-active ${name} || { cp /bin/sleep /usr/local/bin/${name} && ${start}; }`;
  await said(place.lab, place.node, script);
  return pidOf(name, place);
}

/** Something is mounted over the agent of the VIP. */
export async function hasStandIn({ lab, node }: Place): Promise<boolean> {
  return (await said(lab, node, 'cat /proc/self/mountinfo')).includes(' /usr/lib/ocf/resource.d/heartbeat/IPaddr2 ');
}

export async function isFull({ lab, node }: Place, path: string): Promise<boolean> {
  return /^\s*0\s*$/m.test(await said(lab, node, `df --output=avail ${path}`));
}

export async function hasLoad({ lab, node }: Place, worker: string): Promise<boolean> {
  return (await said(lab, node, 'ps -e -o comm=')).split('\n').some((name) => name.startsWith(worker));
}

/** From the clock of the machine that the test runs on. */
export async function offByS({ lab, node }: Place): Promise<number> {
  return Math.abs(Number(await said(lab, node, 'date +%s')) - Date.now() / 1000);
}

/** Its address is a hundred above the node's own (docs/fencing.md). */
export async function controllerAnswers({ lab, node, other }: Place): Promise<boolean> {
  const shown = await said(lab, node, 'ip -o -4 addr show eth0');
  const [, head, last] = /inet (\d+\.\d+\.\d+\.)(\d+)\//.exec(shown) ?? expect.fail(`no address in ${shown}`);
  const { exitCode } = await onNode(lab, other, ['ping', '-n', '-c', '1', '-W', '1', `${head}${Number(last) + 100}`]);
  return exitCode === 0;
}

/** The node gets through to the storage host's target. */
export async function reachesTarget({ lab, node }: Place): Promise<boolean> {
  const connect = ['timeout', '3', 'bash', '-c', '< /dev/tcp/192.168.56.20/3260'];
  return (await onNode(lab, node, connect)).exitCode === 0;
}

/** Past what was read before. */
export async function readsDisk({ lab, node }: Place): Promise<boolean> {
  const read = 'timeout 10 dd if=$(ls /dev/disk/by-path/*shared-lun-1) of=/dev/null bs=4k count=1 iflag=direct';
  return (await onNode(lab, node, ['sh', '-c', read])).exitCode === 0;
}
