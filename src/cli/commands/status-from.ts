import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { readOutputs } from '../../cluster/read-any.js';
import { diagnose } from '../../diagnosis/diagnose.js';
import { hasClusterStatus } from '../../diagnosis/facts.js';
import { type Session, sessionOf } from '../../diagnosis/session.js';
import { summaryOf } from '../../diagnosis/summary.js';
import type { StatusOutput } from '../../model/cluster-state.js';
import { LabError } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import { oneLine } from '../../report/format.js';
import { output, terminalPage } from '../output.js';
import type { Settings } from '../settings.js';
import { diagnosisJson } from './status-page.js';
import { type OutputView, sessionJson, sessionLines } from './status-session.js';

/** Reads a `pcs status`, `crm_mon` or `crm status` from anywhere and explains it. Needs no lab and no root. */
export async function statusFrom(settings: Settings, from: string): Promise<number> {
  if (from === '-' && process.stdin.isTTY) output.note('reading from the terminal; Ctrl-D ends it');
  const source = await readSource(from, settings.cwd, process.stdin);
  const session = sessionOf(readStatus(source, nameOf(from)));
  const views = session.explained.map((each) => ({ ...each, items: diagnose(each.state) }));
  if (settings.json) answerJson(settings, from, source, session, views);
  else output.line(sessionLines(session, views, terminalPage(settings.language)).join('\n'));
  return views.every(isWhole) ? EXIT.passed : EXIT.unknown;
}

function answerJson(
  { language }: Settings,
  from: string,
  source: string,
  session: Session,
  views: readonly OutputView[],
): void {
  const last = views.at(-1);
  if (last === undefined) return;
  output.answer('status-from', {
    source: { from, kind: source.trimStart().startsWith('<') ? 'xml' : 'text' },
    language,
    ...diagnosisJson(last.state, last.items, language),
    ...(session.outputs > 1 ? { session: sessionJson(session, views, language) } : {}),
    state: last.state,
  });
}

/** Whether this is a whole status, not a part of one or an error. */
function isWhole({ state, items }: OutputView): boolean {
  return state.truncated.length === 0 && summaryOf(state, items).verdict !== 'unknown';
}

function readStatus(source: string, name: string): readonly StatusOutput[] {
  if (source.trim() === '')
    throw new LabError('status-unreadable', `${name} is empty`, {
      hint: 'give the output of pcs status, crm_mon or crm status, with what it wrote to stderr (2>&1)',
    });
  const outputs = readOutputs(source);
  if (outputs.some(({ state }) => hasClusterStatus(state))) return outputs;
  const first = oneLine(source.trim().split('\n')[0] ?? '').slice(0, 100);
  throw new LabError('status-unreadable', `${name} holds no status of a cluster; it begins with: ${first}`, {
    hint: 'give the output of pcs status, crm_mon or crm status, as text or XML',
  });
}

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
