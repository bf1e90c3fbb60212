import type { DefaultRenderer, ListrTask } from 'listr2';
import { Listr, ListrLogger, ProcessOutput, Spinner } from 'listr2';
import type { StampedEvent } from '../model/event.js';
import type { Language } from '../model/text.js';
import type { Reporter } from '../ports/reporter.js';
import type { LiveModel, Unit } from './live-units.js';
import { advance, settleAll, unitLine } from './live-units.js';
import type { Paint } from './paint.js';
import { createPaint } from './paint.js';

export interface LiveOptions {
  /** The terminal, usually stderr. */
  readonly stream: NodeJS.WriteStream;
  readonly language: Language;
  readonly color: boolean;
}

interface Shown {
  readonly unit: Unit;
  readonly task: { title: string; output: string };
}

interface View {
  readonly stream: NodeJS.WriteStream;
  readonly paint: Paint;
  readonly shown: Set<Shown>;
  /** The run's clock as far as events and ticks have told it, in ms. */
  nowMs: number;
  frame: string;
}

const TICK_MS = 100;

/**
 * The live view. Listr2 draws tasks, a run tells events: each stage and scenario becomes a task list of its own whose tasks
 * wait until an event settles them. Lists are shown one after another, so what is done stays in the terminal's history.
 */
export function createLiveReporter({ stream, language, color }: LiveOptions): Reporter {
  const view: View = { stream, paint: createPaint(color), shown: new Set(), nowMs: 0, frame: '◌' };
  let last = Promise.resolve();
  const onUnit = (unit: Unit) => {
    last = last.then(() => show(unit, view));
    last.catch(() => undefined);
  };
  const model: LiveModel = { units: [], planned: new Map(), language, onUnit };
  return {
    name: 'live',
    on(event: StampedEvent) {
      view.nowMs = event.ms;
      advance(model, event);
      refresh(view);
    },
    /** Rejects with what the view failed of, if it did. */
    async close() {
      settleAll(model);
      await last;
    },
  };
}

async function show(unit: Unit, view: View): Promise<void> {
  const list = new Listr([taskOf(unit, view)], {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    renderer: 'default',
    rendererOptions: rendererOptions(view),
    // Listr2 asks whether stdout is a terminal; ours is another stream, so the same renderer stands in.
    fallbackRenderer: 'default',
    fallbackRendererOptions: rendererOptions(view),
  });
  await list.run();
  view.shown.clear();
}

function taskOf(unit: Unit, view: View): ListrTask<unknown, typeof DefaultRenderer, typeof DefaultRenderer> {
  return {
    title: unitLine(unit, view.nowMs, view.frame, view.paint),
    task: (_, task) => {
      view.shown.add({ unit, task: task as unknown as Shown['task'] });
      refresh(view);
      const settled = unit.settled.then(() => refresh(view));
      if (unit.children.length === 0) return settled;
      // The task without a title keeps the list open until the scenario itself has its verdict.
      return task.newListr([...unit.children.map((child) => taskOf(child, view)), { task: () => settled }], {
        concurrent: true,
        exitOnError: false,
        rendererOptions: { collapseSubtasks: unit.collapse },
      });
    },
  };
}

function refresh(view: View): void {
  for (const { unit, task } of view.shown) {
    const title = unitLine(unit, view.nowMs, view.frame, view.paint);
    if (task.title !== title) task.title = title;
    if (unit.note !== '' && task.output !== unit.note) task.output = unit.note;
  }
}

/** Our lines carry their own marks, so listr2's are blanked; its spinner's timer makes the elapsed times tick. */
function rendererOptions(view: View) {
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
    logger: new ListrLogger({ useIcons: true, processOutput: new ProcessOutput(view.stream, view.stream) }),
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
