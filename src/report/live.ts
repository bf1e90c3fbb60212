import { type DefaultRenderer, Listr, ListrLogger, type ListrTask, Spinner } from 'listr2';
import { dataInLanguage } from '../messages/phrases.js';
import { LabError } from '../model/errors.js';
import type { StampedEvent } from '../model/event.js';
import type { Language } from '../model/text.js';
import type { Reporter } from '../ports/reporter.js';
import { createPaint, type Paint } from './format.js';
import { createNarratedOutput, narrationOf } from './live-narration.js';
import { isOver, type Unit, unitLine, unitOf } from './live-units.js';
import { plainLinesOf } from './plain.js';
import { apply, INITIAL, type RunState } from './state.js';

export interface LiveOptions {
  /** The terminal, usually stderr. */
  readonly stream: NodeJS.WriteStream;
  readonly language: Language;
  readonly color: boolean;
}

/** A line on the screen. */
interface Line {
  readonly unit: () => Unit;
  readonly task: { title: string; output: string };
  /** Called when nothing more will happen to the line. */
  readonly settle: () => void;
}

interface View {
  readonly stream: NodeJS.WriteStream;
  readonly language: Language;
  readonly paint: Paint;
  readonly lines: Set<Line>;
  /** By the place of their part: what is still to be printed above it. */
  readonly narrations: Map<number, string>;
  state: RunState;
  /** The run's clock as far as events and ticks have moved it, in ms. */
  nowMs: number;
  frame: string;
  isClosed: boolean;
}

const TICK_MS = 100;

/**
 * The live view. Listr2 draws tasks, a run emits events: each stage and scenario becomes a task list of its own whose
 * tasks last until the run's state says that they are over. Lists are shown one after another, so what is done stays in
 * the terminal's history.
 */
export function createLiveReporter({ stream, language, color }: LiveOptions): Reporter {
  const paint = createPaint(color);
  const view: View = {
    ...{ stream, language, paint, lines: new Set<Line>(), narrations: new Map<number, string>() },
    ...{ state: INITIAL, nowMs: 0, frame: '◌', isClosed: false },
  };
  let last = Promise.resolve();
  return {
    name: 'live',
    on(stamped: StampedEvent) {
      const event = dataInLanguage(stamped, language);
      const shown = view.state.parts.length;
      view.nowMs = event.ms;
      view.state = apply(view.state, event);
      if (event.kind === 'run-started') stream.write(`${plainLinesOf(event, language).join('\n')}\n`);
      const told = narrationOf(event, view);
      if (told !== undefined) view.narrations.set(told.part, (view.narrations.get(told.part) ?? '') + told.text);
      for (let index = shown; index < view.state.parts.length; index += 1) {
        last = last.then(() => show(index, view));
        last.catch(() => undefined);
      }
      refresh(view);
    },
    /** Rejects with what the view failed of, if it did. */
    async close() {
      view.isClosed = true;
      refresh(view);
      await last;
    },
  };
}

/** Shows the part at this place until it is over. */
async function show(index: number, view: View): Promise<void> {
  const unitNow = (): Unit => {
    const part = view.state.parts[index];
    if (part === undefined) throw new LabError('bug', `the run has no part ${index}`);
    return unitOf(part, view.language);
  };
  const list = new Listr([taskOf(unitNow, view)], {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    renderer: 'default',
    rendererOptions: rendererOptions(view, index),
    // Listr2 asks whether stdout is a terminal; ours is another stream, so the same renderer stands in.
    fallbackRenderer: 'default',
    fallbackRendererOptions: rendererOptions(view, index),
  });
  await list.run();
}

function taskOf(unitNow: () => Unit, view: View): ListrTask<unknown, typeof DefaultRenderer, typeof DefaultRenderer> {
  const { children, collapse } = unitNow();
  return {
    title: lineOf(unitNow(), view),
    task: (_, task) => {
      const settled = new Promise<void>((settle) => {
        const unit = () => noted(unitNow(), children.length);
        view.lines.add({ unit, task: task as unknown as Line['task'], settle });
      });
      refresh(view);
      if (children.length === 0) return settled;
      const below = children.map((child, at) => taskOf(() => unitNow().children[at] ?? child, view));
      // The task without a title keeps the list open until the scenario itself has its verdict.
      return task.newListr([...below, { task: () => settled }], {
        concurrent: true,
        exitOnError: false,
        rendererOptions: { collapseSubtasks: collapse },
      });
    },
  };
}

/** A step that was not planned has no line of its own: its scenario names it. */
function noted(unit: Unit, lines: number): Unit {
  const running = unit.children.slice(lines).findLast(({ state }) => state === 'running');
  return running === undefined ? unit : { ...unit, note: running.title };
}

function lineOf(unit: Unit, { nowMs, frame, paint }: View): string {
  return unitLine(unit, nowMs, frame, paint);
}

function refresh(view: View): void {
  for (const line of view.lines) {
    const unit = line.unit();
    const title = lineOf(unit, view);
    if (line.task.title !== title) line.task.title = title;
    if (unit.note !== '' && line.task.output !== unit.note) line.task.output = unit.note;
    if (!view.isClosed && !isOver(unit)) continue;
    view.lines.delete(line);
    line.settle();
  }
}

/** Our lines carry their own marks, so listr2's are blanked; its spinner's timer makes the elapsed times tick. */
function rendererOptions(view: View, index: number) {
  const blank = {
    PENDING: '',
    COMPLETED: '',
    FAILED: '',
    WAITING: '',
    COMPLETED_WITH_FAILED_SUBTASKS: '',
    OUTPUT: ' ',
  };
  return {
    formatOutput: 'truncate' as const,
    collapseSubtasks: false,
    icon: blank,
    spinner: tickingSpinner(view),
    logger: new ListrLogger({ useIcons: true, processOutput: createNarratedOutput(view, index) }),
  };
}

function tickingSpinner(view: View): Spinner {
  const frames = new Spinner();
  const blank = new Spinner();
  return Object.assign(blank, {
    fetch: () => '',
    start: (render?: () => void) => {
      frames.start(() => {
        view.nowMs += TICK_MS;
        view.frame = frames.fetch();
        refresh(view);
        render?.();
      }, TICK_MS);
    },
    stop: () => frames.stop(),
    isRunning: () => frames.isRunning(),
  });
}
