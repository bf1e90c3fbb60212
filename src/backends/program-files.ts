import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a program of `host-programs/`, which this machine runs. */
export function hostProgram(name: string): string {
  return fileURLToPath(new URL(`../../host-programs/${name}`, import.meta.url));
}

/** A part of a script that makes a node's image. Its head is a comment, of which nothing comes into the image. */
export function imageScript(name: string): string {
  return textOf(hostProgram(`image/${name}`)).replace(/^(?:#.*\n)+/, '');
}

/** A file of `node-programs/`, which a node is given. */
export function nodeProgram(name: string): string {
  return textOf(fileURLToPath(new URL(`../../node-programs/${name}`, import.meta.url)));
}

/** With LF line ends, even if git checked the file out with CRLF. */
function textOf(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}
