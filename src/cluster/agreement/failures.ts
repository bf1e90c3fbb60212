import type { ClusterState, FailedAction } from '../../model/cluster-state.js';
import { baseId } from '../../model/resource-tree.js';
import { line } from './wording.js';

/** Failed actions by resource, operation and node, and by how they ended as far as both say it. */
export function failureDisagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  const inText = byKey(text.failedActions);
  const inXml = byKey(xml.failedActions);
  const mayMiss = { text: cannotTell(text), xml: cannotTell(xml) };
  return [...new Set([...inText.keys(), ...inXml.keys()])].flatMap((key) => {
    const ends = { text: endsOf(inText.get(key) ?? []), xml: endsOf(inXml.get(key) ?? []) };
    if (ends.text.length === 0) return mayMiss.text ? [] : [line(key, 'nothing of it', worded(ends.xml))];
    if (ends.xml.length === 0) return mayMiss.xml ? [] : [line(key, worded(ends.text), 'nothing of it')];
    return sameEnds(ends.text, ends.xml) ? [] : [line(key, worded(ends.text), worded(ends.xml))];
  });
}

/** A failure that was not understood, or not reached, may be the one that is missing. */
function cannotTell({ truncated, failedActions }: ClusterState): boolean {
  return truncated.length > 0 || failedActions.some((failure) => keyOf(failure) === undefined);
}

function byKey(failures: readonly FailedAction[]): ReadonlyMap<string, readonly FailedAction[]> {
  const found = new Map<string, FailedAction[]>();
  for (const failure of failures) {
    const key = keyOf(failure);
    if (key === undefined) continue;
    const alike = found.get(key);
    if (alike === undefined) found.set(key, [failure]);
    else alike.push(failure);
  }
  return found;
}

/** crm_mon calls a monitor that does not recur a probe. */
function keyOf({ resource, operation, node }: FailedAction): string | undefined {
  if (resource === undefined || operation === undefined || node === undefined) return undefined;
  return `failed ${operation === 'probe' ? 'monitor' : operation} of ${baseId(resource)} on ${node}`;
}

interface End {
  readonly code?: number;
  readonly status?: string;
}

/** How they ended, each way once. */
function endsOf(failures: readonly FailedAction[]): readonly End[] {
  const ends = failures.map(({ exitCode, exitStatus }) => ({
    ...(exitCode === undefined ? {} : { code: exitCode }),
    ...(exitStatus === undefined ? {} : { status: exitStatus }),
  }));
  return [...new Map(ends.map((end) => [JSON.stringify(end), end])).values()];
}

/** The newer lines of text give the code's name alone, and none for what was not executed. */
function sameEnds(text: readonly End[], xml: readonly End[]): boolean {
  return (
    text.every((one) => xml.some((other) => sameEnd(one, other))) &&
    xml.every((one) => text.some((other) => sameEnd(other, one)))
  );
}

function sameEnd(text: End, xml: End): boolean {
  if (text.code !== undefined && xml.code !== undefined) return text.code === xml.code;
  return text.status === undefined || xml.status === undefined || text.status === xml.status;
}

function worded(ends: readonly End[]): string {
  return ends
    .map(
      ({ code, status }) =>
        [...(status === undefined ? [] : [`'${status}'`]), ...(code === undefined ? [] : [`(${code})`])].join(' ') ||
        'that it failed',
    )
    .sort()
    .join(', ');
}

/** By action and target: text keeps only the newest of a kind, where XML has the whole history. */
export function fencingDisagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  // Where the fencer did not answer, the XML has an error instead.
  if (xml.errors.length > 0) return [];
  const kinds = ({ failedFencing }: ClusterState) =>
    new Set(failedFencing.map(({ action, target }) => `failed fencing, ${action} of ${target}`));
  const inText = kinds(text);
  const inXml = kinds(xml);
  return [
    ...[...inText]
      .filter((kind) => !inXml.has(kind) && xml.truncated.length === 0)
      .map((kind) => line(kind, 'that it failed', 'nothing of it')),
    ...[...inXml]
      .filter((kind) => !inText.has(kind) && text.truncated.length === 0)
      .map((kind) => line(kind, 'nothing of it', 'that it failed')),
  ];
}
