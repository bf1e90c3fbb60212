import type { FaultContext } from '../ports/fault.js';
import { must } from './on-node.js';

interface Mount {
  readonly point: string;
  /** What was named as its device. */
  readonly source: string;
}

/** What is mounted on the node, in the order in which it was (proc(5), mountinfo). */
export async function mountsOn(context: FaultContext, node: string): Promise<readonly Mount[]> {
  const lines = await must(context, node, ['cat', '/proc/self/mountinfo']);
  return lines.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    return point === undefined ? [] : [{ point: unescaped(point), source: unescaped(after.split(' ')[1] ?? '') }];
  });
}

export async function isMountPoint(context: FaultContext, node: string, path: string): Promise<boolean> {
  return (await mountsOn(context, node)).some(({ point }) => point === path);
}

function unescaped(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
