import type { PageFile } from './page-data.js';
import type { RunSummary } from './summary.js';

/** Reads a file of the run's folder; undefined where there is none. */
export type ReadFile = (path: string) => Buffer | undefined;

const INSIDE_BYTES = 1024 * 1024;
const EDGE_LINES = 200;
const BINARY = /\.(?:tar|bz2|gz|cast)$/;

/** Every file that the run's events name and that exists, in their order; large ones by their first and last 200 lines. */
export function pageFilesOf(summary: RunSummary, read: ReadFile): readonly PageFile[] {
  const steps = summary.scenarios.flatMap((scenario) => scenario.steps);
  const paths = new Set([
    ...summary.evidence.flatMap(({ files }) => files),
    ...steps.flatMap(({ checks }) => checks.flatMap(({ evidence }) => evidence)),
    ...steps.flatMap(({ audits }) => audits?.evidence ?? []),
  ]);
  return [...paths].flatMap((path): PageFile[] => {
    const content = read(path);
    if (content === undefined) return [];
    if (BINARY.test(path)) return [{ path, bytes: content.length }];
    return [{ path, bytes: content.length, ...insideOf(content) }];
  });
}

function insideOf(content: Buffer): Pick<PageFile, 'text' | 'leftOut'> {
  const text = content.toString('utf8');
  if (content.length <= INSIDE_BYTES) return { text };
  const lines = text.split('\n');
  if (lines.length <= 2 * EDGE_LINES) return {};
  const kept = [...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)];
  const edges = kept.join('\n');
  if (Buffer.byteLength(edges) > INSIDE_BYTES) return {};
  return { text: edges, leftOut: { lines: lines.length - kept.length, afterLine: EDGE_LINES } };
}
