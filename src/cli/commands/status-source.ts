import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { LabError } from '../../model/errors.js';

/** A status of a thousand resources has some hundred kilobytes; beyond this it is something else. */
const LIMIT_MIB = 50;

/** The text of a file, or of stdin for `-`. Throws LabError `usage` where there is no such file or it is too large. */
export async function readSource(from: string, cwd: string, stdin: NodeJS.ReadableStream): Promise<string> {
  const stream = from === '-' ? stdin : createReadStream(resolve(cwd, from));
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      const piece = Buffer.from(chunk);
      bytes += piece.length;
      if (bytes > LIMIT_MIB * 1024 * 1024) throw tooLarge(nameOf(from));
      chunks.push(piece);
    }
  } catch (error) {
    throw unreadable(error, nameOf(from));
  }
  return decoded(Buffer.concat(chunks));
}

export function nameOf(from: string): string {
  return from === '-' ? 'stdin' : from;
}

/** UTF-8, and what PowerShell writes with `>`; bytes that are neither become U+FFFD and stop nothing. */
function decoded(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

function tooLarge(name: string): LabError {
  return new LabError('usage', `${name} holds more than ${LIMIT_MIB} MiB, which no status of a cluster has`, {
    hint: 'give the output of pcs status, crm_mon or crm status',
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

function unreadable(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  if (reason === undefined) return error;
  return new LabError('usage', `cannot read ${name}: ${reason}`, {
    hint: 'halab status --from FILE, or --from - for stdin',
    cause: error,
  });
}
