import { signal } from '@preact/signals';
import { timeText, view } from './store.js';

/** The time axis on the screen: pixels for moments, in ms of the axis, and back. */
export const width = signal(900);
/** Where the pointer is. */
export const hoverMs = signal<number | undefined>(undefined);
export const AXIS_HEIGHT = 22;

export const labelWidth = () => (width.value < 600 ? 84 : 150);
const plotWidth = () => Math.max(50, width.value - labelWidth() - 8);

export function xOf(ms: number): number {
  const { fromMs, toMs } = view.value;
  return labelWidth() + ((ms - fromMs) / (toMs - fromMs)) * plotWidth();
}

export function msAt(x: number): number {
  const { fromMs, toMs } = view.value;
  return fromMs + ((x - labelWidth()) / plotWidth()) * (toMs - fromMs);
}

export function isInView(ms: number): boolean {
  return ms >= view.value.fromMs && ms <= view.value.toMs;
}

const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
];

export function ticks(): readonly { readonly ms: number; readonly text: string }[] {
  const { fromMs, toMs } = view.value;
  const most = Math.max(2, Math.floor(plotWidth() / 90));
  const stepMs = STEPS.find((each) => (toMs - fromMs) / each <= most) ?? 3_600_000;
  const found = [];
  for (let ms = Math.ceil(fromMs / stepMs) * stepMs; ms <= toMs; ms += stepMs)
    found.push({ ms, text: stepMs >= 1000 ? timeText(ms).replace(/\.000$/, '') : timeText(ms) });
  return found;
}
