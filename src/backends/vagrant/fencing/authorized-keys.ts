import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { labelOf } from '../names.js';

/** The comment of a lab's line; by it the line is found again and taken away. */
export function keyCommentOf(instance: string): string {
  return `${labelOf(instance)}-fencing`;
}

/**
 * A line for authorized_keys (sshd(8)): whoever holds the key gets the gate and nothing else, no forwarding, no agent, no
 * other command. A terminal is allowed, since fence agents ask for one.
 */
export function authorizedLine(instance: string, publicKey: string, command: readonly string[]): string {
  const [type = '', key = ''] = publicKey.split(' ');
  const line = command.map(quoted).join(' ').replace(/[\\"]/g, '\\$&');
  return `restrict,pty,command="${line}" ${type} ${key} ${keyCommentOf(instance)}`;
}

/** sshd hands the command to the user's shell: double quotes are understood by sh and by Windows alike. */
function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`;
}

/** Pure: the file's text with this line as the lab's only one; without a line, with none. */
export function withLine(text: string, instance: string, line: string | undefined): string {
  const others = text.split('\n').filter((each) => !each.endsWith(` ${keyCommentOf(instance)}`));
  while (others.at(-1) === '') others.pop();
  const lines = line === undefined ? others : [...others, line];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Lets the lab's key in, or with no line takes it away; both may run twice. Other lines stay as they are. */
export function writeAuthorizedKeys(file: string, instance: string, line: string | undefined): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = withLine(before, instance, line);
  if (after === before) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.halab`, after, { mode: 0o600 });
  chmodSync(`${file}.halab`, 0o600);
  renameSync(`${file}.halab`, file);
}
