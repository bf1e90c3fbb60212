import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a program of `host-programs/`, which this machine runs. */
export function hostProgram(name: string): string {
  return packagePath(`host-programs/${name}`);
}

/** Path of something in halab's own folder. */
export function packagePath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** A part of a script that makes a node's image. Its head is a comment, of which nothing comes into the image. */
export function imageScript(name: string): string {
  return readFileSync(hostProgram(`image/${name}`), 'utf8')
    .replaceAll('\r\n', '\n')
    .replace(/^(?:#.*\n)+/, '');
}
