import type { Deb, Package } from '../model/stack.js';

type Fields = ReadonlyMap<string, string>;

/** The paragraphs of a control file, an index or a status file (deb822(5)); the lines that go on are joined. */
function stanzasIn(text: string): readonly Fields[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const lines = paragraph.replaceAll(/\n[ \t]+/g, ' ').split('\n');
      return new Map(
        lines.flatMap((line) => {
          const [, name, value] = /^([^\s:]+):[ \t]*(.*?)\s*$/.exec(line) ?? [];
          return name === undefined || value === undefined ? [] : [[name, value] as const];
        }),
      );
    })
    .filter((fields) => fields.size > 0);
}

/** Undefined for a paragraph that is of no binary package. */
function packageIn(fields: Fields): Package | undefined {
  const [name, version] = [fields.get('Package'), fields.get('Version')];
  if (name === undefined || version === undefined) return undefined;
  const [, source = name, sourceVersion = version] = /^(\S+)(?: \((\S+)\))?$/.exec(fields.get('Source') ?? '') ?? [];
  const needs = ['Pre-Depends', 'Depends'].flatMap((field) => fields.get(field) || []).join(', ');
  return { name, version, source, sourceVersion, needs, provides: fields.get('Provides') ?? '' };
}

/** The packages that a status file of dpkg has as installed. */
export function installedIn(status: string): readonly Package[] {
  return stanzasIn(status).flatMap((fields) =>
    fields.get('Status')?.endsWith(' installed') ? (packageIn(fields) ?? []) : [],
  );
}

/** The packages of an index (apt-ftparchive(1)); `file` is what it has as Filename. */
export function debsIn(index: string): readonly Deb[] {
  return stanzasIn(index).flatMap((fields) => {
    const found = packageIn(fields);
    const [architecture, sha256, file] = ['Architecture', 'SHA256', 'Filename'].map((name) => fields.get(name));
    if (found === undefined || architecture === undefined || sha256 === undefined || file === undefined) return [];
    return [{ ...found, architecture, sha256, file }];
  });
}
