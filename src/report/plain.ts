import { type Speaker, speakerOf } from '../messages/message.js';
import { dataInLanguage } from '../messages/phrases.js';
import { defined } from '../model/defined.js';
import type { RunEvent, StampedEvent, StepResult } from '../model/event.js';
import { placeOfFault } from '../model/fault-nodes.js';
import { type Language, textIn } from '../model/text.js';
import type { Reporter } from '../ports/reporter.js';
import { findingsOf } from './audits.js';
import { labOf } from './closing.js';
import { formatDuration, oneLine, VERDICT_MARKS } from './format.js';
import { longestOutageOf, outageText, phasesText, writesText } from './probe-text.js';

/** In which language lines are written. */
interface Voice {
  readonly language: Language;
  readonly say: Speaker;
}

type Renderers = {
  readonly [K in RunEvent['kind']]: (event: Extract<RunEvent, { kind: K }>, voice: Voice) => readonly string[];
};

const nothing = () => [];

const RENDERERS: Renderers = {
  'run-started': ({ run, lab, instance, backend }, { say }) => [
    `▶ ${say('report.run')} ${run}  ${say('report.lab')} ${labOf({ lab, ...defined({ instance }) })}  ${say('report.backend')} ${backend}`,
  ],
  'run-info': nothing,
  'stage-started': ({ title }) => [`▶ ${title}`],
  'stage-progress': ({ stage, text }) => [`  ${stage}: ${oneLine(text)}`],
  'stage-finished': ({ stage, durationMs, error }) => [
    `${VERDICT_MARKS[error === undefined ? 'passed' : 'failed']} ${stage}  ${formatDuration(durationMs)}${reasonOf(error)}`,
  ],
  'scenario-started': ({ scenario, title, asGiven }, { language, say }) => [
    `▶ ${scenario}  ${textIn(title, language)}${asGiven ? ` (${say('report.setup')})` : ''}`,
  ],
  'scenario-rewound': ({ scenario }, { say }) => [`▶ ${scenario}  ${say('stepwise.rewound')}`],
  'step-started': ({ scenario, step, title }, { language }) => [`▶ ${scenario} / ${step}  ${textIn(title, language)}`],
  'target-resolved': ({ scenario, step, target, node }) => [`  ${scenario} / ${step}  ${target} → ${node}`],
  'command-finished': nothing,
  'step-waiting': nothing,
  'fault-journalled': nothing,
  'fault-injected': ({ fault }) => [`! ${fault.kind} ${placeOfFault(fault)}${'link' in fault ? ` ${fault.link}` : ''}`],
  'fault-healed': ({ fault }, { say }) => [`! ${fault.kind} ${placeOfFault(fault)}: ${say('fault-state.healed')}`],
  'fault-not-healed': ({ fault, error }, { say }) => [
    `${VERDICT_MARKS.failed} ${fault.kind} ${placeOfFault(fault)}: ${say('fault-state.notHealed')}: ${oneLine(error)}`,
  ],
  'step-finished': ({ result }, voice) => stepLines(result, voice),
  'scenario-finished': ({ result: { scenario, verdict, durationMs, reason } }, { say }) => [
    `${VERDICT_MARKS[verdict]} ${scenario}  ${formatDuration(durationMs)}  ${say(`verdict.${verdict}`)}${reasonOf(reason)}`,
  ],
  'node-seen': nothing,
  'configuration-changed': nothing,
  'lab-restored': nothing,
  'evidence-fetched': ({ node, files }, { say }) => [`  ${say('report.evidence')}: ${node} (${files.length})`],
  // A change is a warning as well.
  'slowness-measured': nothing,
  warning: ({ text }, { say }) => [`! ${say('report.warnings')}: ${oneLine(text)}`],
  'run-finished': ({ verdict, durationMs, reason }, { say }) => [
    `${VERDICT_MARKS[verdict]} ${say('report.run')} ${say(`verdict.${verdict}`)}  ${formatDuration(durationMs)}${reasonOf(reason)}`,
  ],
};

/** The lines one event is worth, without time: none for what only machines want to know. */
export function plainLinesOf(event: RunEvent, language: Language): readonly string[] {
  const render = RENDERERS[event.kind] as (event: RunEvent, voice: Voice) => readonly string[];
  return render(dataInLanguage(event, language), { language, say: speakerOf(language) });
}

function stepLines(result: StepResult, { language, say }: Voice): readonly string[] {
  const longest = longestOutageOf(result);
  const outage = longest
    ? `  ${say('outage.title')} ${outageText(longest.window, longest.probe.everyMs, language)}`
    : '';
  const lastSeen = result.verdict === 'passed' ? (result.checks.at(-1)?.seen ?? '') : '';
  const tail = result.verdict === 'passed' ? (lastSeen ? `  ${oneLine(lastSeen)}` : '') : reasonOf(result.reason);
  const head = `${VERDICT_MARKS[result.verdict]} ${result.scenario} / ${result.step}  ${formatDuration(result.durationMs)}${outage}${tail}`;
  const wrong = result.checks.filter((check) => check.verdict !== 'passed');
  return [
    head,
    ...probeLines(result, language),
    ...wrong.flatMap((check) => [
      `    ${say('report.expected')}: ${oneLine(check.expected)}`,
      `    ${say('report.seen')}: ${oneLine(check.seen)}`,
    ]),
    ...findingsOf(result).map(
      ({ audit, verdict, seen }) => `    ${VERDICT_MARKS[verdict]} ${say('audits.audit')} ${audit}: ${oneLine(seen)}`,
    ),
  ];
}

function probeLines({ probes = [] }: StepResult, language: Language): readonly string[] {
  return probes.flatMap(({ probe, breakdown, writes }) => [
    ...(breakdown && breakdown.phases.length > 1 ? [`    ${probe}: ${phasesText(breakdown, language)}`] : []),
    ...(writes ? [`    ${probe}: ${writesText(writes, language)}`] : []),
  ]);
}

function reasonOf(reason: string | undefined): string {
  return reason === undefined ? '' : `  ${oneLine(reason)}`;
}

/** Seconds since the run began, right-aligned: `[  12.3s]`. */
export function timePrefix(ms: number): string {
  return `[${(ms / 1000).toFixed(1).padStart(6)}s]`;
}

/** For pipes and logs: each line is handed to `write` as soon as its event comes. */
export function createPlainReporter(write: (text: string) => void, language: Language): Reporter {
  return {
    name: 'plain',
    on(event: StampedEvent) {
      for (const line of plainLinesOf(event, language)) write(`${timePrefix(event.ms)} ${line}\n`);
    },
    async close() {},
  };
}
