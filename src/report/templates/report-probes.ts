/** A step's probes, as part of its details. */
export const REPORT_PROBES = `<% step.probed.forEach((probe) => { %>
    <% if (probe.timeline) { %><figure><figcaption><%= it.say('outage.timeline') %> (<%= probe.id %>, <%= probe.about %>): <%= probe.outage %></figcaption><%~ probe.timeline %></figure><% } %>
    <% if (probe.picture) { %><figure><figcaption><%= it.say('breakdown.title') %></figcaption><%~ probe.picture %></figure>
    <details class="command"><summary><%= it.say('breakdown.journals') %></summary><table><% probe.sources.forEach((each) => { %><tr><td><%= it.say('phase.' + each.phase) %></td><td><%= each.node %></td><td><code><%= each.source %></code></td></tr><% }) %></table></details><% } %>
    <% probe.notes.forEach((note) => { %><p class="soft"><%= note %></p><% }) %>
    <% if (probe.answeredBy) { %><p class="soft"><%= probe.id %>: <%= it.say('outage.answered-by') %> <%= probe.answeredBy %></p><% } %>
    <% if (probe.writes) { %><p><b><%= it.say('writes.title') %></b> <%= probe.id %>: <%= probe.writes %></p><% } %>
    <% }) %>`;
