import { message, messageIn } from '../../../messages/message.js';
import { isLabError } from '../../../model/errors.js';
import { haNodesOf, type LabInstance } from '../../../model/lab.js';
import type { Language, Text } from '../../../model/text.js';
import type { ProcessRunner } from '../../../ports/process.js';
import { layoutFor } from './shell-layout.js';

/** Shells on the nodes, in the tmux that this process runs in. */
interface Shells {
  /** Where they are, or why there are none. */
  readonly note: Text;
  /** Closes those that are still open. */
  close(): Promise<void>;
}

interface ShellsRequest {
  readonly processes: Pick<ProcessRunner, 'run'>;
  /** The argv of halab itself. */
  readonly halab: readonly string[];
  readonly instance: LabInstance;
  readonly env: NodeJS.ProcessEnv;
  readonly language: Language;
}

/** Opens the shell again, which ends where its node is rebooted or the lab recreated. */
const AGAIN = 'while :; do "$@"; printf "\\n%s" "$0"; read -r _ || exit; done';

const CALL_MS = 10_000;

/** Whether tmux can be run, and whether this process is in it. */
export async function tmuxHere({
  processes,
  env,
}: Pick<ShellsRequest, 'processes' | 'env'>): Promise<'none' | 'outside' | 'inside'> {
  try {
    await processes.run(['tmux', '-V'], { timeoutMs: CALL_MS });
  } catch (error) {
    if (isLabError(error) && error.code === 'process-failed') return 'none';
    throw error;
  }
  return env.TMUX === undefined || env.TMUX === '' ? 'outside' : 'inside';
}

/** What to run on the terminal instead: a tmux in which halab opens the shells beside its screen. */
export function tmuxArgv(
  { halab, instance, env }: Pick<ShellsRequest, 'halab' | 'instance' | 'env'>,
  words: readonly string[],
): readonly string[] {
  return ['tmux', 'new-session', '-s', `halab-${instance.name}`, ...settingsIn(env), ...halab, ...words];
}

/** One shell for each HA node, beside this pane where there is room, and else in windows of their own. */
export async function openShells({ processes, halab, instance, env, language }: ShellsRequest): Promise<Shells> {
  const pane = env.TMUX_PANE ?? '';
  const tmux = async (...words: readonly string[]) =>
    (await processes.run(['tmux', ...words], { timeoutMs: CALL_MS })).stdout.trim();
  const seen = await tmux('display-message', '-p', '-t', pane, '#{window_width} #{window_height} #{window_panes}');
  const [width = 0, height = 0, panes = 0] = seen.split(' ').map(Number);
  const layout = panes > 1 ? undefined : layoutFor(width, height);
  const opened: string[] = [];
  for (const { name } of haNodesOf(instance.lab)) {
    const ssh = [...halab, 'ssh', name, '--name', instance.name, '--lang', language];
    const shell = [
      ...settingsIn(env),
      'sh',
      '-c',
      AGAIN,
      messageIn(language, 'coach.shell-ended', { node: name }),
      ...ssh,
    ];
    const place = layout === undefined ? ['new-window', '-n', name] : ['split-window'];
    const target = layout === undefined ? [] : ['-t', opened.at(-1) ?? pane, layout.split];
    opened.push(await tmux(...place, '-d', '-P', '-F', '#{pane_id}', ...target, ...shell));
    // Without an even layout after each, the next one would find no room.
    if (layout !== undefined) {
      await tmux('set-window-option', '-t', pane, layout.option, String(layout.main));
      await tmux('select-layout', '-t', pane, layout.name);
    }
  }
  return {
    note: message(layout === undefined ? 'coach.shells-in-windows' : 'coach.shells-beside'),
    async close() {
      for (const each of opened) await tmux('kill-pane', '-t', each);
    },
  };
}

/** What halab reads from the environment: a tmux server that runs already has another one. */
function settingsIn(env: NodeJS.ProcessEnv): readonly string[] {
  const named = Object.entries(env).filter(([name]) => /^(?:HALAB_|LC_ALL$|LANG$|NO_COLOR$|PATH$|XDG_)/.test(name));
  return named.flatMap(([name, value]) => ['-e', `${name}=${value ?? ''}`]);
}
