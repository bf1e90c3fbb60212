import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta/core';
import { markdownText } from './markdown.js';
import { rubyString } from './ruby.js';

const FOLDER = fileURLToPath(new URL('../../../../Vagrantfile.templates/', import.meta.url));

/** A file of `Vagrantfile.templates/`, with the line ends that a guest's shell wants whatever git made of them. */
export function templateText(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8').replace(/\r\n/g, '\n');
}

/** In these templates `<%= %>` puts a value in as a literal that no value can break out of, and `<%~ %>` as it stands. */
const ESCAPES = {
  'Vagrantfile.eta': (value: unknown) => (typeof value === 'number' ? String(value) : rubyString(String(value))),
  'README.md.eta': (value: unknown) => markdownText(String(value)),
} as const;

const PARTS = ['virtualbox', 'libvirt'] as const;

export function fillTemplate(path: keyof typeof ESCAPES, data: object): string {
  const eta = new Eta({ autoEscape: true, autoTrim: false, useWith: false, escapeFunction: ESCAPES[path] });
  for (const part of PARTS) eta.loadTemplate(`@${part}`, templateText(`${part}.eta`));
  return eta.renderString(templateText(path), data);
}
