import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { labelOf } from '../model/lab.js';
import type { BackendHost, KeyPair } from '../ports/backend-module.js';

type KeyMaker = Pick<BackendHost, 'generateKeyPair'>;

/** The key by which the nodes of a lab reach one another, in the lab's folder of keys. */
export function ensureLabKey(maker: KeyMaker, folder: string, instance: string): KeyPair {
  return ensureKeyPair(maker, join(folder, 'id_ed25519'), labelOf(instance));
}

/** The pair kept in `file` and `file.pub`, as ssh-keygen(1) leaves them; generated once. */
export function ensureKeyPair({ generateKeyPair }: KeyMaker, file: string, comment: string): KeyPair {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(`${file}.pub`)) {
    const pair = generateKeyPair(comment);
    writeFileSync(file, pair.privateKey, { mode: 0o600 });
    writeFileSync(`${file}.pub`, `${pair.publicKey}\n`);
  }
  return { privateKey: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
}

/** Idempotent. */
export function removeKeyPair(file: string): void {
  for (const each of [`${file}.pub`, file]) rmSync(each, { force: true });
}

/**
 * The CHAP secret of a lab’s disks. The same seed always gives the same secret. 16 characters, as many as every initiator takes
 * (RFC 7143, 12.1.3 asks for more than 12 bytes).
 */
export function chapSecretOf(seed: string): string {
  return createHash('sha256').update(`chap of ${seed}`).digest('hex').slice(0, 16);
}
