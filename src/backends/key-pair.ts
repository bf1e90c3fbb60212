import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KeyPair } from '../ports/backend-module.js';

/** The pair kept in `file` and `file.pub`, as ssh-keygen(1) leaves them; generated once. */
export function ensureKeyPair(file: string, generate: () => KeyPair): KeyPair {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(`${file}.pub`)) {
    const pair = generate();
    writeFileSync(file, pair.privateKey, { mode: 0o600 });
    writeFileSync(`${file}.pub`, `${pair.publicKey}\n`);
  }
  return { privateKey: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
}

/** May run twice. */
export function removeKeyPair(file: string): void {
  for (const each of [`${file}.pub`, file]) rmSync(each, { force: true });
}
