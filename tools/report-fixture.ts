import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURES = fileURLToPath(new URL('../test/fixtures/reports/', import.meta.url));
const LEFT_OUT = ['step-waiting', 'stage-progress'];
const OUTPUT_CHARACTERS = 300;
/** What the page reads; the lines of the cluster's own programs are enough of a journal. */
const KEPT = /\/(?:scheduler\.txt|journal\.log)$|^status\/.*\.txt$/;
const CLUSTER_LINE = / (?:corosync|pacemaker[-\w]*|[\w.-]+\([^)]+\)|systemd)\[\d+\]/;

/** `tsx tools/report-fixture.ts RUN-FOLDER NAME`: a run's events and evidence, as small as the tests of reports need them. */
function main([run = '', name = '']: readonly string[]): void {
  const target = join(FIXTURES, name);
  rmSync(target, { recursive: true, force: true });
  write(join(target, 'events.jsonl'), reduced(readFileSync(join(run, 'events.jsonl'), 'utf8')));
  const evidence = join(run, 'evidence');
  for (const file of readdirSync(evidence, { recursive: true, encoding: 'utf8' }).filter((each) => KEPT.test(each))) {
    const text = readFileSync(join(evidence, file), 'utf8');
    const kept = file.endsWith('journal.log') ? linesOf(text).filter((line) => CLUSTER_LINE.test(line)) : linesOf(text);
    write(join(target, 'evidence', file), kept.join('\n'));
  }
}

function reduced(events: string): string {
  const kept = linesOf(events)
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => !LEFT_OUT.includes(kind));
  return kept.map((event) => `${JSON.stringify(event, shortened)}\n`).join('');
}

function shortened(key: string, value: unknown): unknown {
  const isOutput = key === 'stdout' || key === 'stderr';
  return isOutput && typeof value === 'string' ? value.slice(0, OUTPUT_CHARACTERS) : value;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

main(process.argv.slice(2));
