import ssh2 from 'ssh2';
import { LabError } from '../model/errors.js';
import type { KeyPair } from '../ports/backend-module.js';

/** One in 256 draws is no good; as many in a row as this never are. */
const DRAWS = 20;

/**
 * A fresh ed25519 key pair in OpenSSH's own formats. ssh2 1.17 drops leading zero bytes of the public key, and what is
 * left is a key that neither it nor sshd can read, so each pair is read back before it is handed out.
 */
export function generateKeyPair(comment: string, draw: (comment: string) => KeyPair = drawKeyPair): KeyPair {
  for (let turn = 0; turn < DRAWS; turn += 1) {
    const pair = draw(comment);
    if (!(ssh2.utils.parseKey(pair.privateKey) instanceof Error)) return pair;
  }
  throw new LabError('bug', `no usable key pair in ${DRAWS} draws`);
}

function drawKeyPair(comment: string): KeyPair {
  const pair = ssh2.utils.generateKeyPairSync('ed25519', { comment });
  return { privateKey: pair.private, publicKey: pair.public };
}
