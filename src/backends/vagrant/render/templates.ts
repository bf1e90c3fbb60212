import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta/core';
import { LANGUAGES } from '../../../model/text.js';
import { packagePath } from '../../program-files.js';

const FOLDER = packagePath('Vagrantfile.templates');

/** A file of `Vagrantfile.templates/`, with the line ends that a guest's shell wants whatever git made of them. */
export function templateText(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8').replace(/\r\n/g, '\n');
}

/** In these templates `<%= %>` puts a value in as a literal that no value can break out of, and `<%~ %>` as it stands. */
const ESCAPES = {
  'Vagrantfile.eta': (value: unknown) => (typeof value === 'number' ? String(value) : rubyString(String(value))),
} as const;

const escapeMarkdown = (value: unknown) => markdownText(String(value));

/** What goes with the machines, in each language that has a template: `README.md` in English. */
export function handoutNames(): readonly string[] {
  return ['README.md', ...LANGUAGES.map((language) => `README.${language}.md`)].filter((name) =>
    existsSync(join(FOLDER, `${name}.eta`)),
  );
}

const PARTS = ['virtualbox', 'libvirt'] as const;

export function fillTemplate(path: string, data: object): string {
  const escapeFunction = path === 'Vagrantfile.eta' ? ESCAPES[path] : escapeMarkdown;
  const eta = new Eta({ autoEscape: true, autoTrim: false, useWith: false, escapeFunction });
  for (const part of PARTS) eta.loadTemplate(`@${part}`, templateText(`${part}.eta`));
  return eta.renderString(templateText(path), data);
}

/** A double-quoted Ruby literal that evaluates to the text, whatever it holds. All ASCII; half a surrogate pair becomes U+FFFD. */
export function rubyString(text: string): string {
  const body = text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/["\\#]/g, '\\$&')
    // Everything else that is not printable ASCII is written as its code point.
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return `"${body}"`;
}

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** Everything that a terminal or an editor would act upon instead of showing it, letters of any script aside. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Surrogate}]/gu;

/** Comment lines that hold the text as people read it; each begins with `#`, so that no line of it can be code. */
export function rubyComment(text: string): string {
  return text
    .split(LINE_ENDS)
    .map((line) => `# ${line.replace(/\t/g, ' ').replace(UNSEEN, '')}`.trimEnd())
    .join('\n');
}

/** Text of one line for Markdown: nothing in it is markup. */
export function markdownText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Surrogate}\s]+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|&~]/g, '\\$&');
}
