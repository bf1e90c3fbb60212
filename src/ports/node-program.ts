import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program of `node-programs/` that runs on nodes, with Unix line ends whatever git's settings are. */
export function nodeProgram(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../../node-programs/${file}`, import.meta.url)), 'utf8').replace(
    /\r\n/g,
    '\n',
  );
}

/** A shell script that is sent with each use, so without its leading comment. */
export function nodeScript(file: string): string {
  return nodeProgram(file).replace(/^(?:#.*\n)+\n*/, '');
}
