import { lastLinesOf } from '../../model/command-output.js';
import { LabError } from '../../model/errors.js';
import type { Transport } from '../../ports/transport.js';
import { childrenNamed, parseXml, type XmlElement } from '../xml-tree.js';
import { nvpairsIn } from './resources.js';

const TIMEOUT_MS = 10_000;

/** Throws LabError `status-unreadable`, and what the transport throws. */
export async function resourceWith(
  address: string,
  transport: Transport,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const argv = ['cibadmin', '--query', '--scope', 'resources'];
  const result = await transport.exec(argv, { timeoutMs: TIMEOUT_MS, signal });
  if (result.exitCode !== 0)
    throw new LabError(
      'status-unreadable',
      `the resources could not be read on ${transport.node}: ${lastLinesOf(result)}`.trim(),
    );
  return primitiveWith(address, result.stdout);
}

/** Pure; `undefined` for XML that is broken, too. */
export function primitiveWith(address: string, resources: string): string | undefined {
  const seen: XmlElement[] = [rootOf(resources)].flatMap((root) => root ?? []);
  for (let element = seen.shift(); element !== undefined; element = seen.shift()) {
    if (element.name === 'primitive' && hasAddress(element, address)) return element.attributes.id;
    seen.push(...element.children);
  }
  return undefined;
}

function hasAddress(primitive: XmlElement, address: string): boolean {
  return nvpairsIn(childrenNamed(primitive, 'instance_attributes')).ip === address;
}

function rootOf(xml: string): XmlElement | undefined {
  try {
    return parseXml(xml);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
