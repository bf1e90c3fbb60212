import type { Remark } from '../../history/remarks.js';
import { html } from './page-language.js';

/** What is said of a series, with what goes with it below. */
export function RemarkItem({ remark }: { readonly remark: Remark }) {
  return html`<li class=${remark.about}>${remark.text}${remark.more.length > 0 && html`<ul>${remark.more.map((each) => html`<li>${each}</li>`)}</ul>`}</li>`;
}
