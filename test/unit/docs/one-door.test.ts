import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));

/** What may be named in one or two rooms only, because everybody else is given it. */
const DOORS: readonly { readonly what: string; readonly pattern: RegExp; readonly rooms: readonly string[] }[] = [
  {
    what: 'the clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bprocess\.hrtime\b/,
    rooms: ['cli', 'system'],
  },
  { what: 'the environment', pattern: /\bprocess\.env\b/, rooms: ['cli', 'system'] },
  { what: 'the exit code', pattern: /\bprocess\.exit(?:Code)?\b/, rooms: ['cli'] },
  { what: 'chance', pattern: /\bMath\.random\(/, rooms: ['cli', 'system'] },
];

/** `file:line` of every use of the pattern outside comments. */
function usesIn(files: ReadonlyMap<string, string>, pattern: RegExp, rooms: readonly string[]): readonly string[] {
  return [...files].flatMap(([file, text]) => {
    if (rooms.some((room) => file.startsWith(`src/${room}/`))) return [];
    const lines = text.split('\n').entries();
    return [...lines]
      .filter(([, line]) => !/^\s*(?:\/\/|\*|\/\*)/.test(line) && pattern.test(line))
      .map(([index]) => `${file}:${index + 1}`);
  });
}

function sources(): ReadonlyMap<string, string> {
  const paths = readdirSync(join(TOP, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return new Map(paths.map((path) => [`src/${path}`, readFileSync(join(TOP, 'src', path), 'utf8')]));
}

describe('one door each', () => {
  for (const { what, pattern, rooms } of DOORS) {
    it(`${what} is taken in ${rooms.join(' and ')} only`, () => {
      expect(usesIn(sources(), pattern, rooms)).to.deep.equal([]);
    });
  }

  it('would notice one too many', () => {
    const file = new Map([['src/runner/poll.ts', '// Date.now() is not for us\nconst start = Date.now();\n']]);
    expect(usesIn(file, DOORS[0]?.pattern ?? /$^/, ['cli'])).to.deep.equal(['src/runner/poll.ts:2']);
    expect(usesIn(file, DOORS[0]?.pattern ?? /$^/, ['runner'])).to.deep.equal([]);
  });
});
