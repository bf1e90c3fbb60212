import { parseIpv4 } from '../model/ipv4.js';
import { ipv6Text } from '../model/ipv6.js';
import { parsed, text } from './schema.js';
import { readTarget } from './target.js';
import { readTimeExpression } from './time-expression.js';
import type { ValueProblem } from './value-problem.js';

export const target = parsed(
  {
    what: 'a target such as ha-host1 or "{holder of vip}"',
    meta: {
      id: 'target',
      description:
        'A node, or a role resolved when the step starts: {dc}, {holder of vip}, {any other than holder of vip}, {storage}, {client} (the node outside the cluster). With was, the node that had the role before the step: {was holder of vip}.',
      examples: [
        'ha-host1',
        '{dc}',
        '{holder of vip}',
        '{was holder of vip}',
        '{any other than holder of vip}',
        '{storage}',
        '{client}',
      ],
    },
  },
  readTarget,
);

export const time = parsed(
  {
    what: 'a time such as 30s',
    meta: {
      id: 'time',
      description:
        "A sum of times and of the cluster's own time constants (token, consensus, dc-deadtime), each with an optional factor.",
      examples: ['30s', 'token + consensus + 10s', '1.2 * token + 500ms'],
    },
  },
  readTimeExpression,
);

/** Braces are judged later, against the lab. */
export const addressSchema = text(
  'an address such as 192.168.56.24 or "{address vip}"',
  (value): ValueProblem | undefined => {
    if (parseIpv4(value) !== undefined || ipv6Text(value) !== undefined || value.includes('{')) return undefined;
    return {
      message: `'${value}' is not an IP address`,
      hint: 'write four numbers or an IPv6 address, or "{address NAME}" for a floating address of the lab',
    };
  },
).meta({ examples: ['{address vip}', '192.168.56.24'] });

/** Text that is not empty. */
export const word = text('text', (value) =>
  value === '' ? { message: 'an empty text', hint: 'write what is meant' } : undefined,
);
export const regex = text('a regular expression', (value): ValueProblem | undefined => {
  try {
    new RegExp(value, 'm');
    return undefined;
  } catch (error) {
    const reason = String(error).replace(/^.*: /, '');
    return {
      message: `'${value}' is not a regular expression: ${reason}`,
      hint: 'escape what is meant literally with a backslash',
    };
  }
});
