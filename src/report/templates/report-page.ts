import { REPORT_AUDITS } from './report-audits.js';
import { REPORT_PROBES } from './report-probes.js';
import { REPORT_STYLE } from './report-style.js';

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
