/** The report's own style sheet; colours follow the reader's light or dark preference. */
const REPORT_STYLE = `
:root { --bg: #fff; --text: #1c2128; --soft: #5b6572; --line: #d8dee5; --panel: #f5f7f9;
  --passed: #1a7f37; --failed: #c4232b; --unknown: #8a6100; --skipped: #6a737d; --answered: #9fd3ac; --silent: #e5686f; }
@media (prefers-color-scheme: dark) { :root { --bg: #14181d; --text: #e4e8ec; --soft: #9aa5b1; --line: #323a43; --panel: #1c2229;
  --passed: #4cc26b; --failed: #ff7b80; --unknown: #e0b04a; --skipped: #8b949e; --answered: #2c6e3f; --silent: #a8323a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--bg); color: var(--text);
  font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0 0 .5rem; font-size: 1.8rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
small, .soft, dt, figcaption { color: var(--soft); font-weight: normal; font-size: .85rem; }
header { border-left: 6px solid currentColor; padding: .25rem 0 .25rem 1rem; }
header > * { color: var(--text); } header h1 { color: inherit; }
.passed > .mark, header.passed { color: var(--passed); } .failed > .mark, header.failed { color: var(--failed); }
.unknown > .mark, header.unknown { color: var(--unknown); } .skipped > .mark, header.skipped { color: var(--skipped); }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .5rem 0; } dd { margin: 0; overflow-wrap: anywhere; }
.step { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; } .mark { font-weight: bold; }
.say { color: var(--soft); max-width: 48rem; } .reason, .alert { color: var(--failed); overflow-wrap: anywhere; }
.hint { background: var(--panel); border-radius: 6px; padding: .5rem .75rem; } .outage { font-size: 1.05rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; } .number { text-align: right; }
.move { width: auto; margin: 1.5rem 0; } .move td { min-width: 6rem; text-align: center; }
.holds { background: var(--passed); color: var(--bg); border-radius: 4px; padding: .05rem .6rem; font-weight: 600; }
code, pre { font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; } code { overflow-wrap: anywhere; }
pre { background: var(--panel); border-radius: 6px; overflow-x: auto; padding: .75rem; margin: .5rem 0; }
a { color: inherit; } figure { margin: .75rem 0; }
.audits { margin: .5rem 0; } .audits p { margin: .25rem 0; overflow-wrap: anywhere; }
.marks { display: inline-flex; flex-wrap: wrap; gap: 0 .3rem; vertical-align: bottom; } .marks > span { cursor: help; }
.audits .name { white-space: nowrap; } .note { border-left: 3px solid var(--unknown); padding-left: .6rem; }
.timeline { width: 100%; height: auto; } .timeline text { font-size: 12px; fill: var(--soft); }
.timeline .answered { fill: var(--answered); } .timeline .silent { fill: var(--silent); }
.timeline .on-silent { fill: #fff; font-weight: bold; } .timeline .mark { stroke: var(--text); stroke-dasharray: 3 3; }
.timeline .silent-word { fill: var(--silent); }
.breakdown { width: 100%; height: auto; } .breakdown text { font-size: 12px; fill: var(--text); } .breakdown .on-phase { fill: #fff; font-weight: bold; }
.phase.detect { fill: #b4433b; } .phase.membership { fill: #b06a00; } .phase.fence { fill: #7a4fa3; } .phase.start { fill: #2b6cb0; } .phase.answers { fill: #2f7d45; }
@media print { tr, summary, figure, .note { break-inside: avoid; } summary { break-after: avoid; } }
`;

/** The part of a step that tells of its audits. What holds is a mark whose name shows on pointing at it, or on opening the row. */
const REPORT_AUDITS = `<% if (step.audited) { const audited = step.audited; %>
<div class="audits">
  <% if (audited.skipped !== undefined) { %><p class="soft"><%= it.say('audits.audits') %>: <%= it.say('audits.not-made') %>, <%= audited.skipped %></p><% } else { %>
  <details><summary><%= it.say('audits.audits') %> <span class="marks"><% audited.all.forEach((each) => { %><span class="<%= each.colour %>" title="<%= each.audit %>: <%= each.word %>"><span class="mark"><%= each.mark %></span></span> <% }) %></span> <small><%= audited.line %></small></summary>
    <div class="scroll"><table>
      <% audited.all.forEach((each) => { %><tr class="<%= each.colour %>"><td class="mark"><%= each.mark %></td><td class="name"><%= each.audit %></td><td><%= each.word %></td><td><%= each.seen %></td></tr><% }) %>
    </table></div>
  </details>
  <% } %>
  <% if (audited.found.length > 0) { %>
  <div class="scroll"><table class="found">
    <% audited.found.forEach((each) => { %><tr class="<%= each.colour %>"><td class="mark" title="<%= each.word %>"><%= each.mark %></td><td class="name"><%= each.audit %></td><td><%= each.seen %><% if (each.why) { %><br><small><%= each.why %></small><% } %></td></tr><% }) %>
  </table></div>
  <% } %>
  <% audited.notes.forEach((note) => { %><p class="note"><b><%= it.say('audits.note') %></b> <%= note %></p><% }) %>
  <% if (audited.evidence.length > 0) { %><p class="soft"><%= it.say('report.evidence') %>: <% audited.evidence.forEach((file) => { %><a href="<%= it.link(file) %>"><%= file %></a> <% }) %></p><% } %>
</div>
<% } %>`;

/** A step's probes, as part of its details. */
const REPORT_PROBES = `<% step.probed.forEach((probe) => { %>
    <% if (probe.timeline) { %><figure><figcaption><%= it.say('outage.timeline') %> (<%= probe.id %>, <%= probe.about %>): <%= probe.outage %></figcaption><%~ probe.timeline %></figure><% } %>
    <% if (probe.picture) { %><figure><figcaption><%= it.say('breakdown.title') %></figcaption><%~ probe.picture %></figure>
    <details class="command"><summary><%= it.say('breakdown.journals') %></summary><table><% probe.sources.forEach((each) => { %><tr><td><%= it.say('phase.' + each.phase) %></td><td><%= each.node %></td><td><code><%= each.source %></code></td></tr><% }) %></table></details><% } %>
    <% probe.notes.forEach((note) => { %><p class="soft"><%= note %></p><% }) %>
    <% if (probe.answeredBy) { %><p class="soft"><%= probe.id %>: <%= it.say('outage.answered-by') %> <%= probe.answeredBy %></p><% } %>
    <% if (probe.writes) { %><p><b><%= it.say('writes.title') %></b> <%= probe.id %>: <%= probe.writes %></p><% } %>
    <% }) %>`;

/** Eta template of report.html; a module rather than a file, so that a build has nothing to copy. `<%=` escapes, `<%~` does not. */
export const REPORT_PAGE = `<!doctype html>
<html lang="<%= it.language %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title><%= it.marks[it.summary.verdict] %> <%= it.summary.run %></title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header class="<%= it.summary.verdict %>">
  <h1><span class="mark"><%= it.marks[it.summary.verdict] %></span> <%= it.say('verdict.' + it.summary.verdict) %></h1>
  <% if (it.summary.reason) { %><p class="reason"><%= it.summary.reason %></p><% } %>
  <dl class="facts">
    <% it.facts.forEach(([name, value]) => { %><div><dt><%= name %></dt><dd><%= value %></dd></div><% }) %>
  </dl>
  <% if (it.summary.longestOutage) { %>
  <p class="outage"><b><%= it.say('outage.title') %> <%= it.longest %></b>
    <% if (it.longestPhases) { %><%= it.longestPhases %><br><% } %>
    <% if (!it.summary.longestOutage.window.ended) { %><%= it.say('outage.open') %><% } %>
    <% if (it.outageFloor) { %><%= it.outageFloor %><% } %></p>
  <% } %>
</header>
<main>
<% it.unhealed.forEach((entry) => { %><p class="alert"><%= entry.fault.kind %> <%= it.place(entry.fault) %>: <%= it.say('fault-state.' + entry.state) %> <%= entry.error ?? '' %></p><% }) %>
<% if (it.summary.warnings.length > 0) { %>
<section><h2><%= it.say('report.warnings') %></h2><ul><% it.summary.warnings.forEach((warning) => { %><li><%= warning %></li><% }) %></ul></section>
<% } %>
<% it.moves.forEach((move) => { %>
<table class="move"><thead><tr><th></th><th><%= it.say('report.before') %></th><th><%= it.say('report.after') %></th></tr></thead>
  <% move.nodes.forEach((node) => { %><tr><th><%= node %></th><td><% if (node === move.from) { %><span class="holds"><%= move.resource %></span><% } %></td><td><% if (node === move.to) { %><span class="holds"><%= move.resource %></span><% } else if (node === move.from) { %>╳<% } %></td></tr><% }) %>
</table>
<% }) %>
<% it.scenarios.forEach((scenario) => { %>
<section class="scenario">
  <h2 class="<%= scenario.verdict %>"><span class="mark"><%= it.marks[scenario.verdict] %></span> <%= scenario.heading %>
    <small><%= scenario.scenario %><% if (scenario.asGiven) { %> (<%= it.say('report.setup') %>)<% } %>, <%= it.duration(scenario.durationMs) %></small></h2>
  <% if (scenario.reason) { %><p class="reason"><%= scenario.reason %></p><% } %>
  <% scenario.steps.forEach((step) => { %>
  <details class="step" <% if (!scenario.asGiven || step.verdict !== 'passed' || step.audited?.notes.length > 0) { %>open<% } %>>
    <summary class="<%= step.verdict %>"><span class="mark"><%= it.marks[step.verdict] %></span> <%= step.heading %> <small><%= it.duration(step.durationMs) %></small></summary>
    <% if (step.told) { %><p class="say"><%= step.told %></p><% } %>
    <% if (step.reason) { %><p class="reason"><%= step.reason %></p><% } %>
    <% if (step.targetList.length > 0) { %><p class="targets"><%= it.say('report.targets') %>: <% step.targetList.forEach(([target, node]) => { %><code><%= target %></code> → <code><%= node %></code> <% }) %></p><% } %>
    <% if (step.checks.length > 0) { %>
    <div class="scroll"><table><thead><tr><th></th><th><%= it.say('report.expected') %></th><th><%= it.say('report.seen') %></th><th><%= it.say('report.evidence') %></th></tr></thead>
      <% step.checks.forEach((check) => { %><tr class="<%= check.verdict %>"><td class="mark" title="<%= it.say('verdict.' + check.verdict) %>"><%= it.marks[check.verdict] %></td><td><%= check.expected %></td><td><%= check.seen %></td><td><% check.evidence.forEach((file) => { %><a href="<%= it.link(file) %>"><%= file %></a> <% }) %></td></tr><% }) %>
    </table></div>
    <% } %>
    ${REPORT_AUDITS}
    <% if (step.advice) { %><p class="hint"><b><%= it.say('report.hint') %></b> <%= step.advice %></p><% } %>
    ${REPORT_PROBES}
    <% step.commands.forEach((command) => { %>
    <details class="command"><summary><code><%= command.node %>$ <%= command.argv.join(' ') %></code> <small><%= it.say('report.exit-code') %> <%= command.exitCode %>, <%= it.duration(command.durationMs) %></small></summary><pre><%= command.stdout %><%= command.stderr %></pre></details>
    <% }) %>
  </details>
  <% }) %>
</section>
<% }) %>
<% if (it.summary.stages.length > 0) { %>
<section><h2><%= it.say('report.stages') %></h2><table>
  <% it.summary.stages.forEach((stage) => { %><tr class="<%= stage.error ? 'failed' : '' %>"><td><%= stage.title %></td><td class="number"><%= stage.durationMs === undefined ? '' : it.duration(stage.durationMs) %></td><td><%= stage.error ?? '' %></td></tr><% }) %>
</table></section>
<% } %>
<% if (it.versions.rows.length > 0) { %>
<section><h2><%= it.say('report.versions') %></h2><div class="scroll"><table><thead><tr><th><%= it.say('report.package') %></th><% it.versions.nodes.forEach((node) => { %><th><%= node %></th><% }) %></tr></thead>
  <% it.versions.rows.forEach((row) => { %><tr><td><%= row.name %></td><% row.versions.forEach((version) => { %><td><%= version %></td><% }) %></tr><% }) %>
</table></div></section>
<% } %>
<% if (it.summary.evidence.length > 0) { %>
<section><h2><%= it.say('report.evidence') %></h2><dl><% it.summary.evidence.forEach(({ node, files }) => { %><dt><%= node %></dt><dd><% files.forEach((file) => { %><a href="<%= it.link(file) %>"><%= file %></a> <% }) %></dd><% }) %></dl></section>
<% } %>
</main>
</body>
</html>
`;
