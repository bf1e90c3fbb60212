import type { Transport } from '../../ports/transport.js';
import { instanceFromFlags, type LabFlags } from '../lab-session.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

const CONNECT_MS = 20_000;

/** A shell on a node with the terminal it is given, or one command; returns the remote exit code. */
export async function ssh(
  settings: Settings,
  node: string,
  command: readonly string[],
  flags: LabFlags,
): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const backend = await backendOf(instance, settings);
  const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
  try {
    return await attach(transport, command);
  } finally {
    process.stdin.pause();
    await transport.close();
  }
}

async function attach(transport: Transport, command: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process;
  // A command gets a terminal only where a person sits at both ends, as ssh -t would be asked for.
  const interactive = stdin.isTTY && stdout.isTTY;
  const terminal = interactive
    ? { type: process.env.TERM ?? 'xterm', rows: stdout.rows, columns: stdout.columns }
    : undefined;
  if (interactive) stdin.setRawMode(true);
  let onResize = () => {};
  try {
    return await transport.shell({
      stdin,
      stdout,
      stderr,
      ...(terminal ? { terminal } : {}),
      ...(command.length > 0 ? { command } : {}),
      onResize: (resize) => {
        onResize = () => resize(stdout.rows, stdout.columns);
        stdout.on('resize', onResize);
      },
    });
  } finally {
    stdout.off('resize', onResize);
    if (interactive) stdin.setRawMode(false);
  }
}
