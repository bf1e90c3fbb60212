import type { DiagnosisItem } from '../../diagnosis/item.js';
import type { Session } from '../../diagnosis/session.js';
import { speakerOf } from '../../messages/message.js';
import type { StatusOutput } from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import type { Language } from '../../model/text.js';
import { oneLine, wrapDisplay } from '../../report/format.js';
import { diagnosisJson, diagnosisLines, type PageOptions } from './status-page.js';

/** An output with its diagnosis. */
export interface OutputView extends StatusOutput {
  readonly items: readonly DiagnosisItem[];
}

/** Each output that is explained; of several in one text, first what they say together. Pure. */
export function sessionLines(session: Session, views: readonly OutputView[], options: PageOptions): readonly string[] {
  const [view] = views;
  if (session.outputs === 1 || view === undefined)
    return views.flatMap(({ state, items }) => diagnosisLines(state, items, options));
  const head = headLines(session, options);
  if (views.length === 1) return [...head, '', ...diagnosisLines(view.state, view.items, options)];
  const say = speakerOf(options.language);
  const inner = { ...options, width: options.width - 2 };
  const under = views.flatMap((each) => [
    '',
    say('status.according-to', { nodes: [nameOf(each, options.language)] }),
    ...diagnosisLines(each.state, each.items, inner).map((line) => (line === '' ? '' : `  ${line}`)),
  ]);
  return [...head, ...under];
}

function headLines({ outputs, explained, split, earlier }: Session, options: PageOptions): readonly string[] {
  const say = speakerOf(options.language);
  const width = Math.min(Math.max(options.width, 60), 110);
  const marked = (mark: string, text: string) =>
    wrapDisplay(text, width - 2).map((line, at) => `${at === 0 ? mark : ' '} ${line}`);
  const quoted = (text: string) => wrapDisplay(oneLine(text), width - 6).map((line) => `    | ${line}`);
  return [
    ...split.flatMap(([one, other]) => marked('✖', say('status.split', { one, other }))),
    ...marked('·', say('status.several-outputs', { outputs, explained: explained.length })),
    ...(earlier === undefined
      ? []
      : [
          ...marked(' ', sinceText(earlier.output, options.language)),
          ...(earlier.changes.length > 0 ? earlier.changes : [say('status.nothing-changed')]).flatMap(quoted),
          ...(earlier.typed.length > 0 ? marked(' ', say('status.typed-between', { commands: earlier.typed })) : []),
        ]),
  ];
}

function sinceText({ node, state: { updatedAt } }: StatusOutput, language: Language): string {
  const say = speakerOf(language);
  const known = [node, updatedAt].filter((each) => each !== undefined);
  return known.length === 0 ? say('status.since-before') : say('status.since', { output: known.join(', ') });
}

function nameOf({ node, state }: StatusOutput, language: Language): string {
  return node ?? state.clusterName ?? speakerOf(language)('status.unnamed-node');
}

/** The same for programs. */
export function sessionJson({ outputs, split, earlier }: Session, views: readonly OutputView[], language: Language) {
  return {
    outputs,
    split: split.map((pair) => [...pair]),
    views: views.map(({ node, state, items }) => ({
      reportedBy: node === undefined ? [] : [node],
      ...diagnosisJson(state, items, language),
    })),
    ...defined({ since: earlier === undefined ? undefined : sinceJson(earlier) }),
  };
}

function sinceJson({ output, typed, changes }: NonNullable<Session['earlier']>) {
  return {
    ...defined({ node: output.node, updatedAt: output.state.updatedAt }),
    typed: [...typed],
    changes: [...changes],
  };
}
