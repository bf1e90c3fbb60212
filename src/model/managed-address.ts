import type { CibPrimitive } from './cib.js';

/** Agents that assign an address to an interface, and the parameter that contains it (their metadata, resource-agents). */
const ADDRESS_PARAMETERS: Readonly<Record<string, string>> = {
  'ocf:heartbeat:IPaddr': 'ip',
  'ocf:heartbeat:IPaddr2': 'ip',
  'ocf:heartbeat:IPv6addr': 'ipv6addr',
};

/** The address that a primitive assigns to an interface. */
export function addressOf({ agent, parameters }: CibPrimitive): string | undefined {
  const parameter = ADDRESS_PARAMETERS[agent];
  const address = parameter === undefined ? undefined : parameters[parameter];
  return address === undefined ? undefined : plain(address);
}

export function sameAddress(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** IPv6 has several ways to write the same address. */
function plain(address: string): string {
  const [bare = ''] = address.trim().split('/');
  if (!bare.includes(':') || !URL.canParse(`http://[${bare}]`)) return bare;
  return new URL(`http://[${bare}]`).hostname.slice(1, -1);
}
