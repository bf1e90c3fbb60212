import { cidrText, contains, ipv4Text, parseCidr, parseInterface, parseIpv4 } from '../model/ipv4.js';
import { networksOf } from './lab-places.js';
import { entriesOf, fieldOf, isRecord, textOf } from './loose.js';
import type { Problem } from './problem.js';
import type { Path, Source } from './source.js';

/** Host-only ranges that VirtualBox takes without further ado (its manual, "Host-Only Networking"; since 6.1.28). */
const HOST_ONLY = parseCidr('192.168.56.0/21');

/** What works here and may not elsewhere. */
export function warnOfLab(source: Source): readonly Problem[] {
  const warnings: Problem[] = [];
  for (const { path, cidr } of networksOf(source.data)) {
    if (!cidr || !HOST_ONLY || (contains(HOST_ONLY, cidr.first) && contains(HOST_ONLY, cidr.last))) continue;
    const message = `VirtualBox 6.1.28 and newer refuses the host-only network ${cidrText(cidr)} on Linux and macOS`;
    const hint = `use a range inside 192.168.56.0/21, or write "* ${cidrText(cidr)}" to /etc/vbox/networks.conf`;
    warnings.push(source.problemAt(path, { message, hint }));
  }
  warnings.push(...takenByHost(source));
  const users = fieldOf(source.data, 'users');
  if (isRecord(users) && fieldOf(users, 'root') === undefined) {
    const message = 'no password for root, so nobody can log in as root with one';
    warnings.push(source.problemAt(['users'], { message, hint: 'add root unless that is what you want' }));
  }
  return warnings;
}

/** Hypervisors give the machine underneath the first address of each network. */
function takenByHost(source: Source): readonly Problem[] {
  const firsts = networksOf(source.data).flatMap(({ cidr }) => (cidr ? [cidr.first + 1] : []));
  return addressesIn(source.data).flatMap(({ path, address }) => {
    if (address === undefined || !firsts.includes(address)) return [];
    const message = `${ipv4Text(address)} is this machine's own address where nodes are virtual machines`;
    return [source.problemAt(path, { message, hint: 'use any other address, unless the lab is embedded only' })];
  });
}

function addressesIn(lab: unknown): readonly { readonly path: Path; readonly address: number | undefined }[] {
  const ofLinks = entriesOf(fieldOf(lab, 'nodes')).flatMap(([node, value]) =>
    entriesOf(fieldOf(value, 'links')).map(([link, written]) => {
      const path: Path = isRecord(written) ? ['nodes', node, 'links', link, 'address'] : ['nodes', node, 'links', link];
      return { path, address: parseIpv4(textOf(isRecord(written) ? fieldOf(written, 'address') : written) ?? '') };
    }),
  );
  const floating = entriesOf(fieldOf(lab, 'addresses')).map(([name, written]) => ({
    path: ['addresses', name] as Path,
    address: parseInterface(textOf(written) ?? '')?.address,
  }));
  return [...ofLinks, ...floating];
}
