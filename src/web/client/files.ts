import { formatDuration, html, say } from './page-language.js';
import { FileLink } from './steps.js';
import { data, summary } from './store.js';

const HEAVY_BYTES = 20 * 1024 * 1024;

/** Versions, stages and every stored file: what one looks up last. */
export function Files() {
  const { info, stages } = summary.value;
  const nodes = Object.keys(info?.packages ?? {});
  const packages = [...new Set(nodes.flatMap((node) => Object.keys(info?.packages[node] ?? {})))].sort();
  const inside = data.files.reduce((sum, { text = '' }) => sum + text.length, 0);
  return html`
    ${
      packages.length > 0 &&
      html`<section id="versions" aria-labelledby="versions-title"><h2 id="versions-title">${say('report.versions')}</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="versions-title"><table>
        <thead><tr><th>${say('report.package')}</th>${nodes.map((node) => html`<th>${node}</th>`)}</tr></thead>
        <tbody>${packages.map((name) => html`<tr><th scope="row">${name}</th>${nodes.map((node) => html`<td>${info?.packages[node]?.[name] ?? '–'}</td>`)}</tr>`)}</tbody>
      </table></div></section>`
    }
    ${
      stages.length > 0 &&
      html`<section aria-labelledby="stages-title"><h2 id="stages-title">${say('report.stages')}</h2><table><tbody>${stages.map(
        ({ title, durationMs, error }) =>
          html`<tr class=${error === undefined ? '' : 'failed'}><th scope="row">${title}</th><td class="number">${durationMs === undefined ? '' : formatDuration(durationMs)}</td><td>${error ?? ''}</td></tr>`,
      )}</tbody></table></section>`
    }
    ${
      data.files.length > 0 &&
      html`<section id="files" aria-labelledby="files-title"><h2 id="files-title">${say('page.files')}</h2>
        ${inside > HEAVY_BYTES && html`<p class="note">${say('page.heavy', { size: sizeText(inside) })}</p>`}
        <details><summary>${data.files.length}</summary><div class="scroll" tabindex="0" role="region" aria-labelledby="files-title"><table><thead><tr><th>${say('page.file')}</th><th>${say('page.size')}</th></tr></thead>
          <tbody>${data.files.map(({ path, bytes }) => html`<tr><td>${path.split('/').slice(1, -1).join('/')} / <${FileLink} path=${path} /></td><td class="number">${sizeText(bytes)}</td></tr>`)}</tbody></table></div></details>
      </section>`
    }`;
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
