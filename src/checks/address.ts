import { z } from 'zod';
import { interfaceAddresses } from '../cluster/observe-output.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { resourceNodesOf } from '../model/lab.js';
import { sameAddress } from '../model/managed-address.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import {
  camelKeys,
  complaintOf,
  defineCheck,
  type FieldsOf,
  given,
  passedIf,
  resolved,
  tryExec,
} from './define-check.js';

/** The addresses on the interfaces of one node, or why they are not known. */
interface NodeAddresses {
  readonly node: string;
  /** On interfaces that are up: the node answers for them. */
  readonly addresses?: readonly string[];
  /** On interfaces that are down: bound, but the node does not answer for them. */
  readonly onDownLink?: readonly string[];
  readonly problem?: string;
  /** Its machine is off, so that it has no address. */
  readonly isOff?: true;
}

interface AddressObservation {
  readonly on?: string;
  readonly notOn?: string;
  readonly nodes: readonly NodeAddresses[];
}

const SEPARATOR = '--';
const ARGV = ['sh', '-c', `ip -o addr show up; echo ${SEPARATOR}; ip -o addr show`] as const;
const TIMEOUT_MS = 10_000;

const schema = ({ address, target }: ScenarioFields) =>
  strict({
    address,
    'on-exactly': z.number().int().min(0).max(32),
    on: target.optional(),
    'not-on': target.optional(),
  })
    .describe(
      'The number of nodes that have the address on an interface, read from every node; one that is switched off has none.',
    )
    .transform(camelKeys);

type Address = FieldsOf<typeof schema>;

export const addressCheck = defineCheck({
  kind: 'address',
  schema,
  cost: 2,
  when: 'now',
  targets: ({ on, notOn }) => given(on, notOn),
  readsStatusText: false,
  describe({ address, onExactly, on, notOn }) {
    const where = `${on ? `, on ${targetText(on)}` : ''}${notOn ? `, not on ${targetText(notOn)}` : ''}`;
    return `${address} is on exactly ${onExactly} ${onExactly === 1 ? 'node' : 'nodes'}${where}`;
  },
  async observe({ on, notOn }, context) {
    const places = await resolved({ on, notOn }, context);
    const nodes = await Promise.all(resourceNodesOf(context.lab).map(({ name }) => addressesOn(name, context)));
    return { ...places, nodes };
  },
  judge: judgeAddress,
});

/** Never throws, so that one silent node does not hide the others. */
async function addressesOn(node: string, context: CheckContext): Promise<NodeAddresses> {
  const result = await tryExec(context, node, ARGV, TIMEOUT_MS);
  if ('problem' in result && (await context.isOff(node))) return { node, addresses: [], isOff: true };
  if ('problem' in result) return { node, problem: result.problem };
  if (result.exitCode !== 0) return { node, problem: `ip: ${complaintOf(result)}` };
  const [up = '', all = ''] = result.stdout.split(`${SEPARATOR}\n`);
  const addresses = interfaceAddresses(up).map(({ address }) => address);
  const bound = interfaceAddresses(all).map(({ address }) => address);
  return { node, addresses, onDownLink: bound.filter((address) => !addresses.includes(address)) };
}

/** A violation that is certain decides, whatever else is not known. */
function judgeAddress({ address, onExactly }: Address, { on, notOn, nodes }: AddressObservation): Judgement {
  const asked = nodes.filter(({ addresses }) => addresses !== undefined);
  const holders = asked
    .filter(({ addresses }) => addresses?.some((each) => sameAddress(each, address)))
    .map(({ node }) => node);
  const silent = nodes.filter(({ addresses }) => addresses === undefined);
  const bound = asked
    .filter(({ onDownLink }) => onDownLink?.some((each) => sameAddress(each, address)))
    .map(({ node }) => node);
  const idle = bound.length > 0 ? `; still bound to an interface that is down on ${bound.join(', ')}` : '';
  const off = nodes.filter(({ isOff }) => isOff).map(({ node }) => node);
  const without = off.length > 0 ? `; switched off: ${off.join(', ')}` : '';
  const seen = `${address} is on ${holders.join(', ') || 'no node'}${idle}${without}`;
  const lacking = on !== undefined && asked.some(({ node }) => node === on) && !holders.includes(on);
  const misplaced = notOn !== undefined && holders.includes(notOn);
  if (holders.length > onExactly || lacking || misplaced) return { verdict: 'failed', seen };
  if (silent.length > 0) {
    const why = silent.map(({ node, problem }) => `${node} cannot be asked (${problem})`).join('; ');
    return { verdict: 'unknown', seen: `${seen}; ${why}` };
  }
  const placed = on === undefined || holders.includes(on);
  return passedIf(holders.length === onExactly && placed, seen);
}
