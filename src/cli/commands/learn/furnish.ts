import type { LearnState } from '../../../learn/state.js';
import { messageIn } from '../../../messages/message.js';
import { isLabError } from '../../../model/errors.js';
import { type Language, textIn } from '../../../model/text.js';
import type { RunSession } from '../../../runner/session.js';
import { keepHistories } from './histories.js';

const COMMAND_MS = 10_000;
/** pam_motd(8) shows it at login, below the message of the lab. */
const MESSAGE = ['sh', '-c', 'mkdir -p /etc/motd.d && cat > /etc/motd.d/exercise'];

/** Puts on the nodes that answer what the exercise brings along for those who log in; again after their disks were replaced. */
export async function furnish(run: RunSession, { scenario, records }: LearnState, language: Language): Promise<void> {
  const { id: exercise, title } = scenario;
  const stdin = `${messageIn(language, 'learn.at-login', { title: textIn(title, language), exercise })}\n`;
  const tell = async (node: string): Promise<void> => {
    try {
      const transport = await run.transport(node);
      await transport.exec(MESSAGE, { timeoutMs: COMMAND_MS, stdin });
    } catch (error) {
      if (!isLabError(error) || error.code !== 'node-unreachable') throw error;
    }
  };
  await Promise.all(run.deps.instance.lab.nodes.map(({ name }) => tell(name)));
  if (records) await keepHistories(run);
}
