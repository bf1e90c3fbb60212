import { unknownWord } from '../fields/nearest.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { cidrText, contains, parseCidr, parseInterface, parseIpv4 } from '../model/ipv4.js';
import { LAB_NAME, NODE_NAME } from '../model/lab.js';

/** What nodes can run; the embedded backend builds those of Debian, the vagrant backend has a box for each. */
export const IMAGES = ['debian-11', 'debian-12', 'debian-13', 'almalinux-9', 'rocky-9', 'centos-7'] as const;

export const MEMORY = { leastMiB: 256, mostMiB: 1024 * 1024 } as const;
const MIB: Readonly<Record<string, number>> = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 };

/** `1GiB` → 1024; undefined for anything but a whole number with MiB, GiB or TiB. */
export function parseMemoryMiB(text: string): number | undefined {
  const found = /^(\d{1,9}) ?(MiB|GiB|TiB)$/.exec(text);
  return found ? Number(found[1]) * (MIB[found[2] ?? ''] ?? 0) : undefined;
}

export function memoryWrong(text: string): ValueProblem | undefined {
  const memoryMiB = parseMemoryMiB(text);
  if (memoryMiB === undefined)
    return { message: `'${text}' is not a size of memory`, hint: 'write it as 1GiB or 512MiB' };
  if (memoryMiB < MEMORY.leastMiB) {
    return {
      message: `${text} of memory is too little`,
      hint: 'a node with the cluster stack needs at least 256MiB; 1GiB is comfortable',
    };
  }
  if (memoryMiB > MEMORY.mostMiB)
    return { message: `${text} of memory is more than a node can have`, hint: 'write at most 1TiB' };
  return undefined;
}

const DISK = { leastMiB: 8, mostMiB: 2 * 1024 * 1024 } as const;

export function diskWrong(text: string): ValueProblem | undefined {
  const sizeMiB = parseMemoryMiB(text);
  if (sizeMiB === undefined) return { message: `'${text}' is not a size of disk`, hint: 'write it as 1GiB or 512MiB' };
  if (sizeMiB >= DISK.leastMiB && sizeMiB <= DISK.mostMiB) return undefined;
  return { message: `${text} is no size for a disk of a lab`, hint: 'write 8MiB to 2TiB' };
}

export function cidrWrong(text: string): ValueProblem | undefined {
  const found = parseInterface(text);
  if (found === undefined) {
    const half = parseIpv4(text) === undefined ? '' : ', the prefix is missing';
    return { message: `'${text}' is not an IPv4 network${half}`, hint: 'write it as 192.168.56.0/24' };
  }
  const { network } = found;
  if (parseCidr(text) === undefined) {
    return { message: `'${text}' is an address inside a network, not a network`, hint: `write ${cidrText(network)}` };
  }
  if (network.prefix < 8 || network.prefix > 29) {
    return {
      message: `'${text}' is not a size that a lab can use`,
      hint: 'use a prefix between /8 and /29, most often /24',
    };
  }
  const reserved = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].find((range) => {
    const cidr = parseCidr(range);
    return cidr !== undefined && contains(cidr, network.first);
  });
  if (reserved === undefined) return undefined;
  return {
    message: `'${text}' lies in ${reserved}, which hosts cannot use`,
    hint: 'use a private network such as 192.168.56.0/24',
  };
}

export function addressWrong(text: string): ValueProblem | undefined {
  if (parseIpv4(text) !== undefined) return undefined;
  if (parseInterface(text) !== undefined) {
    return {
      message: `'${text}' has a prefix, which comes from the network here`,
      hint: `write ${text.split('/')[0]}`,
    };
  }
  return {
    message: `'${text}' is not an IPv4 address`,
    hint: 'write four numbers from 0 to 255, such as 192.168.56.31',
  };
}

export function floatingWrong(text: string): ValueProblem | undefined {
  if (parseInterface(text) !== undefined) return undefined;
  const hint = 'write address and prefix, such as 192.168.56.24/24';
  return { message: `'${text}' is not an IPv4 address with its prefix`, hint };
}

export function imageWrong(text: string): ValueProblem | undefined {
  return (IMAGES as readonly string[]).includes(text) ? undefined : unknownWord('image', text, IMAGES);
}

export function labNameWrong(text: string): ValueProblem | undefined {
  if (LAB_NAME.test(text)) return undefined;
  const hint = 'begin with a letter, then lower-case letters, digits and hyphens, at most 21 in all';
  return { message: `'${text}' cannot be a lab's name`, hint };
}

export function nodeNameWrong(text: string): ValueProblem | undefined {
  if (NODE_NAME.test(text) && !/^\d+$/.test(text) && text !== 'all') return undefined;
  const hint = 'use lower-case letters, digits and hyphens (RFC 1123), at most 30, with a letter or digit at both ends';
  return { message: `'${text}' cannot be a host name`, hint };
}

/** Names of networks and floating addresses: words that are easy to say in a scenario. */
export function wordWrong(text: string): ValueProblem | undefined {
  if (/^[a-z][a-z0-9-]{0,29}$/i.test(text)) return undefined;
  return {
    message: `'${text}' cannot be a name here`,
    hint: 'begin with a letter, then letters, digits and hyphens, at most 30',
  };
}

export function clusterNameWrong(text: string): ValueProblem | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/.test(text)) return undefined;
  return {
    message: `'${text}' cannot be a cluster's name`,
    hint: 'use letters, digits, hyphens and underscores, at most 32',
  };
}

export function linkNameWrong(text: string): ValueProblem | undefined {
  if (text === 'eth0') {
    return {
      message: `'eth0' is the management interface of every node`,
      hint: 'name the links of the lab eth1, eth2 and so on',
    };
  }
  if (/^[a-z][a-z0-9_.-]{0,14}$/i.test(text)) return undefined;
  return {
    message: `'${text}' cannot be an interface's name`,
    hint: 'use at most 15 letters and digits, such as eth1',
  };
}

export function userNameWrong(text: string): ValueProblem | undefined {
  if (text === 'hacluster') {
    return {
      message: `'hacluster' is the cluster's own user`,
      hint: 'give its password as hacluster-password under cluster',
    };
  }
  if (/^[a-z_][a-z0-9_-]{0,31}$/.test(text)) return undefined;
  return {
    message: `'${text}' cannot be a user's name`,
    hint: 'begin with a letter, then lower-case letters, digits, - and _, at most 32',
  };
}

/** Never repeats the password itself. `chpasswd` reads `name:password` lines, hence no colon and no newline. */
export function passwordWrong(text: string): ValueProblem | undefined {
  if (/^[\x20-\x39\x3b-\x7e]{1,128}$/.test(text)) return undefined;
  return {
    message: 'this password cannot be set',
    hint: 'use 1 to 128 printable ASCII characters, no colon and no line break',
  };
}
