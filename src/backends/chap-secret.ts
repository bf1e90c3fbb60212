import { createHash } from 'node:crypto';

/**
 * The same for the same seed, whenever it is written. 16 characters, as many as every initiator takes
 * (RFC 7143, 12.1.3 asks for more than 12 bytes).
 */
export function chapSecretOf(seed: string): string {
  return createHash('sha256').update(`chap of ${seed}`).digest('hex').slice(0, 16);
}
