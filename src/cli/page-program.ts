import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { codeOf } from '../model/errors.js';
import type { PageProgram } from '../report/page-frame.js';
import { output } from './output.js';
import { ROOT } from './settings.js';

/** What the build bundled for a page; undefined where halab runs from sources that were not built. */
export function pageProgram(page: 'report' | 'site' | 'compare' | 'night' = 'report'): PageProgram | undefined {
  const read = (file: string) => readFileSync(join(ROOT, 'dist', 'web', file), 'utf8').trimEnd();
  try {
    return { script: read(`${page}.js`), style: read('style.css') };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The reports of those runs that have one, by the run's folder, relative to the page's. */
export function linksToReports(
  page: string,
  root: string,
  folders: readonly string[],
): Readonly<Record<string, string>> {
  const found = [...new Set(folders)].flatMap((folder) => {
    const report = resolve(root, folder, 'report.html');
    return existsSync(report) ? [[folder, relative(page, report).split(sep).join('/')] as const] : [];
  });
  return Object.fromEntries(found);
}

const HEAVY_BYTES = 20 * 1024 * 1024;

/** Warns of a report.html that browsers may be slow to open. */
export function warnOfHeavyPage(folder: string, heavyBytes = HEAVY_BYTES): void {
  const { size = 0 } = statSync(join(folder, 'report.html'), { throwIfNoEntry: false }) ?? {};
  if (size <= heavyBytes) return;
  output.note(`warning: report.html has ${Math.round(size / 1024 / 1024)} MiB, and browsers may be slow to open it`);
}
