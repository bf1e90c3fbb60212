import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What may not stand in a text, and what a native engineer would write instead. */
interface OddWord {
  readonly odd: RegExp;
  readonly better: string;
}

const ODD_WORDS: readonly OddWord[] = [
  { odd: /\banew\b/i, better: 'again, recreated, from scratch' },
  { odd: /\bwhom(?:ever)?\b|\bwhoever\b/i, better: 'the name of the actor' },
  { odd: /\bin vain\b/i, better: 'unanswered, failed' },
  { odd: /\bby hand\b/i, better: 'manually' },
  { odd: /\btold by\b/i, better: 'identified by, reported by' },
  { odd: /\bspokes(?:man|men)\b/i, better: 'the node that reports' },
  { odd: /\bunrest\b/i, better: 'pending activity' },
  { odd: /\basleep\b/i, better: 'on a link that is down' },
  { odd: /\bunheard\b/i, better: 'blocked' },
  { odd: /\b(?:lends?|lent|lender)\b/i, better: 'export, exported' },
  {
    odd: /\b(?:could|can) not (?:be )?(?:tell|told)\b|\bcannot (?:be )?(?:tell|told)\b/i,
    better: 'inconclusive, unknown',
  },
  { odd: /\bthe machine underneath\b/i, better: 'the hypervisor host' },
  { odd: /\bnobody (?:who|whom)\b|\banybody who\b/i, better: 'the name of the actor' },
  { odd: /\bspeaks? of trouble\b/i, better: 'shows trouble' },
  { odd: /\b(?:mends?|mended|mending)\b/i, better: 'fix, recover' },
  { odd: /\bput back\b|\bputs back\b/i, better: 'restore' },
  { odd: /\bbroken since\b/i, better: 'fault active since' },
  { odd: /\bthe way in\b/i, better: 'the management connection' },
];

/** The files and folders that are checked. */
export const PLAIN_PATHS: readonly string[] = [
  'src',
  'scenarios',
  'docs',
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
];

/** Pure. `line: word, better: …` for each odd word of a text. */
export function oddWordsIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) =>
    ODD_WORDS.flatMap(({ odd, better }) => {
      const found = odd.exec(line)?.[0];
      return found === undefined ? [] : [`${index + 1}: '${found}', better: ${better}`];
    }),
  );
}

/** `file:line: word, better: …` below these paths. */
export function oddWordsBelow(paths: readonly string[]): readonly string[] {
  return paths
    .flatMap(filesBelow)
    .flatMap((file) => oddWordsIn(readFileSync(file, 'utf8')).map((odd) => `${file}:${odd}`));
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|ya?ml|md|sh|py)$/.test(name))
    .map((name) => join(path, name));
}

if (import.meta.filename === process.argv[1]) {
  const found = oddWordsBelow(process.argv.length > 2 ? process.argv.slice(2) : PLAIN_PATHS);
  for (const each of found) console.log(each);
  process.exitCode = found.length > 0 ? 1 : 0;
}
