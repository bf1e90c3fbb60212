import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../node-programs/', import.meta.url));

/** A file of `node-programs/`, with the line ends that a node wants whatever git made of them. */
export function nodeProgram(file: 'probe.py' | 'recorder.py' | 'recorder.ocf'): string {
  return readFileSync(join(FOLDER, file), 'utf8').replace(/\r\n/g, '\n');
}
