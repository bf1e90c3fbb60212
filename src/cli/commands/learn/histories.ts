import { commandsIn, KEEP_HISTORY, type TypedCommand } from '../../../learn/shell-history.js';
import { isLabError } from '../../../model/errors.js';
import type { RunSession } from '../../../runner/session.js';

const COMMAND_MS = 10_000;
const PROFILE = '/etc/profile.d/halab-history.sh';
/** Of root, and of each user of the lab. */
const HISTORIES = 'cat /root/.bash_history /home/*/.bash_history 2>/dev/null || true';

/** From now on the login shells of all nodes keep what is typed into them. */
export async function keepHistories(run: RunSession): Promise<void> {
  for (const { name } of run.deps.instance.lab.nodes) {
    const transport = await run.transport(name);
    await transport.upload(KEEP_HISTORY, PROFILE);
  }
}

/** What was typed on all nodes since then; of nodes that do not answer, nothing. */
export async function readHistories(run: RunSession, since: string): Promise<readonly TypedCommand[]> {
  const read = run.deps.instance.lab.nodes.map(async ({ name }) => {
    try {
      const { stdout } = await run.read.exec(name, ['sh', '-c', HISTORIES], COMMAND_MS);
      return commandsIn(name, stdout, since);
    } catch (error) {
      if (!isLabError(error) || run.deps.signal.aborted) throw error;
      return [];
    }
  });
  return (await Promise.all(read)).flat();
}
