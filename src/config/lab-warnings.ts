import { cidrText, contains, parseCidr } from './ipv4.js';
import { networksOf } from './lab-places.js';
import { fieldOf, isRecord } from './loose.js';
import type { Problem } from './problem.js';
import type { Source } from './source.js';

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
  const users = fieldOf(source.data, 'users');
  if (isRecord(users) && fieldOf(users, 'root') === undefined) {
    const message = 'no password for root, so nobody can log in as root with one';
    warnings.push(source.problemAt(['users'], { message, hint: 'add root unless that is what you want' }));
  }
  return warnings;
}
