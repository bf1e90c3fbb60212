import { createHash } from 'node:crypto';
import { Eta } from 'eta/core';
import { speakerOf } from '../messages/message.js';
import type { Language } from '../model/text.js';

/** The program of a page and its style sheet, as the build makes them. */
export interface PageProgram {
  readonly script: string;
  readonly style: string;
}

interface Frame {
  readonly language: Language;
  readonly title: string;
  /** What the program reads and draws. */
  readonly data: unknown;
  /** Shown where the program cannot run. */
  readonly text: string;
  /** Absent where halab runs from sources that were not built. */
  readonly program: PageProgram | undefined;
}

/**
 * One self-contained page: its policy refuses every request and every script but its own. What came from a lab is data, which
 * the page's program shows as text.
 */
export function framedPage({ language, title, data, text, program }: Frame): string {
  const eta = new Eta({ autoEscape: true, autoTrim: false, useWith: false });
  return eta.renderString(PAGE, {
    ...{ language, title, text },
    say: speakerOf(language),
    style: program?.style ?? '',
    script: program?.script,
    hash: createHash('sha256')
      .update(program?.script ?? '')
      .digest('base64'),
    data: JSON.stringify(data).replaceAll('<', '\\u003c'),
  });
}

const PAGE = `<!doctype html>
<html lang="<%= it.language %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-<%~ it.hash %>'; style-src 'unsafe-inline'; img-src data:">
<title><%= it.title %></title>
<style><%~ it.style %></style>
</head>
<body>
<div id="page"><% if (it.script === undefined) { %><p><%= it.say('page.no-bundle') %></p><pre><%= it.text %></pre><% } %></div>
<noscript><p><%= it.say('page.no-script') %></p><pre><%= it.text %></pre></noscript>
<script type="application/json" id="data"><%~ it.data %></script>
<script><%~ it.script ?? '' %></script>
</body>
</html>
`;
