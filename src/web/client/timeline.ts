import { useLayoutEffect, useRef } from 'preact/hooks';
import { hoverMs, msAt, width } from './axis.js';
import { Cursors, Lanes } from './lanes.js';
import { html, say } from './page-language.js';
import {
  changes,
  cursorMs,
  extent,
  goTo,
  move,
  openLogsAt,
  runs,
  showFocus,
  showWhole,
  timeText,
  view,
  zoom,
} from './store.js';
import { TimelineTable } from './timeline-table.js';

/** The time axis: a slider to the keyboard, a picture to the eye, and a table to who cannot see it. */
export function Timeline() {
  return html`<section id="timeline" aria-labelledby="timeline-title">
    <h2 id="timeline-title">${say('page.timeline')}</h2>
    ${runs.every(({ picture }) => picture.nodes.length === 0) && html`<p class="soft">${say('page.no-views')}</p>`}
    <p class="soft" id="timeline-help">${say('page.timeline-help')}</p>
    <div class="tools" role="group" aria-label=${say('page.timeline')}>
      <button type="button" onClick=${() => zoom(2)}>+ <span class="wide">${say('page.zoom-in')}</span></button>
      <button type="button" onClick=${() => zoom(0.5)}>− <span class="wide">${say('page.zoom-out')}</span></button>
      <button type="button" onClick=${showWhole}>${say('page.whole')}</button>
      <button type="button" onClick=${showFocus}>${say('page.focus')}</button>
      <button type="button" onClick=${() => move(-0.5)}>◀ <span class="wide">${say('page.earlier')}</span></button>
      <button type="button" onClick=${() => move(0.5)}>▶ <span class="wide">${say('page.later')}</span></button>
    </div>
    <${Slider} />
    <p class="soft">${say('page.legend')}</p>
    <${TimelineTable} />
  </section>`;
}

/** The same element at each render of what is around it, so that only its own signals draw it again. */
const LANES = html`<${Lanes} />`;

function Slider() {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => {
      width.value = element.clientWidth;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
      event.preventDefault();
      if (event.shiftKey) move(Math.sign(event.deltaY || event.deltaX) * 0.1);
      else zoom(event.deltaY < 0 ? 1.3 : 1 / 1.3, msAt(event.clientX - element.getBoundingClientRect().left));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, []);
  const msOf = (event: PointerEvent) => msAt(event.clientX - (box.current?.getBoundingClientRect().left ?? 0));
  return html`<div
    class="axis" ref=${box} role="slider" tabindex="0" aria-labelledby="timeline-title" aria-describedby="timeline-help"
    aria-valuemin=${Math.round(extent.value.fromMs)} aria-valuemax=${Math.round(extent.value.toMs)} aria-valuenow=${Math.round(cursorMs.value)}
    aria-valuetext=${timeText(cursorMs.value)}
    onKeyDown=${onKey}
    onClick=${(event: PointerEvent) => goTo(msOf(event))}
    onPointerMove=${(event: PointerEvent) => {
      hoverMs.value = msOf(event);
    }}
    onPointerLeave=${() => {
      hoverMs.value = undefined;
    }}>
    ${LANES}<${Cursors} />
  </div>`;
}

const ZOOM = 1.6;
const KEYS: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
  ArrowLeft: (event) => (event.shiftKey ? goTo(cursorMs.value - smallStep()) : goTo(changeBefore(cursorMs.value))),
  ArrowRight: (event) => (event.shiftKey ? goTo(cursorMs.value + smallStep()) : goTo(changeAfter(cursorMs.value))),
  ArrowUp: () => goTo(cursorMs.value + smallStep()),
  ArrowDown: () => goTo(cursorMs.value - smallStep()),
  Home: () => goTo(view.value.fromMs),
  End: () => goTo(view.value.toMs),
  PageUp: () => move(-0.5),
  PageDown: () => move(0.5),
  '+': () => zoom(ZOOM),
  '=': () => zoom(ZOOM),
  '-': () => zoom(1 / ZOOM),
  '0': showWhole,
  f: showFocus,
  Enter: () => openLogsAt(cursorMs.value),
};

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (act === undefined) return;
  event.preventDefault();
  act(event);
}

function smallStep(): number {
  const { fromMs, toMs } = view.value;
  return Math.max(1, (toMs - fromMs) / 200);
}

const changeBefore = (ms: number) => changes.value.findLast((each) => each < ms - 0.5) ?? extent.value.fromMs;
const changeAfter = (ms: number) => changes.value.find((each) => each > ms + 0.5) ?? extent.value.toMs;
