import type { AddressObservation } from '../../model/observation.js';

/** `ip -o addr show`, with `ip -o link show` for which interfaces are up and have a carrier (ip-address(8)). */
export function parseAddresses(addresses: string, links: string): readonly AddressObservation[] {
  const up = new Set(
    links.split('\n').flatMap((line) => {
      const [, device, flags = ''] = /^\d+: ([^:@\s]+)[^<]*<([^>]*)>/.exec(line) ?? [];
      const has = (flag: string): boolean => flags.split(',').includes(flag);
      return device !== undefined && has('UP') && !has('NO-CARRIER') ? [device] : [];
    }),
  );
  return interfaceAddresses(addresses).map((each) => ({ ...each, up: up.has(each.device) }));
}

/** `ip -o addr show`: one line an address; that of a point-to-point link has a peer behind it. */
export function interfaceAddresses(stdout: string): readonly Omit<AddressObservation, 'up'>[] {
  return stdout.split('\n').flatMap((line) => {
    const [, device = '', address, prefix] =
      /^\d+: (\S+)\s+inet6? ([0-9a-fA-F.:]+)(?: peer [^/\s]+)?\/(\d+)/.exec(line) ?? [];
    return address === undefined ? [] : [{ device, address, prefix: Number(prefix) }];
  });
}
