/** The part of a step that tells of its audits. What holds is a mark whose name shows on pointing at it, or on opening the row. */
export const REPORT_AUDITS = `<% if (step.audited) { const audited = step.audited; %>
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
