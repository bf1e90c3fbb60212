import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LabError } from '../../../model/errors.js';
import { labelOf } from '../names.js';

/** The comment of a lab's line; by it the line is found again and taken away. */
export function keyCommentOf(instance: string): string {
  return `${labelOf(instance)}-fencing`;
}

/**
 * A line for authorized_keys (sshd(8)): the holder of the key gets the gate and nothing else, no forwarding, no agent, no
 * other command. A terminal is allowed, since fence agents ask for one.
 */
export function authorizedLine(instance: string, publicKey: string, command: readonly string[]): string {
  const [type = '', key = ''] = publicKey.split(' ');
  const line = command.map(quoted).join(' ').replace(/[\\"]/g, '\\$&');
  return `restrict,pty,command="${line}" ${type} ${key} ${keyCommentOf(instance)}`;
}

/**
 * sshd hands the command to the user's shell: double quotes are understood by sh and by Windows alike, and what a shell
 * would still act on between them has no place in a path.
 */
function quoted(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word)) return word;
  if (!/[$`"!]/.test(word)) return `"${word}"`;
  throw new LabError('backend-failed', `sshd cannot run ${JSON.stringify(word)}`, {
    hint: 'install halab, Node.js and the hypervisor in folders without $, `, " and !',
  });
}

/** Whether the lab's key is let in. */
export function isLetIn(file: string, instance: string): boolean {
  return existsSync(file) && linesOf(readFileSync(file, 'utf8')).some((line) => isOfLab(line, instance));
}

/** Pure: the file's text with this line as the lab's only one; without a line, with none. Other lines stay as they are. */
export function withLine(text: string, instance: string, line: string | undefined): string {
  const others = linesOf(text).filter((each) => !isOfLab(each, instance));
  const kept = others.join('');
  if (line === undefined) return kept;
  return `${kept}${kept === '' || kept.endsWith('\n') ? '' : '\n'}${line}\n`;
}

/**
 * Lets the lab's key in, or with no line takes it away; idempotent. The file is written over and not replaced: it
 * may be a link, and keeps its owner and mode.
 */
export function writeAuthorizedKeys(file: string, instance: string, line: string | undefined): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = withLine(before, instance, line);
  if (after === before) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, after, { mode: 0o600 });
}

function isOfLab(line: string, instance: string): boolean {
  return line.trimEnd().endsWith(` ${keyCommentOf(instance)}`);
}

/** With their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
