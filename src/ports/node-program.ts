import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program of `node-programs/`, which a node is given; with the line ends of Unix, whatever git made of them. */
export function nodeProgram(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../../node-programs/${file}`, import.meta.url)), 'utf8').replace(
    /\r\n/g,
    '\n',
  );
}

/** The same of a shell script that goes over with each use: without the comment at its head. */
export function nodeScript(file: string): string {
  return nodeProgram(file).replace(/^(?:#.*\n)+\n*/, '');
}
