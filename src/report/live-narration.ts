import { ProcessOutput } from 'listr2';
import type { StampedEvent } from '../model/event.js';
import { type Language, textIn } from '../model/text.js';
import { oneLine, type Paint, wrapDisplay } from './format.js';
import type { RunState } from './state.js';

interface Told {
  /** The place of its scenario among the parts of the run. */
  readonly part: number;
  readonly text: string;
}

/** As much of the live view as a narration needs. */
interface View {
  readonly stream: NodeJS.WriteStream;
  readonly language: Language;
  readonly paint: Paint;
  readonly state: RunState;
  /** By the place of their part: what is still to be printed above its lines. */
  readonly narrations: Map<number, string>;
}

const WIDEST = 110;

/** Pure. The whole story of a step that begins; a set-up tells none. */
export function narrationOf(event: StampedEvent, { state, stream, language, paint }: View): Told | undefined {
  if (event.kind !== 'step-started' || event.say === undefined) return undefined;
  const at = state.parts.findLastIndex((part) => part.kind === 'scenario' && part.scenario === event.scenario);
  const part = state.parts[at];
  if (part?.kind !== 'scenario' || part.asGiven) return undefined;
  const width = Math.min(stream.columns ?? 80, WIDEST) - 4;
  const story = wrapDisplay(oneLine(textIn(event.say, language)), width).map((line) => `    ${line}\n`);
  return { part: at, text: `\n  ${paint.bold(textIn(event.title, language))}\n${story.join('')}\n` };
}

/** What listr2 draws on. It prints the narrations of a part above the lines of that part. */
export function createNarratedOutput({ stream, narrations }: View, part: number): ProcessOutput {
  return new NarratedOutput(stream, () => {
    const text = narrations.get(part);
    narrations.delete(part);
    return text;
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told to erase lines with
const ERASING = /^(?:\u001b\[2K|\u001b\[1A|\u001b\[G)*/;

/** A text goes between the erasing of the lines that move and their next drawing, so that it stays above them. */
class NarratedOutput extends ProcessOutput {
  readonly #next: () => string | undefined;

  constructor(stream: NodeJS.WriteStream, next: () => string | undefined) {
    super(stream, stream);
    this.#next = next;
  }

  override get stdout(): NodeJS.WriteStream {
    const out = super.stdout;
    const write = out.write.bind(out);
    return Object.assign(out, {
      write: (text: string) => {
        const [erasing = ''] = ERASING.exec(text) ?? [];
        return write(erasing + (this.#next() ?? '') + text.slice(erasing.length));
      },
    });
  }
}
