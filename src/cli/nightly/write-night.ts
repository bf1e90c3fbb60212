import type { Language } from '../../model/text.js';
import { nightJunit } from '../../nightly/junit.js';
import type { NightJson } from '../../nightly/night-answer.js';
import { nightPage } from '../../nightly/night-page.js';
import { nightOverview } from '../../nightly/overview.js';
import { linksToReports, pageProgram } from '../page-program.js';

const WIDTH = 100;

/** summary.json, junit.xml, and the overview as a text and as a page. */
export function writeNight(
  folder: { readonly id: string; readonly path: string; write(name: string, text: string): void },
  summary: NightJson,
  language: Language,
): void {
  folder.write('summary.json', `${JSON.stringify(summary, undefined, 2)}\n`);
  folder.write('junit.xml', nightJunit(summary, folder.id));
  folder.write('overview.txt', nightOverview(summary, { language, color: false, width: WIDTH }));
  const runs = summary.cells.flatMap(({ attempts }) => attempts.flatMap(({ run }) => run ?? []));
  const reports = linksToReports(folder.path, folder.path, runs);
  folder.write('overview.html', nightPage(summary, reports, language, pageProgram('night')));
}
