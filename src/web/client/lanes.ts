import { computed } from '@preact/signals';
import { AXIS_HEIGHT, hoverMs, isInView, labelWidth, ticks, width, xOf } from './axis.js';
import type { LoadedRun } from './loaded-run.js';
import { formatDuration, html, say } from './page-language.js';
import { type Drawn, markWord, type Row, rowsOf } from './rows.js';
import { cursorMs, runs, timeText, view, zeroOf } from './store.js';

const GAP = 6;
const STRIP_GAP = 1;
const NAME_HEIGHT = 20;

const heightOf = ({ strips }: Row) => strips.reduce((sum, { height }) => sum + height + STRIP_GAP, 0) + GAP;

interface Placed {
  readonly run: LoadedRun;
  /** Its moment at 0 of the axis. */
  readonly zeroMs: number;
  readonly top: number;
  readonly rows: readonly (Row & { readonly top: number })[];
  readonly bottom: number;
}

/** The runs below each other, each row at its place; the cursor changes none of it. */
const placed = computed(() => {
  let y = AXIS_HEIGHT;
  return runs.map((run): Placed => {
    const top = y;
    if (runs.length > 1) y += NAME_HEIGHT;
    const rows = rowsOf(run).map((row) => {
      const at = { ...row, top: y };
      y += heightOf(row);
      return at;
    });
    return { run, zeroMs: zeroOf(run), top, rows, bottom: y };
  });
});
const totalHeight = () => placed.value.at(-1)?.bottom ?? AXIS_HEIGHT;

/** Everything but the cursor, so that a key redraws a line and not the run. */
export function Lanes() {
  const height = totalHeight();
  return html`<svg class="lanes" width=${width.value} height=${height} viewBox=${`0 0 ${width.value} ${height}`} aria-hidden="true">
    ${ticks().map(
      ({ ms, text }) => html`<line class="tick" x1=${xOf(ms)} x2=${xOf(ms)} y1=${AXIS_HEIGHT - 6} y2=${height} />
        <text class="tick" x=${xOf(ms)} y="12" text-anchor="middle">${text}</text>`,
    )}
    ${placed.value.map((each, index) => html`<${Run} placed=${each} index=${index} key=${index} />`)}
  </svg>`;
}

function Run({
  placed: { run, zeroMs, top, rows, bottom },
  index,
}: {
  readonly placed: Placed;
  readonly index: number;
}) {
  return html`<g>
    ${runs.length > 1 && html`<text class="run" x="4" y=${top + 15}>${say(index === 0 ? 'report.before' : 'report.after')}: ${run.state.run}</text>`}
    ${run.picture.faults.map((fault) => html`<${Box} span=${{ ...fault, look: 'shade' }} zeroMs=${zeroMs} y=${top} height=${bottom - top} />`)}
    ${rows.map((row) => html`<${Lane} row=${row} top=${row.top} zeroMs=${zeroMs} key=${row.name} />`)}
    ${run.picture.marks.map(({ atMs, kind, node, text }) => {
      const [at, x] = [atMs - zeroMs, xOf(atMs - zeroMs)];
      return (
        isInView(at) &&
        html`<g class="mark mark-${kind}"><line x1=${x} x2=${x} y1=${top - 4} y2=${bottom} />
          <path d="M${x} ${top - 4}l-4 -6h8z" /><title>${markWord(kind)} ${node ?? ''} ${timeText(at)} ${text}</title></g>`
      );
    })}
  </g>`;
}

interface LaneProps {
  readonly row: Row;
  readonly top: number;
  readonly zeroMs: number;
}

function Lane({ row, top, zeroMs }: LaneProps) {
  let y = top;
  return html`<g>
    <text class="name" x="4" y=${top + 13}>${shortened(row.name)}<title>${row.name}</title></text>
    ${row.strips.map(({ spans, height }) => {
      const at = y;
      y += height + STRIP_GAP;
      return visible(spans, zeroMs).map(
        (span) => html`<${Box} span=${span} zeroMs=${zeroMs} y=${at} height=${height} />`,
      );
    })}
  </g>`;
}

/** Those in view that the eye can tell apart: of many within one pixel, one is drawn. */
function visible(spans: readonly Drawn[], zeroMs: number): readonly Drawn[] {
  const { fromMs, toMs } = view.value;
  let drawnTo = Number.NEGATIVE_INFINITY;
  return spans.filter((span) => {
    if (span.toMs - zeroMs < fromMs || span.fromMs - zeroMs > toMs) return false;
    const right = xOf(span.toMs - zeroMs);
    if (span.toMs > span.fromMs && right - drawnTo < 1 && right - xOf(span.fromMs - zeroMs) < 1) return false;
    drawnTo = Math.max(drawnTo, right);
    return true;
  });
}

function shortened(name: string): string {
  const letters = Math.floor(labelWidth() / 7.4);
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
}

const LETTER = 6.6;

interface BoxProps {
  readonly span: Drawn;
  readonly zeroMs: number;
  readonly y: number;
  readonly height: number;
}

function Box({ span, zeroMs, y, height }: BoxProps) {
  const { fromMs, toMs } = view.value;
  const on = { fromMs: span.fromMs - zeroMs, toMs: span.toMs - zeroMs };
  if (on.toMs < fromMs || on.fromMs > toMs) return null;
  const [left, right] = [xOf(Math.max(fromMs, on.fromMs)), xOf(Math.min(toMs, on.toMs))];
  const boxWidth = Math.max(span.least ?? 1, right - left);
  const label = span.word ?? '';
  const shown = [label, span.short ?? ''].find((text) => text !== '' && boxWidth > text.length * LETTER + 8);
  return html`<g><rect class=${span.look} x=${left} y=${y} width=${boxWidth} height=${height} />
    ${shown !== undefined && height >= 12 && html`<text class="on" x=${left + 4} y=${y + height - 5}>${shown}</text>`}
    ${label !== '' && html`<title>${[label, span.detail, byText(span), rangeText(on)].filter(Boolean).join('\n')}</title>`}</g>`;
}

function byText({ by }: Drawn): string {
  return by === undefined || by.length === 0 ? '' : say('page.by', { nodes: by });
}

function rangeText({ fromMs, toMs }: Pick<Drawn, 'fromMs' | 'toMs'>): string {
  return `${timeText(fromMs)} – ${timeText(toMs)} (${formatDuration(toMs - fromMs)})`;
}

export function Cursors() {
  const height = totalHeight();
  const at = cursorMs.value;
  const hover = hoverMs.value;
  return html`<svg class="cursors" width=${width.value} height=${height} viewBox=${`0 0 ${width.value} ${height}`} aria-hidden="true">
    ${
      hover !== undefined &&
      isInView(hover) &&
      html`<line class="hover" x1=${xOf(hover)} x2=${xOf(hover)} y1=${AXIS_HEIGHT - 6} y2=${height} />
      <text class="hover" x=${xOf(hover) + 4} y=${height - 2}>${timeText(hover)}</text>`
    }
    ${isInView(at) && html`<line class="cursor" x1=${xOf(at)} x2=${xOf(at)} y1="0" y2=${height} />`}
  </svg>`;
}
