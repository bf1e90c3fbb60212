import { message } from '../messages/message.js';
import { defined } from '../model/defined.js';
import { isLabError, type LabError } from '../model/errors.js';
import type { Text } from '../model/text.js';
import type { Clock } from '../ports/clock.js';
import { type CoachMode, FIRST_MODE, pressed, type Wish } from './coach-keys.js';
import { isForGlances } from './glance.js';
import { told } from './paragraphs.js';
import type { Drawn, Screen } from './screen.js';
import type { LearnSession } from './session.js';
import { currentOf, isThrough, type LearnState, learnStepOf, standingOf } from './state.js';

/** What the coach needs from outside. */
export interface CoachDeps {
  readonly session: Pick<LearnSession, 'look' | 'next' | 'hint' | 'answer' | 'reset'>;
  /** Looks once more, ends the session, and adds it to the student's progress. */
  finish(): Promise<LearnState>;
  /** The session as its log has it now, which other processes may write too; undefined where the log is not there, as while the lab is recreated. */
  latest(): LearnState | undefined;
  /** Adds to the log what the lab looks like, while halab has the step. */
  glance(): Promise<void>;
  /** Takes the part of looking in the background, for as long as it runs; false while another coach has it. */
  takeLooking(): boolean;
  /** What another process does to the lab at this moment. */
  otherAtWork(): string | undefined;
  show(screen: Screen): Drawn;
  scroll(key: string, top: number, drawn: Drawn): number | undefined;
  lineAfter(text: string, key: string): string;
  readonly clock: Clock;
  /** Aborts where the program is to end; `leave` aborts it for q. */
  readonly signal: AbortSignal;
  leave(): void;
}

interface Coach {
  /** Does what a key says, by its name. Never waits for a look. */
  press(key: string): void;
  redraw(): void;
  /** What halab is doing for the wish at work, in words. */
  progress(text: Text): void;
  /** Looks, and does what keys ask for, until the signal aborts. Rejects with what is no LabError. */
  run(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
const REDRAW_EVERY_MS = 500;
const GLANCE_EVERY_MS = 1_500;
/** For so long the log may be away without anybody at work who recreates the lab. */
const LONGEST_ABSENCE_MS = 5_000;

/** `remark` is shown until the first key. */
export function createCoach(deps: CoachDeps, first: LearnState, remark?: Text): Coach {
  const { session, clock, signal } = deps;
  const wishes: Wish[] = [];
  let state = first;
  let mode: CoachMode = FIRST_MODE;
  let top = 0;
  let drawn: Drawn | undefined;
  let note: Screen['note'] = remark && { text: remark };
  /** Why the last look could not be made. */
  let trouble: Screen['note'];
  let doing: Screen['doing'];
  let lookingSince: string | undefined;
  let wake: () => void = () => undefined;

  function redraw(): void {
    const other = doing === undefined ? deps.otherAtWork() : undefined;
    const busy = other === undefined ? doing : { text: message('coach.other', { doing: other }), since: state.lastAt };
    drawn = deps.show({
      state,
      view: mode.view,
      top,
      ...defined({ doing: busy, lookingSince, note: note ?? trouble, prompt: promptOf(mode) }),
    });
  }

  /** Takes over what the log has now. */
  function refresh(): void {
    const now = deps.latest();
    if (now === undefined) return;
    if (now.current !== state.current || now.attemptAt !== state.attemptAt) {
      top = 0;
      mode = FIRST_MODE;
      note = undefined;
    } else if (marksOf(now) !== marksOf(state) && mode.view === 'task') top = Number.MAX_SAFE_INTEGER;
    state = now;
  }

  function press(key: string): void {
    const scrolled = mode.asking === undefined && drawn !== undefined ? deps.scroll(key, top, drawn) : undefined;
    if (scrolled !== undefined) top = scrolled;
    else {
      const result = pressed(mode, key, state, deps.lineAfter);
      if (result.mode.view !== mode.view) top = 0;
      mode = result.mode;
      note = result.note === undefined ? undefined : { text: result.note };
      if (result.note !== undefined) top = Number.MAX_SAFE_INTEGER;
      const { wish } = result;
      if (wish === 'quit') deps.leave();
      else if (wish !== undefined && !wishes.some((each) => JSON.stringify(each) === JSON.stringify(wish))) {
        wishes.push(wish);
        note = doing !== undefined || lookingSince !== undefined ? { text: message('coach.queued') } : undefined;
      }
      wake();
    }
    redraw();
  }

  async function perform(wish: Wish): Promise<void> {
    const isAct = wish.kind === 'next' && isForGlances(state);
    doing = { text: message(isAct ? 'coach.do-act' : `coach.do-${wish.kind}`), since: clock.now() };
    note = undefined;
    redraw();
    try {
      note = await outcomeOf(wish);
    } catch (error) {
      if (!isLabError(error)) throw error;
      note = { text: problemText(error), isError: true };
    } finally {
      doing = undefined;
    }
  }

  async function outcomeOf(wish: Wish): Promise<Screen['note']> {
    switch (wish.kind) {
      case 'answer':
        await session.answer(wish.option, wish.because);
        return undefined;
      case 'reset':
        await session.reset(wish.scope);
        return { text: message('coach.reset-done') };
      case 'finish':
        await deps.finish();
        return undefined;
      case 'hint': {
        const { help } = await session.hint();
        return help === undefined ? { text: message('learn.hint-none') } : undefined;
      }
      case 'next':
        return outcomeOfNext(currentOf(state).step.id, await session.next());
    }
  }

  async function lookOnce(): Promise<void> {
    if (isForGlances(state) || !deps.takeLooking()) return;
    lookingSince = clock.now();
    await tolerant(session.look);
    lookingSince = undefined;
  }

  async function work(): Promise<void> {
    let seenMs = clock.monotonicMs();
    while (!signal.aborted) {
      const wish = wishes.shift();
      await (wish === undefined ? lookOnce() : perform(wish));
      if (signal.aborted) return;
      if (deps.latest() !== undefined || deps.otherAtWork() !== undefined) seenMs = clock.monotonicMs();
      else if (clock.monotonicMs() - seenMs > LONGEST_ABSENCE_MS) return deps.leave();
      refresh();
      redraw();
      if (wishes.length === 0) await rest(LOOK_EVERY_MS);
    }
  }

  /** Until the time is over, a key asks for something, or the signal aborts. */
  async function rest(ms: number): Promise<void> {
    const woken = new AbortController();
    wake = () => woken.abort();
    await clock.sleep(ms, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
    wake = () => undefined;
  }

  /** Beside whatever halab does: its own steps are those in which most happens. */
  async function glances(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      if (isForGlances(state) && deps.takeLooking()) await tolerant(deps.glance);
      await clock.sleep(GLANCE_EVERY_MS, over).catch(() => undefined);
    }
  }

  /** While the lab is recreated its log is away, and nodes are not there. */
  async function tolerant(look: () => Promise<unknown>): Promise<void> {
    try {
      await look();
      trouble = undefined;
    } catch (error) {
      if (!isLabError(error) && deps.latest() !== undefined) throw error;
      trouble = isLabError(error) ? { text: problemText(error), isError: true } : undefined;
    }
  }

  async function tick(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      refresh();
      redraw();
      await clock.sleep(REDRAW_EVERY_MS, over).catch(() => undefined);
    }
  }

  return {
    press,
    redraw,
    progress(text) {
      if (doing !== undefined) doing = { ...doing, text };
    },
    async run() {
      const over = new AbortController();
      const until = AbortSignal.any([signal, over.signal]);
      const beside = Promise.all([tick(until), glances(until)]);
      try {
        await Promise.race([work(), beside]);
      } finally {
        over.abort();
        await beside;
      }
    },
  };
}

function promptOf({ asking }: CoachMode): Screen['prompt'] {
  if (asking === undefined) return undefined;
  if (asking === 'reset') return { text: message('coach.ask-reset') };
  return { text: message('coach.ask-reason'), typed: `${asking.typed}_` };
}

/** What `next` could not do yet. */
function outcomeOfNext(from: string, after: LearnState): Screen['note'] {
  if (after.current !== from || isThrough(after)) return undefined;
  const at = learnStepOf(after, from);
  if (standingOf(at) === 'done') return undefined;
  return { text: message(at.by === 'halab' ? 'coach.not-as-expected' : 'coach.not-yet'), isError: true };
}

/** What a reader has to see as soon as it changes: verdicts, answers, hints, and how a prediction came out. */
function marksOf(state: LearnState): string {
  const { at } = currentOf(state);
  const verdicts = (at.look?.checks ?? at.result?.checks ?? []).map(({ verdict }) => verdict);
  return JSON.stringify([verdicts, at.given, at.help.length, at.outcome?.at, standingOf(at)]);
}

function problemText({ message: problem, hint }: LabError): Text {
  const words = hint === undefined ? problem : `${problem} (${hint})`;
  return told(words);
}
