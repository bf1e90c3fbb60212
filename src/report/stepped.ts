import { messageIn } from '../messages/message.js';
import { dataInLanguage } from '../messages/phrases.js';
import type { RunEvent, StampedEvent } from '../model/event.js';
import { placeOfFault } from '../model/fault-nodes.js';
import { scriptIn } from '../model/script.js';
import { textIn } from '../model/text.js';
import type { Reporter } from '../ports/reporter.js';
import { type Page, row } from './closing-page.js';
import { formatElapsed, oneLine, truncateDisplay } from './format.js';
import { outcomeLines } from './step-story.js';

/** A terminal on which the last line may be replaced. */
export interface Stage {
  /** Lines that stay. */
  print(lines: readonly string[]): void;
  /** A line that the next one replaces; empty: none. */
  pass(line: string): void;
}

const ERASE_LINE = '\r\u001b[2K';

export function createStage(
  write: (text: string) => void,
  columns: () => number,
  dim: (text: string) => string = (text) => text,
): Stage {
  let passing = false;
  return {
    print(lines) {
      write(`${passing ? ERASE_LINE : ''}${lines.map((line) => `${line}\n`).join('')}`);
      passing = false;
    },
    pass(line) {
      write(`${passing ? ERASE_LINE : ''}${dim(truncateDisplay(line, columns() - 1))}`);
      passing = line !== '';
    },
  };
}

/**
 * The view of a run that is shown step by step. It prints what halab does in a step and how the step ended; of a set-up only
 * that it was done. What is said before a step comes from the audience of the run.
 */
export function createSteppedReporter(stage: Stage, page: Page): Reporter {
  let isSetUp = false;
  return {
    name: 'stepped',
    on(stamped: StampedEvent) {
      const event = dataInLanguage<RunEvent>(stamped, page.language);
      if (event.kind === 'scenario-started') isSetUp = event.asGiven;
      const passing = passingLine(event, page);
      if (passing !== undefined) stage.pass(passing);
      const lines = isSetUp ? setUpLines(event, page) : stayingLines(event, page);
      if (lines.length > 0) stage.print(lines);
    },
    async close() {
      stage.pass('');
    },
  };
}

function passingLine(event: RunEvent, { language }: Page): string | undefined {
  switch (event.kind) {
    case 'stage-progress':
      return `  ${event.stage}: ${oneLine(event.text)}`;
    case 'step-started':
      return `  … ${textIn(event.title, language)}`;
    case 'step-waiting':
      return `  … ${formatElapsed(event.elapsedMs)} ${messageIn(language, 'report.not-yet', { seen: oneLine(event.seen) })}`;
    default:
      return undefined;
  }
}

/** Of a set-up: its end, and what is wrong with it. */
function setUpLines(event: RunEvent, page: Page): readonly string[] {
  if (event.kind === 'step-finished') return event.result.verdict === 'passed' ? [] : outcomeLines(event.result, page);
  if (event.kind !== 'scenario-finished') return ofRunLines(event, page);
  const { title, verdict, durationMs } = event.result;
  return [row(verdict, 1, `${textIn(title, page.language)} (${page.say('report.setup')})`, durationMs, page)];
}

function stayingLines(event: RunEvent, page: Page): readonly string[] {
  const { language, paint, say } = page;
  switch (event.kind) {
    case 'scenario-started':
      return ['', `▶ ${paint.bold(textIn(event.title, language))}`];
    case 'scenario-rewound':
      return ['', `◀ ${say('stepwise.rewound')}`];
    case 'target-resolved':
      return [paint.dim(`    ${event.target} → ${event.node}`)];
    case 'command-finished':
      return commandLines(event, page);
    case 'fault-injected':
    case 'fault-healed':
      return [
        `    ! ${event.fault.kind} ${placeOfFault(event.fault)}${event.kind === 'fault-healed' ? `: ${say('fault-state.healed')}` : ''}`,
      ];
    case 'fault-not-healed':
      return [
        `    ! ${event.fault.kind} ${placeOfFault(event.fault)}: ${say('fault-state.notHealed')}: ${oneLine(event.error)}`,
      ];
    case 'step-finished':
      return ['', ...outcomeLines(event.result, page)];
    default:
      return ofRunLines(event, page);
  }
}

/** What concerns the run and no scenario. */
function ofRunLines(event: RunEvent, page: Page): readonly string[] {
  switch (event.kind) {
    case 'stage-started':
      return [`▶ ${event.title}`];
    case 'stage-finished':
      return event.error === undefined ? [] : [`  ✖ ${event.stage}: ${oneLine(event.error)}`];
    case 'warning':
      return [`! ${page.say('report.warnings')}: ${oneLine(event.text)}`];
    default:
      return [];
  }
}

const MOST_LINES = 12;

/** The command as a person would type it, and what it printed. */
function commandLines(
  { node, argv, exitCode, stdout, stderr }: Extract<RunEvent, { kind: 'command-finished' }>,
  { paint, say, width }: Page,
): readonly string[] {
  const script = scriptIn(argv);
  const typed = script === undefined ? [argv.join(' ')] : script.trimEnd().split('\n');
  const said = [stdout, stderr].flatMap((text) => (text.trim() === '' ? [] : text.trimEnd().split('\n')));
  const over = said.length - MOST_LINES;
  return [
    ...typed.map((line, at) => `    ${at === 0 ? `${paint.bold(`${node}#`)} ` : '      '}${oneLine(line)}`),
    ...said.slice(0, MOST_LINES).map((line) => paint.dim(`      ${truncateDisplay(oneLine(line), width - 6)}`)),
    ...(over > 0 ? [paint.dim(`      ${say('stepwise.more-output', { lines: over })}`)] : []),
    ...(exitCode === 0 ? [] : [`      ${say('report.exit-code')} ${exitCode}`]),
  ];
}
