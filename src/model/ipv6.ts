/** IPv6 addresses as the text that is canonical for them (RFC 5952), and networks as their first bits. */

export interface Cidr6 {
  readonly first: bigint;
  readonly prefix: number;
}

const BITS = 128;

/** An address without prefix and zone; undefined for anything else. */
function parseIpv6(text: string): bigint | undefined {
  const canonical = ipv6Text(text);
  if (canonical === undefined) return undefined;
  const [head = '', tail] = canonical.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** The one way to write an address among several; undefined where it is none. */
export function ipv6Text(text: string): string | undefined {
  if (!/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(text) || !URL.canParse(`http://[${text}]`)) return undefined;
  return new URL(`http://[${text}]`).hostname.slice(1, -1);
}

/** `fd00:56::24/64` as its address and its network; undefined if either half is invalid. */
export function parseInterface6(text: string): { readonly address: string; readonly network: Cidr6 } | undefined {
  const [written = '', bits = '', ...more] = text.split('/');
  const [address, value] = [ipv6Text(written), parseIpv6(written)];
  if (address === undefined || value === undefined || more.length > 0 || !/^\d{1,3}$/.test(bits)) return undefined;
  const prefix = Number(bits);
  return prefix > BITS ? undefined : { address, network: { first: firstOf(value, prefix), prefix } };
}

export function contains6({ first, prefix }: Cidr6, address: string): boolean {
  const value = parseIpv6(address);
  return value !== undefined && firstOf(value, prefix) === first;
}

export function overlaps6(one: Cidr6, other: Cidr6): boolean {
  const prefix = Math.min(one.prefix, other.prefix);
  return firstOf(one.first, prefix) === firstOf(other.first, prefix);
}

function firstOf(value: bigint, prefix: number): bigint {
  const shift = BigInt(BITS - prefix);
  return (value >> shift) << shift;
}

/**
 * The address beside an IPv4 one, so that both can be told to be the same host's: the numbers of its host part, read as
 * they are. 192.168.56.31/24 in fd00:56::/64 is fd00:56::31, and 10.1.2.3/16 is fd00:56::2:3.
 */
export function besideIpv4({ first }: Cidr6, ipv4: string, ipv4Prefix: number): string {
  const host = ipv4.split('.').slice(Math.floor(ipv4Prefix / 8));
  const value = host.reduce((sum, number) => (sum << 16n) | BigInt(`0x${number}`), 0n);
  return textOf(first | value);
}

function textOf(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_each, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  return ipv6Text(groups.join(':')) ?? '';
}

export function cidr6Text({ first, prefix }: Cidr6): string {
  return `${textOf(first)}/${prefix}`;
}
