import assert from 'node:assert/strict';
import type { ScriptedScenario } from 'halab/scenario';

/** However many hosts the lab has: a scenario of data would need two steps for each of them. */
export default {
  id: 'every-host-aside',
  title: { en: 'Put every host aside, one after another', zh: '让每个节点依次进入待机' },
  summary: {
    en: 'The address is asked for on every host itself, not only in the status: one host has it, and not the one that is aside.',
    zh: '除了查看集群状态，还在每个节点上核实虚拟 IP：只有一个节点持有它，而且不是进入待机的那个。',
  },
  needs: { 'ha-nodes': 2 },
  given: ['form-cluster', 'fencing-off', 'virtual-ip'],

  async steps({ nodes, inject, heal, act, expect, fill }) {
    const address = fill('{address vip}');
    const holders: string[] = [];

    for (const { name } of nodes) {
      await inject(
        `aside-${name}`,
        { kind: 'standby', node: name },
        {
          title: { en: `${name} goes to standby`, zh: `${name} 进入待机` },
          expect: [
            { node: name, is: 'standby' },
            { resource: 'vip', is: 'started', 'not-on': name },
          ],
        },
      );
      const holder = await act(
        `ask-${name}`,
        async () => {
          const found = [];
          for (const node of nodes) {
            const shown = await node.$`ip -o -4 address show`.text();
            if (shown.includes(` ${address}/`)) found.push(node.name);
          }
          assert.equal(found.length, 1, `${address} is on ${found.join(' and ') || 'no host'}`);
          assert.notEqual(found[0], name, `${address} is still on ${name}`);
          return found[0] ?? '';
        },
        { title: { en: 'Ask every host for its addresses', zh: '查看每个节点的地址' } },
      );
      holders.push(holder);
      await heal(`back-${name}`, `aside-${name}`, {
        title: { en: `${name} comes back`, zh: `${name} 恢复` },
        expect: [{ node: name, is: 'online' }],
      });
    }

    if (new Set(holders).size > 1)
      await expect('moved', [{ nodes: 'all', are: 'online' }], {
        title: { en: `The address was on ${holders.join(', ')}`, zh: `虚拟 IP 先后在 ${holders.join('、')}` },
      });
  },
} satisfies ScriptedScenario;
