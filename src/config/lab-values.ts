import { parsed, text } from '../fields/schema.js';
import { unknownWord, type ValueProblem } from '../fields/value-problem.js';
import { type Cidr, cidrText, contains, parseCidr, parseInterface, parseIpv4 } from '../model/ipv4.js';
import { type Cidr6, cidr6Text, ipv6Text, overlaps6, parseInterface6 } from '../model/ipv6.js';
import { IMAGES, LAB_NAME, NODE_NAME } from '../model/lab.js';

export const image = text("an image's name", (value) =>
  (IMAGES as readonly string[]).includes(value) ? undefined : unknownWord('image', value, IMAGES),
);

const MIB: Readonly<Record<string, number>> = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 };
const SIZE = /^([0-9]{1,9}) ?(MiB|GiB|TiB)$/;

/** `1GiB` → 1024; undefined for anything but a whole number with MiB, GiB or TiB. */
export function parseSizeMiB(value: string): number | undefined {
  const found = SIZE.exec(value);
  return found ? Number(found[1]) * (MIB[found[2] ?? ''] ?? 0) : undefined;
}

/** A size in MiB; `wrong` judges it, and gets the text for its message. */
export function size(of: string, wrong: (sizeMiB: number, value: string) => ValueProblem | undefined) {
  return parsed({ what: `a size of ${of}`, example: '1GiB' }, (value) => {
    const sizeMiB = parseSizeMiB(value);
    if (sizeMiB === undefined)
      return { message: `'${value}' is not a size of ${of}`, hint: 'write it as 1GiB or 512MiB' };
    return wrong(sizeMiB, value) ?? sizeMiB;
  }).meta({ pattern: '^[0-9]+ ?(MiB|GiB|TiB)$' });
}

export const memory = size('memory', (sizeMiB, value) => {
  if (sizeMiB < 256) {
    const hint = 'a node with the cluster stack needs at least 256MiB; 1GiB is comfortable';
    return { message: `${value} of memory is too little`, hint };
  }
  if (sizeMiB <= 1024 * 1024) return undefined;
  return { message: `${value} of memory is more than a node can have`, hint: 'write at most 1TiB' };
});

export const diskSize = size('disk', (sizeMiB, value) =>
  sizeMiB >= 8 && sizeMiB <= 2 * 1024 * 1024
    ? undefined
    : { message: `${value} is no size for a disk of a lab`, hint: 'write 8MiB to 2TiB' },
);

/** Unspecified, loopback and mapped addresses; link-local ones, which every interface has anyway; multicast. */
const RESERVED6 = ['::/16', 'fe80::/10', 'ff00::/8'];
const RESERVED = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'];

/** A network, as the range of its addresses. */
export const network = parsed({ what: 'a network', example: '192.168.56.0/24' }, (value): Cidr | ValueProblem => {
  const found = parseInterface(value)?.network;
  if (found === undefined) {
    const half = parseIpv4(value) === undefined ? '' : ', the prefix is missing';
    return { message: `'${value}' is not an IPv4 network${half}`, hint: 'write it as 192.168.56.0/24' };
  }
  if (parseCidr(value) === undefined)
    return { message: `'${value}' is an address inside a network, not a network`, hint: `write ${cidrText(found)}` };
  if (found.prefix < 8 || found.prefix > 29) {
    const hint = 'use a prefix between /8 and /29, most often /24';
    return { message: `'${value}' is not a size that a lab can use`, hint };
  }
  const reserved = RESERVED.find((range) => contains(parseCidr(range) ?? found, found.first));
  if (reserved === undefined) return found;
  const hint = 'use a private network such as 192.168.56.0/24';
  return { message: `'${value}' lies in ${reserved}, which hosts cannot use`, hint };
});

/** An IPv6 network, as its first bits. */
export const network6 = parsed({ what: 'an IPv6 network', example: 'fd00:56::/64' }, (value): Cidr6 | ValueProblem => {
  const found = parseInterface6(value)?.network;
  if (found === undefined) return { message: `'${value}' is not an IPv6 network`, hint: 'write it as fd00:56::/64' };
  if (cidr6Text(found) !== `${ipv6Text(value.split('/')[0] ?? '')}/${found.prefix}`)
    return { message: `'${value}' is an address inside a network, not a network`, hint: `write ${cidr6Text(found)}` };
  if (found.prefix < 32 || found.prefix > 64)
    return { message: `'${value}' is not a size that a lab can use`, hint: 'use a prefix between /32 and /64' };
  const reserved = RESERVED6.find((range) => overlaps6(found, parseInterface6(range)?.network ?? found));
  if (reserved === undefined) return found;
  return {
    message: `'${value}' overlaps ${reserved}, which hosts cannot use`,
    hint: 'use a private network: fd00:56::/64',
  };
});

/** An IPv4 address, as a number. */
export const address = parsed({ what: 'an IPv4 address', example: '192.168.56.31' }, (value) => {
  const found = parseIpv4(value);
  if (found !== undefined) return found;
  if (parseInterface(value) !== undefined) {
    const message = `'${value}' has a prefix, which comes from the network here`;
    return { message, hint: `write ${value.split('/')[0]}` };
  }
  const hint = 'write four numbers from 0 to 255, such as 192.168.56.31';
  return { message: `'${value}' is not an IPv4 address`, hint };
});

/** An address with its prefix, of either version. */
export const floatingAddress = parsed({ what: 'an address', example: '192.168.56.24/24' }, (value) => {
  const hint = 'write address and prefix, such as 192.168.56.24/24 or fd00:56::24/64';
  const found = parseInterface(value) ?? parseInterface6(value);
  return found ?? { message: `'${value}' is not an address with its prefix`, hint };
});

/** A name of the given form; `taken` lists those of the form that mean something else. */
function name(what: string, form: RegExp, hint: string, taken: Readonly<Record<string, ValueProblem>> = {}) {
  return text(what, (value) => {
    if (Object.hasOwn(taken, value)) return taken[value];
    return form.test(value) ? undefined : { message: `'${value}' cannot be ${what}`, hint };
  }).meta({ pattern: form.source });
}

export const labName = name(
  "a lab's name",
  LAB_NAME,
  'begin with a letter, then lower-case letters, digits and hyphens, at most 21 in all',
);

export const nodeName = name(
  'a host name',
  new RegExp(`^(?!all$|[0-9]+$)${NODE_NAME.source.slice(1)}`),
  'use lower-case letters, digits and hyphens (RFC 1123), at most 30, with a letter or digit at both ends',
);

export const packageName = name(
  "a package's name",
  /^[A-Za-z0-9][A-Za-z0-9.+_-]{1,99}$/,
  'write it as the package manager of the image lists it, without a version',
);

/** Of the kernel. */
export const moduleName = name(
  "a module's name",
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
  'write it as lsmod lists it, without parameters',
);

/** Where a file is put. What is mounted at each boot would hide it. */
export const nodePath = text('a path on the node such as /etc/motd', (value) => {
  if (!/^(?:\/[A-Za-z0-9_.@+:-]+)+$/.test(value) || /\/\.\.?(?:\/|$)/.test(value))
    return { message: `'${value}' is not a path on the node`, hint: 'write it from the root on, such as /etc/motd' };
  const hidden = /^\/(?:dev|proc|run|sys|tmp)(?:\/|$)/.exec(value)?.[0];
  if (hidden === undefined) return undefined;
  return { message: `${value} would be hidden: ${hidden} is empty at each boot`, hint: 'put it elsewhere' };
});

/** Names of networks, disks and floating addresses: words that are easy to use in a scenario. */
export const plainName = name(
  'a name here',
  /^[A-Za-z][A-Za-z0-9-]{0,29}$/,
  'begin with a letter, then letters, digits and hyphens, at most 30',
);

export const clusterName = name(
  "a cluster's name",
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/,
  'use letters, digits, hyphens and underscores, at most 32',
);

export const linkName = name(
  "an interface's name",
  /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/,
  'use at most 15 letters and digits, such as eth1',
  {
    eth0: {
      message: `'eth0' is the management interface of every node`,
      hint: 'name the links of the lab eth1, eth2 and so on',
    },
  },
);

export const userName = name(
  "a user's name",
  /^[a-z_][a-z0-9_-]{0,31}$/,
  'begin with a letter, then lower-case letters, digits, - and _, at most 32',
  {
    hacluster: {
      message: `'hacluster' is the cluster's own user`,
      hint: 'give its password as hacluster-password under cluster',
    },
  },
);

/** Its problem never repeats the password. `chpasswd` reads `name:password` lines, hence no colon and no newline. */
export const password = text('a password as text (put digits in quotes)', (value) => {
  if (/^[\x20-\x39\x3b-\x7e]{1,128}$/.test(value)) return undefined;
  const hint = 'use 1 to 128 printable ASCII characters, no colon and no line break';
  return { message: 'this password cannot be set', hint };
});
