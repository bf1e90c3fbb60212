import { writeFileSync } from 'node:fs';
import { LabError, messageOf } from '../model/errors.js';

/** Writes a file that a flag names. Throws LabError `usage` where it cannot be written. */
export function writeAsked(path: string, text: string, flag: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new LabError('usage', `cannot write ${path}: ${messageOf(cause)}`, {
      hint: `choose another file with ${flag}`,
      cause,
    });
  }
}
