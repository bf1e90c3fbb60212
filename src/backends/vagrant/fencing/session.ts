import { messageOf } from '../../../model/errors.js';
import type { ProcessRunner } from '../../../ports/process.js';
import { decide, type GateOptions } from './gate.js';

/** What fence agents wait for before they send the next line (`--command-prompt` of fence_virsh(8) and fence_vbox(8)). */
export const PROMPT = '[EXPECT]# ';
const COMMAND_MS = 60_000;

interface GateSession {
  readonly lines: AsyncIterable<string>;
  readonly write: (text: string) => void;
  readonly processes: ProcessRunner;
}

/** Talks to one fence agent until it leaves. A command that fails is answered as the program answered; the session goes on. */
export async function serveGate(options: GateOptions, { lines, write, processes }: GateSession): Promise<void> {
  write(PROMPT);
  for await (const line of lines) {
    const answer = decide(line, options);
    if (answer.kind === 'leave') return;
    if (answer.kind === 'nothing') continue;
    if (answer.kind === 'refuse') write(`error: refused by halab: ${answer.why}\n`);
    else write(await said(processes, answer.argv, answer.keepLine));
    write(PROMPT);
  }
}

async function said(
  processes: ProcessRunner,
  argv: readonly string[],
  keepLine: (line: string) => boolean,
): Promise<string> {
  try {
    const { stdout, stderr } = await processes.run(argv, { timeoutMs: COMMAND_MS });
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '' && keepLine(line));
    return lines.map((line) => `${line}\n`).join('');
  } catch (error) {
    return `error: ${messageOf(error).split('\n')[0]}\n`;
  }
}
