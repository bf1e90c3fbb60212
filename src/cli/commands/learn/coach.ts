import { setMaxListeners } from 'node:events';
import { createCoach } from '../../../learn/coach.js';
import { drawScreen, painted } from '../../../learn/screen.js';
import type { LearnState } from '../../../learn/state.js';
import { message } from '../../../messages/message.js';
import { LabError } from '../../../model/errors.js';
import { haNodesOf, type LabInstance } from '../../../model/lab.js';
import { type Text, textIn } from '../../../model/text.js';
import { EXIT } from '../../../model/verdict.js';
import { createPaint } from '../../../report/format.js';
import { requireInstance } from '../../../store/instances.js';
import { latestSessionId } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';
import { runOnTerminal } from '../../../system/foreground.js';
import { watchInterrupt } from '../../interrupt.js';
import { lineAfter } from '../../keys.js';
import { busyWith, type LabFlags, takeWatch } from '../../lab-session.js';
import { output, wantsColor } from '../../output.js';
import { scrollOf, topAfter } from '../../scrolling.js';
import type { Settings } from '../../settings.js';
import { isInteractive, openTerminal, type Terminal } from '../../terminal.js';
import { backendHost, backendOf } from '../../wire.js';
import { type CurrentSession, currentSession, sessionIn } from './current.js';
import { type OpenLearning, withLearning } from './open.js';
import { finishAndKeep, progressText } from './progress.js';
import { openShells, tmuxArgv, tmuxHere } from './shells.js';

export interface CoachFlags extends LabFlags {
  readonly shells?: boolean;
}

/**
 * The live screen of the exercise that is under way, until q. What it shows is in the session's log, so that it may be killed at any
 * moment, and that other commands may go on with the session beside it. One coach at a time looks in the background.
 */
export async function coach(settings: Settings, flags: CoachFlags): Promise<number> {
  requireTerminal(settings);
  const current = currentSession(settings, flags);
  const instance = requireInstance(settings.stateDir, current.lab);
  const exitCode =
    flags.shells === true ? await withShells(settings, current, instance) : await watchAs(settings, current, instance);
  const words = farewell(settings, current);
  if (words !== undefined) output.line(textIn(words, settings.language));
  return exitCode;
}

/** With a shell on each node beside it: in the tmux that this runs in, or in one of its own. */
async function withShells(settings: Settings, current: CurrentSession, instance: LabInstance): Promise<number> {
  const { processes, halab } = backendHost(settings);
  const { language } = settings;
  const request = { processes, halab, instance, env: process.env, language };
  const tmux = await tmuxHere(request);
  if (tmux === 'none') {
    const node = haNodesOf(instance.lab)[0]?.name ?? '';
    return watchAs(settings, current, instance, message('coach.no-tmux', { node, lab: instance.name }));
  }
  if (tmux === 'outside') {
    const words = ['learn', 'coach', '--shells', '--name', instance.name, '--lang', settings.language];
    return runOnTerminal(tmuxArgv(request, words));
  }
  const shells = await openShells(request);
  try {
    return await watchAs(settings, current, instance, shells.note);
  } finally {
    await shells.close();
  }
}

async function watchAs(
  settings: Settings,
  current: CurrentSession,
  instance: LabInstance,
  note?: Text,
): Promise<number> {
  const backend = await backendOf(instance, settings);
  const leaving = new AbortController();
  const interrupt = watchInterrupt({
    nowMs: () => systemClock.monotonicMs(),
    onFirst: () => undefined,
    onSecond: () => process.exit(EXIT.interrupted),
  });
  const signal = AbortSignal.any([interrupt.signal, leaving.signal]);
  // All concurrent work listens to this one signal.
  setMaxListeners(0, signal);
  let show: (text: Text) => void = () => undefined;
  const onEvent = (event: Parameters<typeof progressText>[0]) => {
    const text = progressText(event);
    if (text !== undefined) show(text);
  };
  try {
    await withLearning({ settings, instance, backend, folder: current.folder, signal, onEvent }, (open) =>
      present(open, current, {
        signal,
        ...(note === undefined ? {} : { note }),
        leave: () => leaving.abort(new LabError('interrupted', 'interrupted')),
        interrupt: interrupt.press,
        onProgress: (receive) => {
          show = receive;
        },
      }),
    );
  } finally {
    interrupt.stop();
  }
  if (interrupt.signal.aborted) throw new LabError('interrupted', 'interrupted');
  return EXIT.passed;
}

interface Stage {
  readonly signal: AbortSignal;
  readonly note?: Text;
  leave(): void;
  interrupt(): void;
  onProgress(receive: (text: Text) => void): void;
}

async function present(open: OpenLearning, current: CurrentSession, stage: Stage): Promise<void> {
  const { settings, instance, session } = open;
  const { language } = settings;
  const paint = createPaint(wantsColor(process.env));
  let giveBack: (() => void) | undefined;
  let terminal: Terminal | undefined;
  const one = createCoach(
    {
      session,
      finish: () => finishAndKeep(settings, session),
      latest: readerOf(settings, current, stage.leave),
      glance: () => open.glance(),
      takeLooking: () => {
        giveBack ??= takeWatch(settings, instance.name);
        return giveBack !== undefined;
      },
      otherAtWork: () => {
        const holder = busyWith(settings, instance.name);
        return holder === undefined || holder.pid === process.pid ? undefined : holder.doing;
      },
      show: (screen) => {
        const size = terminal?.size() ?? { columns: 80, rows: 24 };
        const drawn = drawScreen(screen, { ...size, language, now: systemClock.now() });
        terminal?.draw(painted(drawn.lines, paint));
        return drawn;
      },
      scroll: (key, top, { body, room }) => {
        const scroll = scrollOf(key);
        return scroll === undefined ? undefined : topAfter(scroll, top, body, room);
      },
      lineAfter,
      clock: systemClock,
      signal: stage.signal,
      leave: stage.leave,
    },
    session.state(),
    stage.note,
  );
  stage.onProgress(one.progress);
  terminal = openTerminal(process.stdin, process.stdout, {
    onKey: one.press,
    onInterrupt: stage.interrupt,
    onResize: one.redraw,
  });
  try {
    await one.run();
  } finally {
    terminal.close();
    giveBack?.();
  }
}

/** The session as it is on disk, read again where its log has grown; the coach of one that is no longer the lab's leaves. */
function readerOf({ stateDir }: Settings, { lab, folder, state }: CurrentSession, leave: () => void) {
  let known: { readonly size: number; readonly state: LearnState } | undefined;
  return (): LearnState | undefined => {
    const size = folder.log.size();
    if (size === 0) return undefined;
    if (latestSessionId(stateDir, lab) !== folder.id) leave();
    if (known === undefined || known.size !== size) known = { size, state: state() };
    return known.state;
  };
}

/** Undefined where nothing is left to be said. */
function farewell(settings: Settings, { lab, folder }: CurrentSession): Text | undefined {
  const now = sessionIn(settings, lab);
  if (now === undefined) return message('coach.lab-gone', { lab });
  const { scenario, finishedAt } = now.state();
  const exercise = scenario.id;
  if (now.folder.id !== folder.id) return message('coach.replaced', { lab, exercise });
  return finishedAt === undefined ? message('coach.left', { exercise, lab }) : undefined;
}

function requireTerminal(settings: Settings): void {
  if (isInteractive(settings)) return;
  throw new LabError('usage', 'halab learn coach draws on a terminal, and stdin and stdout are not one', {
    hint: 'halab learn show prints the task; halab learn check, hint and next do the rest',
  });
}
