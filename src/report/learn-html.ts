import { Eta } from 'eta/core';
import { speakerOf } from '../messages/message.js';
import { dataInLanguage } from '../messages/phrases.js';
import type { LearnReport, ReportedAnswer, ReportedMoment, ReportedStep } from '../model/learn-report.js';
import { type Language, type Text, textIn } from '../model/text.js';
import { formatDuration, VERDICT_MARKS } from './format.js';

/** One self-contained page: no scripts, no external resources; everything that came from a lab or a student is escaped by the template. */
export function renderLearnReport(report: LearnReport, language: Language): string {
  const eta = new Eta({ autoEscape: true, autoTrim: false, useWith: false });
  return eta.renderString(PAGE, pageOf(dataInLanguage(report, language), language));
}

function pageOf(report: LearnReport, language: Language) {
  const say = speakerOf(language);
  const text = (of: Text | undefined) => (of === undefined ? '' : textIn(of, language));
  const time = (at: string) => at.slice(11, 19);
  const { points, pointsByCheck, exam } = report;
  const facts: readonly (readonly [string, string])[] = [
    ...(report.student === undefined ? [] : [[say('learn.report.student'), report.student] as const]),
    [say('learn.report.points'), `${points.got} / ${points.of}`],
    [say('learn.report.by-check'), `${pointsByCheck.got} / ${pointsByCheck.of}`],
    [
      say('learn.report.time'),
      `${formatDuration(report.spentMs)} (${say('learn.minutes', { minutes: report.minutes })})`,
    ],
    ...(exam === undefined ? [] : [[say('learn.report.exam'), examText(exam, say)] as const]),
    [say('learn.report.resets'), String(report.resets)],
    [say('learn.report.started'), report.startedAt],
    ...Object.entries(report.variant),
  ];
  return {
    language,
    say,
    text,
    time,
    facts,
    duration: formatDuration,
    title: text(report.title),
    goal: text(report.goal),
    steps: report.steps.map((step) => ({ ...step, mark: markOf(step), answers: answersOf(step) })),
    marks: VERDICT_MARKS,
    moments: report.timeline,
    lanes: lanesOf(report.timeline),
    isRecorded: report.isRecorded,
  };
}

function examText({ minutes, isOver }: NonNullable<LearnReport['exam']>, say: ReturnType<typeof speakerOf>): string {
  return isOver ? say('learn.exam-over', { minutes }) : say('learn.minutes', { minutes });
}

function markOf({ isDone, isSolved }: ReportedStep): string {
  if (!isDone) return VERDICT_MARKS.failed;
  return isSolved ? VERDICT_MARKS.skipped : VERDICT_MARKS.passed;
}

function answersOf({ predict, answer }: ReportedStep) {
  const asked = (kind: 'predict' | 'answer', of: ReportedAnswer | undefined) =>
    of === undefined ? [] : [{ kind, ...of }];
  return [...asked('predict', predict), ...asked('answer', answer)];
}

const WIDTH = 1000;
const LANE = 22;
const LEFT = 10;

const LANES = [
  { kind: 'step', title: 'learn.report.lane.step' },
  { kind: 'cluster', title: 'learn.report.lane.cluster' },
  { kind: 'student', title: 'learn.report.lane.student' },
  { kind: 'command', title: 'learn.report.lane.command' },
] as const;

/** The cluster's changes and the student's commands on one time axis, a lane for each of the two and one for what was asked and said. */
function lanesOf(moments: readonly ReportedMoment[]) {
  const times = moments.map(({ at }) => Date.parse(at));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const x = (at: string) => LEFT + ((Date.parse(at) - from) / Math.max(1, to - from)) * (WIDTH - 2 * LEFT);
  return {
    width: WIDTH,
    height: LANES.length * LANE + 4,
    lanes: LANES.map(({ kind, title }, row) => ({
      kind,
      title,
      y: row * LANE + 14,
      marks: moments
        .filter(({ what }) => what === kind || (kind === 'student' && what === 'halab'))
        .map((each) => ({ x: x(each.at), ...each })),
    })),
  };
}

const STYLE = `
:root { --bg: #fff; --text: #1c2128; --soft: #5b6572; --line: #d8dee5; --panel: #f5f7f9; --good: #1a7f37; --bad: #c4232b; --cluster: #2b6cb0; --command: #7a4fa3; }
@media (prefers-color-scheme: dark) { :root { --bg: #14181d; --text: #e4e8ec; --soft: #9aa5b1; --line: #323a43; --panel: #1c2229; --good: #4cc26b; --bad: #ff7b80; --cluster: #6fa8e8; --command: #b894e0; } }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0; font-size: 1.7rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; } h3 { margin: 0; font-size: 1rem; }
.soft, small, dt { color: var(--soft); font-size: .85rem; } .good { color: var(--good); } .bad { color: var(--bad); }
dl { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; } dd { margin: 0; overflow-wrap: anywhere; }
section { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem .75rem; break-inside: avoid; }
p, ul { margin: .3rem 0; } li { overflow-wrap: anywhere; } code { font: .85rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } td { border-bottom: 1px solid var(--line); padding: .2rem .6rem; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; } tr.cluster td { color: var(--cluster); } tr.command td { color: var(--command); } tr.step td { font-weight: 600; }
svg { width: 100%; height: auto; } svg line { stroke: var(--line); } svg .step { fill: var(--soft); } svg .cluster { fill: var(--cluster); } svg .student { fill: var(--good); } svg .command { fill: var(--command); }
svg text { font-size: 10px; fill: var(--soft); }
`;

const PAGE = `<!doctype html>
<html lang="<%= it.language %>"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title><%= it.title %></title><style>${STYLE}</style></head><body>
<header><h1><%= it.title %></h1><p><%= it.goal %></p>
<dl><% it.facts.forEach(([name, value]) => { %><div><dt><%= name %></dt><dd><%= value %></dd></div><% }) %></dl></header>
<h2><%= it.say('learn.report.tasks') %></h2>
<% it.steps.forEach((step) => { %><section class="step">
  <h3><span class="<%= step.isDone ? 'good' : 'bad' %>"><%= step.mark %></span> <%= it.text(step.title) %>
    <small><%= step.by === 'halab' ? 'halab' : it.say('learn.points', { got: step.isDone && !step.isSolved ? step.points : 0, of: step.points }) %> · <%= it.duration(step.spentMs) %></small></h3>
  <% if (step.ask) { %><p><%= it.text(step.ask) %></p><% } %>
  <% if (step.isSolved) { %><p class="bad"><%= it.say('learn.report.solved') %></p><% } %>
  <% step.answers.forEach((each) => { %><p><%= it.say(each.kind === 'predict' ? 'learn.prediction' : 'learn.question', { ask: it.text(each.ask) }) %><br>
    <% if (each.given) { %><b class="<%= each.isRight === undefined ? 'soft' : each.isRight ? 'good' : 'bad' %>"><%= it.text(each.given) %></b><% } else { %><span class="soft">–</span><% } %>
    <% if (each.because) { %> <q><%= each.because %></q><% } %>
    <% if (each.right && each.isRight !== true) { %><br><%= it.say('learn.report.right', { say: it.text(each.right) }) %><% } %>
    <% if (each.seen.length > 0) { %><br><span class="soft"><%= each.seen.join('; ') %></span><% } %></p><% }) %>
  <% if (step.checks.length > 0) { %><ul><% step.checks.forEach((check) => { %><li class="<%= check.verdict === 'passed' ? 'good' : 'bad' %>"><%= it.marks[check.verdict] %> <%= check.expected %><% if (check.verdict !== 'passed') { %> <span class="soft"><%= check.seen %></span><% } %></li><% }) %></ul><% } %>
  <% step.outages.forEach((each) => { %><p><b><%= it.say('learn.report.outage', { target: each.target, longestMs: each.longestMs }) %></b></p><% }) %>
  <% if (step.hints.length > 0) { %><p class="soft"><%= it.say('learn.report.hints', { count: step.hints.length, grade: Math.max(...step.hints.map(({ grade }) => grade)) }) %></p><% } %>
</section><% }) %>
<h2><%= it.say('learn.report.timeline') %></h2>
<% if (!it.isRecorded) { %><p class="soft"><%= it.say('learn.report.not-recorded') %></p><% } %>
<% if (it.moments.length > 0) { %><svg viewBox="0 0 <%= it.lanes.width %> <%= it.lanes.height %>" role="img" aria-label="<%= it.say('learn.report.timeline') %>">
<% it.lanes.lanes.forEach((lane) => { %><line x1="0" x2="<%= it.lanes.width %>" y1="<%= lane.y %>" y2="<%= lane.y %>"></line>
<text x="0" y="<%= lane.y - 6 %>"><%= it.say(lane.title) %></text>
<% lane.marks.forEach((mark) => { %><circle class="<%= lane.kind %>" cx="<%= mark.x.toFixed(1) %>" cy="<%= lane.y %>" r="4"><title><%= it.time(mark.at) %> <%= it.text(mark.text) %></title></circle><% }) %><% }) %></svg>
<table><% it.moments.forEach((each) => { %><tr class="<%= each.what %>"><td><%= it.time(each.at) %></td><td><% if (each.what === 'command') { %><code><%= each.node %># <%= it.text(each.text) %></code><% } else { %><%= it.text(each.text) %><% } %></td></tr><% }) %></table><% } %>
</body></html>
`;
