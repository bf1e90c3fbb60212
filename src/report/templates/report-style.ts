/** The report's own style sheet; colours follow the reader's light or dark preference. */
export const REPORT_STYLE = `
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
