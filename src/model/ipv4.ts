/** IPv4 addresses as unsigned 32-bit numbers. */

export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Dotted quad without leading zeros; undefined for anything else. */
export function parseIpv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  if (parts === undefined || parts.some((part) => Number(part) > 255 || String(Number(part)) !== part))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** `192.168.56.24/24` as its address and its network; undefined if either half is invalid. */
export function parseInterface(text: string): { readonly address: number; readonly network: Cidr } | undefined {
  const [quad = '', bits = '', ...more] = text.split('/');
  const address = parseIpv4(quad);
  if (address === undefined || more.length > 0 || !/^(\d|[12]\d|3[0-2])$/.test(bits)) return undefined;
  return { address, network: networkOf(address, Number(bits)) };
}

/** A network as `192.168.56.0/24`; undefined if the address is not the network's first. */
export function parseCidr(text: string): Cidr | undefined {
  const found = parseInterface(text);
  return found !== undefined && found.address === found.network.first ? found.network : undefined;
}

export function networkOf(address: number, prefix: number): Cidr {
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1, prefix };
}

export function cidrText(cidr: Cidr): string {
  return `${ipv4Text(cidr.first)}/${cidr.prefix}`;
}

export function contains(cidr: Cidr, address: number): boolean {
  return cidr.first <= address && address <= cidr.last;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.first <= b.last && b.first <= a.last;
}
