import { expect } from 'chai';
import { halabJson } from './halab.js';
import { onNode, probeAgain, saidOn } from './on-node.js';
import { until } from './until.js';

export const HOSTS: readonly string[] = ['ha-host1', 'ha-host2', 'ha-host3'];
export const VIP = '192.168.56.24';

const WHOLE_MS = 120_000;

/** What tests do with a lab that formCluster has formed. */
export interface FormedLab {
  /** Runs a shell script on a node, which must succeed; resolves to its stdout. */
  on(node: string, script: string): Promise<string>;
  /** Runs it on every host at once, and takes any exit code; resolves to what each printed. */
  everywhere(script: string): Promise<readonly string[]>;
  inject(kind: string, node: string, ...flags: readonly string[]): Promise<void>;
  /** Heals exactly so many faults. */
  heal(count: number): Promise<void>;
  /** The node that a resource runs on; empty where it runs nowhere. */
  holderOf(resource: string): Promise<string>;
  /** Waits until every host shows every host online. */
  untilWhole(after?: string): Promise<void>;
  /**
   * Has the whole cluster look for `vip` again, and waits until one host has its address: IPaddr2 leaves it on an
   * interface that was down when it was to be stopped.
   */
  sweepAddress(after?: string): Promise<void>;
}

export function formedLab(name: string): FormedLab {
  const on = (node: string, script: string) => saidOn(name, node, ['sh', '-c', script]);

  async function everywhere(script: string): Promise<readonly string[]> {
    const answers = await Promise.all(HOSTS.map((host) => onNode(name, host, ['sh', '-c', script])));
    return answers.map(({ stdout }) => stdout.trim());
  }

  async function untilWhole(after = 'healing'): Promise<void> {
    let views: readonly string[] = [];
    const isWhole = async () => {
      views = await everywhere('crm_mon -1');
      return views.every((view) => HOSTS.every((host) => new RegExp(`Online: \\[[^\\]]*${host}`).test(view)));
    };
    await until(`everybody online after ${after}`, isWhole, { withinMs: WHOLE_MS, seen: () => views.join('\n') });
  }

  return {
    on,
    everywhere,
    async inject(kind, node, ...flags) {
      const entry = await halabJson(['fault', 'inject', kind, node, ...flags, '--no-probe', '--name', name]);
      expect(entry.fault).to.include({ kind, node });
    },
    async heal(count) {
      const { healed, failed } = await halabJson(['heal', '--name', name]);
      expect(failed).to.deep.equal([]);
      expect(healed).to.have.length(count);
    },
    async holderOf(resource) {
      const said = await on('ha-host1', `crm_resource --locate --resource ${resource}`);
      return /is running on: (\S+)/.exec(said)?.[1] ?? '';
    },
    untilWhole,
    async sweepAddress(after) {
      await untilWhole(after);
      await probeAgain(name, 'vip');
      let shown: readonly string[] = [];
      const isOnOne = async () => {
        shown = await everywhere('ip -o -4 address show');
        return shown.filter((addresses) => addresses.includes(`${VIP}/`)).length === 1;
      };
      await until('the address on one host', isOnOne, { withinMs: WHOLE_MS, seen: () => shown.join('\n') });
    },
  };
}
