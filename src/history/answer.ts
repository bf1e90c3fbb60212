import { z } from 'zod';
import type { Frozen } from '../model/frozen.js';
import { NIGHT_STATES } from '../model/night-state.js';
import { PHASES } from '../model/scenario.js';

const length = z.number().min(0).describe('In ms.');
const night = z.string().describe('The date of the night, such as 2026-11-29.');
const phases = z.partialRecord(z.enum(PHASES), length);
const outcome = z.enum(['passed', 'unknown', 'failed', 'skipped', 'lost']);

/** What may be said of a series beside the state of its last night. */
const WORDS = ['flaky', 'unstable', 'changed', 'lost'] as const;

const differences = z.array(
  z.strictObject({ what: z.string(), before: z.string().optional(), after: z.string().optional() }),
);

const run = z
  .strictObject({
    run: z.string(),
    folder: z.string().describe('Relative to the folder of reports.'),
    startedAt: z.string().describe('ISO 8601.'),
    outcome: outcome.describe('lost: it ended without a result.'),
    reason: z.string().optional(),
    durationMs: length,
    machine: z.string().optional().describe('The name of the machine.'),
  })
  .meta({ id: 'history-run' });

const seriesNight = z
  .strictObject({
    night,
    state: z
      .enum(NIGHT_STATES)
      .describe('flaky: it failed, and then passed with the same versions. lost: no run came to a result.'),
    runs: z.array(run),
  })
  .meta({ id: 'history-night' });

const change = z
  .strictObject({
    night: night.describe('The first night of the new values.'),
    isNew: z.boolean().describe('It is one of the last seven nights.'),
    beforeMs: length,
    afterMs: length,
    p: z.number().describe('Of the Mann-Whitney test on the raw repeats, corrected for seven looks.'),
    phases: z.array(z.strictObject({ phase: z.enum(PHASES), beforeMs: length, afterMs: length })),
    differences: differences.describe('What differs between the last run before and the first run after.'),
  })
  .meta({ id: 'history-change' });

const measure = z
  .strictObject({
    step: z.string(),
    floorMs: length.optional().describe('Token and consensus: no setting of a resource can undercut it.'),
    nights: z.array(
      z.strictObject({
        night,
        values: z.array(z.number()).describe('Of each repeat, as if the floor had been that of the last night.'),
        median: z.number(),
        phases: phases.describe('Medians.'),
      }),
    ),
    elsewhere: z.int().min(0).describe('Runs left out because they were on machines of other kinds.'),
    tooFew: z
      .enum(['nights', 'repeats'])
      .optional()
      .describe('nights: changes are not searched. repeats: they are found late.'),
    changes: z.array(change),
  })
  .meta({ id: 'history-measure' });

const series = z
  .strictObject({
    scenario: z.string(),
    lab: z.string(),
    image: z.string(),
    backend: z.string(),
    state: z.enum(NIGHT_STATES).describe('Of the last night.'),
    words: z
      .array(z.enum(WORDS))
      .describe(
        'flaky: in one of the last seven nights. unstable: its verdict went and came back between nights with the same versions. changed: an outage has a new step. lost: the last night came to no result.',
      ),
    disagreement: z
      .strictObject({ share: z.number(), low: z.number(), high: z.number(), runs: z.int() })
      .optional()
      .describe(
        'How often a run contradicts the one before with the same versions, with its 95 % interval; from 10 runs on.',
      ),
    nights: z.array(seriesNight),
    measures: z.array(measure),
    lastGreen: z
      .strictObject({
        night,
        run: z.string(),
        folder: z.string(),
        failedSince: night,
        differences: differences.describe('Between that run and the last one that failed.'),
      })
      .optional()
      .describe('Where the last decided night failed and an earlier one passed.'),
    slowest: z
      .array(
        z.strictObject({
          step: z.string(),
          medianMs: length.describe('Of the last seven nights.'),
          earlierMs: length.optional().describe('Of the nights before.'),
        }),
      )
      .describe('The slowest steps first.'),
  })
  .meta({ id: 'history-series' });

export const historyAnswer = z
  .strictObject({
    schema: z.literal('halab.history/1'),
    nights: z.array(night).describe('Oldest first.'),
    runs: z.int().min(0),
    series: z.array(series),
  })
  .meta({ id: 'halab.history/1', title: 'History' });

export type HistoryJson = Frozen<z.output<typeof historyAnswer>>;
export type SeriesJson = HistoryJson['series'][number];
export type MeasureJson = SeriesJson['measures'][number];
