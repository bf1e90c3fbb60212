import { dateOfNight, type MadeRun, writeMadeRun } from './made-runs.js';

const NIGHTS = 60;
/** From this night on pacemaker is another, and the address takes longer to move. */
const UPGRADED = 46;

type Night = (night: number) => readonly Partial<MadeRun>[];

/** Made scenarios of which each shows one thing that a history says. */
const SCENARIOS: Readonly<Record<string, Night>> = {
  clone: (night) => [{ outcome: night > 40 && night % 6 === 1 ? 'failed' : 'passed', outageMs: 8_500 }],
  freeze: (night) => [{ outcome: night % 19 === 8 || night === NIGHTS - 1 ? 'lost' : 'passed' }],
  group: (night) => (night === NIGHTS - 3 ? [{ outcome: 'failed' }, {}] : [{}]),
  'interface-down': (night) =>
    [0, 1, 2].map((repeat) => ({
      outageMs: (night < UPGRADED ? 8_300 : 9_200) + ((37 * night + 61 * repeat) % 110),
    })),
  standby: (night) => [{ outcome: night < NIGHTS - 4 ? 'passed' : 'failed', outageMs: 8_370 }],
};

/** Sixty nights of them, below a folder of reports; returns the folders of the runs, in the order of time. */
export function writeMadeNights(reports: string): readonly string[] {
  return Array.from({ length: NIGHTS }, (_, night) => night).flatMap((night) =>
    Object.entries(SCENARIOS).flatMap(([scenario, runsOf], place) =>
      runsOf(night).map((made, repeat) => {
        const at = `${dateOfNight(night)}T02:${10 + place}:0${repeat}.000Z`;
        return writeMadeRun(reports, { scenario, at, ...versionsOn(night), ...made });
      }),
    ),
  );
}

function versionsOn(night: number): Partial<MadeRun> {
  return { pacemaker: night < UPGRADED ? '2.1.5' : '2.1.6', machine: night < NIGHTS - 4 ? 'lab-1' : 'lab-2' };
}
