import type { Duplex, Readable, Writable } from 'node:stream';
import { lastLines } from '../model/command-output.js';
import { LabError } from '../model/errors.js';

export interface ExecResult {
  /** 128 + signal where the remote command died of one. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface ExecOptions {
  /** Every command has a deadline; past it the channel is closed and LabError `command-timeout` contains the output so far. */
  readonly timeoutMs: number;
  /** The deadline does not depend on how fast the node works, so it stays as it is on a slow one. */
  readonly isNotStretched?: true;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  /** Called with stdout as it arrives, for long-running commands such as probes. */
  readonly onStdout?: (chunk: string) => void;
}

export interface ShellOptions {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly terminal?: { readonly type: string; readonly rows: number; readonly columns: number };
  /** Called with a function that sets the remote window size. */
  readonly onResize?: (resize: (rows: number, columns: number) => void) => void;
  /** One command instead of a login shell. */
  readonly command?: readonly string[];
}

/** The management connection to one node: one connection, many commands. */
export interface Transport {
  readonly node: string;
  /** Runs one argv (quoted by the transport) as root. Resolves for any exit code; throws LabError `node-unreachable`, `command-timeout` or `interrupted`. */
  exec(argv: readonly string[], options: ExecOptions): Promise<ExecResult>;
  upload(content: string | Buffer, remotePath: string, mode?: number): Promise<void>;
  download(remotePath: string): Promise<Buffer>;
  /** An interactive shell, or a command on a terminal; resolves to its exit code. */
  shell(options: ShellOptions): Promise<number>;
  /** A stream to `host:port` as the node reaches it. */
  forward(host: string, port: number): Promise<Duplex>;
  close(): Promise<void>;
}

/** Runs a command that must succeed; resolves to its stdout. Throws LabError `command-failed`, and what the transport throws. */
export async function execOrThrow(
  transport: Pick<Transport, 'node' | 'exec'>,
  argv: readonly string[],
  options: ExecOptions,
): Promise<string> {
  const result = await transport.exec(argv, options);
  if (result.exitCode !== 0) throw commandFailed(transport.node, argv, result);
  return result.stdout;
}

/** A command's failure with its exit code and the last lines of its output. */
export function commandFailed(
  node: string,
  argv: readonly string[],
  { exitCode, stdout, stderr }: Pick<ExecResult, 'exitCode' | 'stdout' | 'stderr'>,
): LabError {
  const end = lastLines(`${stderr}\n${stdout}`).join('\n');
  return new LabError(
    'command-failed',
    `${argv.join(' ')} on ${node} ended with exit code ${exitCode}${end === '' ? '' : `: ${end}`}`,
    { hint: `Try it manually with \`halab ssh ${node}\`.`, data: { node, argv, exitCode } },
  );
}
