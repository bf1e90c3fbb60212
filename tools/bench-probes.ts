// How true measured outages are: `npm run bench:probes [-- --windows 20 --every 10 --kinds ping,arp]`, as root. A script that
// is no part of halab takes an address away for known times; each kind of probe measures it.
import { minimist } from 'zx';
import { PROBE_KINDS, type ProbeKind } from '../src/model/scenario.js';
import { measureKnownOutages, type Row, rowText } from '../test/support/known-outages/known-outages.js';

const options = minimist(process.argv.slice(2), {
  string: ['windows', 'every', 'kinds'],
  default: { windows: '20', every: '10', kinds: PROBE_KINDS.join(',') },
});
const kinds = String(options.kinds).split(',') as ProbeKind[];
const rows: Row[] = [];
for (const kind of kinds) {
  const awayMs = Array.from({ length: Number(options.windows) }, () => 300 + Math.round(Math.random() * 1_200));
  const measured = await measureKnownOutages({
    kinds: [kind],
    everyMs: Number(options.every),
    awayMs,
    name: 'bench-probes',
  });
  for (const row of measured) process.stdout.write(`${rowText(row)}\n`);
  rows.push(...measured);
}
for (const kind of kinds) {
  const own = rows.filter((row) => row.kind === kind);
  const errors = own.flatMap(({ errorMs }) => errorMs ?? []).map(Math.abs);
  const wrong = own.filter(({ isWithinBounds }) => !isWithinBounds).length;
  process.stdout.write(
    `${kind}: ${errors.length} of ${own.length} known, off by at most ${Math.max(0, ...errors).toFixed(1)} ms; ${own.length - errors.length} unknown; ${wrong} whose bounds do not hold the truth\n`,
  );
}
if (rows.some(({ errorMs = 0, isWithinBounds }) => Math.abs(errorMs) > 25 || !isWithinBounds)) process.exitCode = 1;
