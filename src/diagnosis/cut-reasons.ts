import { type Message, message } from '../messages/message.js';

/** A reason why an output is incomplete, as the state has it, and the message that says it in every language. */
type Reason = readonly [RegExp, (...parts: readonly string[]) => Message];

const REASONS: readonly Reason[] = [
  [/^it begins without the title of its summary$/, () => message('cut-off.begins-untitled')],
  [/^its summary says nothing of the DC$/, () => message('cut-off.no-dc')],
  [/^it begins with (\S+): there is no summary$/, (part = '') => message('cut-off.begins-with', { part })],
  [/^(\d+) nodes are counted, none is listed$/, (counted = '') => message('cut-off.no-node', { counted })],
  [
    /^(\d+) nodes are counted, (\d+) listed$/,
    (counted = '', listed = '') => message('cut-off.few-nodes', { counted, listed }),
  ],
  [/^(\d+) resources are counted, none is listed$/, (counted = '') => message('cut-off.no-resource', { counted })],
  [
    /^(\d+) resources are counted, (\d+) listed$/,
    (counted = '', listed = '') => message('cut-off.few-resources', { counted, listed }),
  ],
  [/^it ends inside a line: (.*)$/s, (line = '') => message('cut-off.ends-in-line', { line })],
  [/^it ends with a title: (.*)$/s, (line = '') => message('cut-off.ends-with-title', { line })],
  [/^it ends before Daemon Status$/, () => message('cut-off.ends-before-daemons')],
  [/^the XML is cut off in line (\d+)$/, (line = '') => message('cut-off.xml', { line, element: undefined })],
  [
    /^the XML is cut off in line (\d+), inside of (<.*>)$/,
    (line = '', element) => message('cut-off.xml', { line, element }),
  ],
];

/** Pure. A reason without a message stays as it is. */
export function cutReason(reason: string): Message | string {
  for (const [pattern, say] of REASONS) {
    const match = pattern.exec(reason);
    if (match !== null) return say(...match.slice(1));
  }
  return reason;
}
