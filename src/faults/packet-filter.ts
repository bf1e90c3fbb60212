import type { FaultContext } from '../ports/fault.js';
import { must } from './on-node.js';

/** Where packets are dropped, and which. */
export interface Drop {
  readonly hook: 'input' | 'output';
  /** As nft(8) has it, such as `iifname "eth1"`. */
  readonly match: string;
}

/** Before every other filter of the node; what one table drops no other lets through (nft(8), priority raw). */
const PRIORITY = -300;

/**
 * Drops packets by an nftables table of its own, replaced whole in one transaction, so that injecting twice is injecting
 * once. `inet` is IPv4 and IPv6; ARP goes on, as it does with any firewall.
 */
export async function dropPackets(
  context: FaultContext,
  node: string,
  table: string,
  drops: readonly Drop[],
): Promise<void> {
  const rules = drops.flatMap(({ hook, match }) => [
    `add chain inet ${table} ${hook} { type filter hook ${hook} priority ${PRIORITY} ; }`,
    `add rule inet ${table} ${hook} ${match} drop`,
  ]);
  const lines = [`add table inet ${table}`, `delete table inet ${table}`, `add table inet ${table}`, ...rules];
  await must(context, node, ['nft', '-f', '-'], `${lines.join('\n')}\n`);
}

/** May run twice. */
export async function stopDropping(context: FaultContext, node: string, table: string): Promise<void> {
  if (await isDropping(context, node, table)) await must(context, node, ['nft', 'delete', 'table', 'inet', table]);
}

export async function isDropping(context: FaultContext, node: string, table: string): Promise<boolean> {
  const tables = await must(context, node, ['nft', 'list', 'tables']);
  return tables.split('\n').includes(`table inet ${table}`);
}
