import type { Verdict } from '../model/verdict.js';

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly verdict: (verdict: Verdict, text: string) => string;
}

const CODES: { readonly [V in Verdict]: string } = { passed: '32', failed: '31', unknown: '33', skipped: '2' };

/** Terminal colours, or none at all where `color` is false. */
export function createPaint(color: boolean): Paint {
  const wrap = (code: string, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: (text) => wrap('1', text),
    dim: (text) => wrap('2', text),
    verdict: (verdict, text) => wrap(CODES[verdict], text),
  };
}
