import { render } from 'preact';
import { Failures } from './failures.js';
import { Files } from './files.js';
import { LastNightsOfRun } from './last-nights.js';
import { Logs } from './logs.js';
import { MomentPanel } from './moment-panel.js';
import { FailedOperations } from './operations.js';
import { html, say } from './page-language.js';
import { Steps } from './steps.js';
import { areLogsWanted, first, followAddress, logAnchorMs, picture } from './store.js';
import { Timeline } from './timeline.js';
import { Outages, Verdict } from './verdict.js';
import { Why } from './why.js';

function Page() {
  return html`<${Verdict} />
    <nav aria-label=${say('page.contents')}><a href="#timeline">${say('page.timeline')}</a> <a href="#outage">${say('page.outage')}</a> <a href="#steps">${say('page.steps')}</a> <a href="#logs">${say('page.logs')}</a> <a href="#files">${say('page.files')}</a></nav>
    <main>
      <${Failures} />
      <${Timeline} />
      ${picture.steps.length > 0 && html`<${MomentPanel} run=${first} />`}
      <${Outages} /><${FailedOperations} /><${LastNightsOfRun} /><${Steps} /><${Logs} /><${Why} /><${Files} />
    </main>`;
}

const page = document.getElementById('page');
if (page) {
  render(html`<${Page} />`, page);
  followAddress();
  if (location.hash.startsWith('#t=')) document.getElementById('timeline')?.scrollIntoView();
  addEventListener('hashchange', followAddress);
  // The first picture comes first, then the lines beside a failure.
  const failed = picture.steps.find(({ verdict }) => verdict === 'failed' || verdict === 'unknown');
  const showLines = () => {
    logAnchorMs.value = failed?.judgedMs ?? 0;
    areLogsWanted.value = true;
  };
  if (failed !== undefined) requestAnimationFrame(() => requestAnimationFrame(showLines));
}
