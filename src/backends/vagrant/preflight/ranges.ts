import type { Lab } from '../../../model/lab.js';

/** Where VirtualBox 6.1.28 and newer take host-only addresses unless configured otherwise (VirtualBox manual, 6.7). */
export const DEFAULT_RANGES: readonly string[] = ['192.168.56.0/21'];

/** `/etc/vbox/networks.conf`: lines of `* RANGE [RANGE …]`; anything else is a comment. Its ranges take the default's place. */
export function parseNetworksConf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [star, ...ranges] = line.trim().split(/\s+/);
    return star === '*' ? ranges.filter((range) => /^[\d.]+\/\d+$/.test(range)) : [];
  });
}

/** Networks of the lab that lie in none of the ranges. */
export function refusedBy(ranges: readonly string[] | 'any', lab: Lab): readonly string[] {
  if (ranges === 'any') return [];
  return lab.networks.map(({ cidr }) => cidr).filter((cidr) => !ranges.some((range) => isWithin(cidr, range)));
}

function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [parseCidr(inner), parseCidr(outer)];
  const mask = b.prefix === 0 ? 0 : (0xffffffff << (32 - b.prefix)) >>> 0;
  return a.prefix >= b.prefix && (a.address & mask) >>> 0 === (b.address & mask) >>> 0;
}

function parseCidr(cidr: string): { readonly address: number; readonly prefix: number } {
  const [address = '', prefix = '32'] = cidr.split('/');
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { address: value, prefix: Number(prefix) };
}
