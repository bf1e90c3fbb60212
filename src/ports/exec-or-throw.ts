import { lastLines } from '../model/command-output.js';
import { LabError } from '../model/errors.js';
import type { ExecOptions, ExecResult, Transport } from './transport.js';

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
