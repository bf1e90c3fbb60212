/** Written by the reporter where a block of output is whole; no test prints it. */
export const END_OF_BLOCK = '\x1e';

export interface Blocks {
  readonly add: (text: string) => void;
  /** Hands on what is left when the output has ended. */
  readonly end: () => void;
}

/** Collects output that comes in pieces and hands it on block by block, so that jobs side by side do not mix theirs. */
export function createBlocks(onBlock: (text: string) => void): Blocks {
  let pending = '';
  const flush = (text: string) => {
    if (text.trim() !== '') onBlock(text);
  };
  return {
    add: (text) => {
      const parts = (pending + text).split(END_OF_BLOCK);
      pending = parts.pop() ?? '';
      for (const part of parts) flush(part);
    },
    end: () => {
      flush(pending);
      pending = '';
    },
  };
}
