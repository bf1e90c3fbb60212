import type { Breakdown, PhaseEnd, WhyMissing } from '../model/breakdown.js';
import type { OutageWindow, ProbeResult, StepResult, WritesResult } from '../model/event.js';
import { isKnown, longestOf } from '../model/outage.js';
import type { Phase } from '../model/scenario.js';
import type { Language } from '../model/text.js';
import { formatDuration } from './format.js';

export const PHASE_WORDS: { readonly [L in Language]: { readonly [P in Phase]: string } } = {
  en: { detect: 'detect', membership: 'membership', fence: 'fence', start: 'start', answers: 'answers' },
  zh: { detect: '检测', membership: '成员变更', fence: '隔离', start: '启动', answers: '恢复应答' },
};

const WHY: { readonly [L in Language]: { readonly [W in WhyMissing]: string } } = {
  en: {
    'not-found': 'no journal tells',
    'not-fenced': 'no node was fenced',
    'no-resource': 'no resource is known to have the address',
  },
  zh: { 'not-found': '日志中没有记录', 'not-fenced': '没有节点被隔离', 'no-resource': '不知道哪个资源持有该地址' },
};

/** The longest window that any probe of the step saw. */
export function longestOutageOf(
  step: StepResult,
): { readonly probe: ProbeResult; readonly window: OutageWindow } | undefined {
  const all = (step.probes ?? []).flatMap((probe) => {
    const window = longestOf(probe.windows);
    return window === undefined ? [] : [{ probe, window }];
  });
  return all.reduce<(typeof all)[number] | undefined>(
    (longest, next) => (longest && longest.window.durationMs >= next.window.durationMs ? longest : next),
    undefined,
  );
}

/** Its length, or, where the probe was held up at an edge of it, that it is unknown and its bounds. */
export function outageText(window: OutageWindow, everyMs: number, language: Language): string {
  if (isKnown(window, everyMs)) return formatDuration(window.durationMs);
  const { durationMs, atLeastMs = durationMs, atMostMs = durationMs } = window;
  const [low, high] = [formatDuration(atLeastMs), formatDuration(atMostMs)];
  return language === 'zh'
    ? `时长未知（介于 ${low} 与 ${high} 之间：探测程序自身被延误）`
    : `unknown (between ${low} and ${high}: the probe itself was held up)`;
}

/** `detect 3.65s → membership 4.42s → start 0.15s → answers 20ms`. */
export function phasesText({ phases }: Pick<Breakdown, 'phases'>, language: Language): string {
  return phases.map((end) => `${PHASE_WORDS[language][end.phase]} ${phaseDuration(end)}`).join(' → ');
}

function phaseDuration({ durationMs, uncertainMs }: PhaseEnd): string {
  const unsure = uncertainMs > 25 ? ` ±${formatDuration(uncertainMs)}` : '';
  return `${formatDuration(durationMs)}${unsure}`;
}

/** What is missing from a breakdown, what could not be read, and how far the nodes' clocks can be trusted. */
export function breakdownNotes(breakdown: Breakdown, language: Language): readonly string[] {
  const { missing, unread, clocks, startReportedAfterMs, resource } = breakdown;
  const zh = language === 'zh';
  const words = PHASE_WORDS[language];
  const colon = zh ? '：' : ': ';
  return [
    ...missing.map(({ phase, why }) => `${words[phase]}${colon}${WHY[language][why]}`),
    ...(unread.length === 0
      ? []
      : [zh ? `无法读取日志：${unread.join('、')}` : `journals that could not be read: ${unread.join(', ')}`]),
    ...(startReportedAfterMs === undefined
      ? []
      : [
          zh
            ? `${resource} 的启动结果在首次应答后 ${formatDuration(startReportedAfterMs)} 才报告`
            : `the start of ${resource} was reported ${formatDuration(startReportedAfterMs)} after the first answer`,
        ]),
    ...clocks.map(({ node, offsetMs, uncertainMs }) =>
      zh
        ? `${node} 的时钟偏差 ${signed(offsetMs)}（±${formatDuration(uncertainMs)}）`
        : `the clock of ${node} is off by ${signed(offsetMs)} (±${formatDuration(uncertainMs)})`,
    ),
  ];
}

function signed(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}`;
}

export function writesText(writes: WritesResult, language: Language): string {
  const { acknowledged, lost, doubled, unacknowledged, problem } = writes;
  const zh = language === 'zh';
  const head = zh ? `已确认 ${acknowledged} 条` : `${acknowledged} acknowledged`;
  if (problem !== undefined)
    return zh ? `${head}，是否丢失未知：${problem}` : `${head}, whether any was lost is unknown: ${problem}`;
  return zh
    ? `${head}：丢失 ${lost.length} 条，重复 ${doubled.length} 条；另有 ${unacknowledged} 条未确认但已保存`
    : `${head}: ${lost.length} lost, ${doubled.length} doubled; ${unacknowledged} more kept without an answer`;
}

/** `ha-host1 (210), then ha-host2 (98)`. */
export function answeredByText({ answeredBy = [] }: ProbeResult, language: Language): string {
  return answeredBy.map(({ who, answers }) => `${who} (${answers})`).join(language === 'zh' ? '，然后 ' : ', then ');
}
