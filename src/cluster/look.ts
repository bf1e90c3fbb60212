import { defined } from '../model/defined.js';
import type { LinkLook, NodeLook, Prepared } from '../model/node-look.js';
import { nodeScript } from '../ports/node-program.js';
import type { Transport } from '../ports/transport.js';
import { parseCib } from './cib/read-cib.js';
import { parseCorosyncConf } from './constants.js';
import { missingPackages, PACKAGES, parseSoftware, softwareArgv } from './dialect.js';
import { partsOf } from './observe.js';
import { parseAddresses } from './observe-output.js';

const SCRIPT = nodeScript('look.sh');
const TIMEOUT_MS = 10_000;

/** Throws LabError where the node cannot be reached; a part that cannot be read is absent. */
export async function lookAt(transport: Transport, signal?: AbortSignal): Promise<NodeLook> {
  const argv = ['sh', '-s', '--', ...softwareArgv(PACKAGES)];
  const { stdout } = await transport.exec(argv, { timeoutMs: TIMEOUT_MS, stdin: SCRIPT, signal });
  return lookFrom(stdout);
}

/** Pure. */
export function lookFrom(output: string): NodeLook {
  const parts = partsOf(output);
  const text = (name: string): string | undefined => {
    const part = parts.get(name);
    return part?.exitCode === 0 ? part.stdout : undefined;
  };
  const links = text('links');
  const addresses = text('addresses');
  return defined({
    clockS: numberIn(text('clock')),
    links: links === undefined ? undefined : linksIn(links),
    addresses: links === undefined || addresses === undefined ? undefined : parseAddresses(addresses, links),
    cib: cibIn(text('cib')),
    prepared: parts.has('software') ? preparedFrom(text) : undefined,
  });
}

function numberIn(text: string | undefined): number | undefined {
  const number = Number.parseFloat(text ?? '');
  return Number.isNaN(number) ? undefined : number;
}

/** A CIB that was cut off says nothing. */
function cibIn(text: string | undefined): NodeLook['cib'] {
  if (text === undefined) return undefined;
  try {
    return parseCib(text);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** `ip -o link show`: the flags stand in angle brackets (ip-link(8)). The loopback is no link. */
function linksIn(stdout: string): readonly LinkLook[] {
  return [...stdout.matchAll(/^\d+: ([^:@\s]+)[^<\n]*<([^>]*)>/gm)].flatMap(([, device = '', flags = '']) => {
    const has = (flag: string) => flags.split(',').includes(flag);
    if (has('LOOPBACK')) return [];
    return [{ device, state: !has('UP') ? 'down' : has('NO-CARRIER') ? 'no-carrier' : 'up' }];
  });
}

function preparedFrom(text: (part: string) => string | undefined): Prepared {
  const conf = text('conf');
  const software = parseSoftware(text('software') ?? '');
  const names = [...(text('hosts') ?? '').matchAll(/^"([^"]*)"/gm)].flatMap(([, name]) => name ?? []);
  return {
    configured: conf === undefined ? 'no' : parseCorosyncConf(conf).packaged ? 'example' : 'yes',
    missing: missingPackages(software),
    packageManager: software.manager,
    ...defined({ pcs: software.versions.pcs, hasPassword: passwordIn(text('password')) }),
    pcsd: text('pcsd')?.trim() === 'active',
    knownHosts: names,
  };
}

/** `hacluster L 2026-11-23 …`: P or PS for a password, L or LK for a locked one, NP for none (passwd(1)). */
function passwordIn(stdout: string | undefined): boolean | undefined {
  const [, state] = /^\S+ ([A-Z]+)\b/.exec(stdout ?? '') ?? [];
  return state === undefined ? undefined : state === 'P' || state === 'PS';
}
