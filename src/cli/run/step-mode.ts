import { FAULTS } from '../../faults/index.js';
import { speakerOf } from '../../messages/message.js';
import { LabError } from '../../model/errors.js';
import type { StepResult } from '../../model/event.js';
import type { LabInstance } from '../../model/lab.js';
import type { Scenario, Step } from '../../model/scenario.js';
import { targetText } from '../../model/target.js';
import { driverOf } from '../../ports/fault.js';
import { type Page, pageOf } from '../../report/closing-page.js';
import { introLines, questionLines, settledLines } from '../../report/step-story.js';
import { createStage, createSteppedReporter, type Stage } from '../../report/stepped.js';
import { type Audience, driveStepwise, type Wished } from '../../runner/stepwise.js';
import { type Keys, readKeys } from '../keys.js';
import { output, wantsColor } from '../output.js';
import type { Settings } from '../settings.js';
import { actionText } from './dry-run.js';
import type { RunRequest } from './request.js';

/** Shows runs step by step. */
export interface StepMode {
  /** What makes the calls of a run, and what shows its events. */
  partsFor(request: Pick<RunRequest, 'instance'>): Pick<RunRequest, 'drive' | 'createView'>;
  close(): void;
}

/** Throws LabError `usage` where there is no terminal to press keys on. */
export function requireTerminal(): void {
  if (process.stdin.isTTY === true && process.stderr.isTTY === true) return;
  throw new LabError('usage', '--step waits for keys, and stdin and stderr are not a terminal', {
    hint: 'run it in a terminal, or leave --step out',
  });
}

/** Reads keys from stdin and writes to stderr, where the live view of a run is otherwise. */
export function createStepMode(settings: Settings, signal: AbortSignal, interrupt: () => void): StepMode {
  const { stdin, stderr } = process;
  const columns = () => stderr.columns ?? 80;
  const write = (text: string) => void stderr.write(text);
  const page = pageOf({ language: settings.language, color: wantsColor(process.env), width: columns() });
  const stage = createStage(write, columns, page.paint.dim);
  const keys = readKeys(stdin, { write, columns, onInterrupt: interrupt, signal });
  return {
    partsFor: ({ instance }) => ({
      drive: driveStepwise(
        createAudience({ keys, stage, page, quit: interrupt, look: () => look(settings, instance) }),
      ),
      createView: () => createSteppedReporter(stage, page),
    }),
    close: () => keys.close(),
  };
}

/** The lines of `halab status` of this lab as it is now. */
async function look(settings: Settings, { name }: LabInstance): Promise<readonly string[]> {
  const { statusLines } = await import('../commands/status-labs.js');
  return statusLines(settings, { name });
}

interface AudienceDeps {
  readonly keys: Keys;
  readonly stage: Stage;
  readonly page: Page;
  readonly quit: () => void;
  readonly look: () => Promise<readonly string[]>;
}

type Wish = 'go-on' | 'back' | 'look' | 'expect' | 'quit';

const WISHES: Readonly<Record<string, Wish>> = {
  n: 'go-on',
  ' ': 'go-on',
  enter: 'go-on',
  b: 'back',
  r: 'look',
  e: 'expect',
  q: 'quit',
};

/** A class before the terminal: it is told of the step, asked for its prediction, and shown what happened. */
export function createAudience({ keys, stage, page, quit, look }: AudienceDeps): Audience {
  const { language } = page;
  const say = speakerOf(language);
  let predicted = '';

  /** Answers keys until one says to go on, or back. */
  async function waitForKey(go: 'act' | 'next', fault: Step['action'], mayGoBack: boolean): Promise<Wished> {
    const mayDo = fault.kind === 'fault' ? driverOf(FAULTS, fault.fault).expectedBehaviour : undefined;
    const menu = [
      say(go === 'act' ? 'stepwise.key-act' : 'stepwise.key-next'),
      ...(go === 'act' && mayDo !== undefined ? [say('stepwise.key-expect')] : []),
      ...(mayGoBack ? [say(go === 'act' ? 'stepwise.key-back' : 'stepwise.key-again')] : []),
      say('stepwise.key-look'),
      say('stepwise.key-quit'),
    ].join(' · ');
    for (;;) {
      stage.pass(`  ${menu} `);
      const key = await keys.next();
      // A run that was interrupted goes on to its end.
      const wish = key === undefined ? 'go-on' : WISHES[key.toLowerCase()];
      stage.pass('');
      if (wish === 'quit') quit();
      if (wish === 'go-on' || wish === 'quit') return 'on';
      if (wish === 'back' && mayGoBack) return 'back';
      if (wish === 'expect' && mayDo !== undefined) stage.print(settledLines({ mayDo }, page));
      if (wish !== 'look') continue;
      stage.pass(`  ${say('stepwise.looking')}`);
      stage.print(['', ...(await look()), '']);
    }
  }

  return {
    async before({ scenario }, step, mayGoBack) {
      stage.print(introLines(announced(scenario, step), page));
      predicted = '';
      const { action, task } = step;
      if (action.kind === 'fault' || task?.predict !== undefined) {
        stage.print(questionLines(task?.predict, page));
        predicted = (await keys.line(`  ${say('stepwise.your-prediction')}`)) ?? '';
      }
      return waitForKey('act', action, mayGoBack);
    },
    async after(_entry, step, result, mayGoBack) {
      if (step.action.kind === 'fault')
        stage.print(
          settledLines(
            { predicted, mayDo: driverOf(FAULTS, step.action.fault).expectedBehaviour, isMeasured: isMeasured(result) },
            page,
          ),
        );
      return waitForKey('next', { kind: 'none' }, mayGoBack);
    },
  };
}

function isMeasured({ probes = [] }: StepResult): boolean {
  return probes.length > 0;
}

function announced({ id, steps, script }: Scenario, step: Step) {
  const at = steps.findIndex(({ id: each }) => each === step.id);
  return {
    scenario: id,
    number: at + 1,
    ...(script === undefined ? { count: steps.length } : {}),
    title: step.title,
    ...(step.say === undefined ? {} : { say: step.say }),
    acts: [actionText(step.action) ?? [], step.probes.map(probeText)].flat(2).map(output.spoken),
  };
}

function probeText({ kind, target, from, everyMs }: Step['probes'][number]): string {
  return `measure with ${kind} of ${target} from ${targetText(from)} every ${everyMs} ms`;
}
