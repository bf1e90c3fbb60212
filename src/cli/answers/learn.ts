import { z } from 'zod';
import { HELP_GRADES } from '../../learn/events.js';
import { TRIALS } from '../../learn/verified.js';
import { textAnswer } from '../../report/run-answer.js';
import { answer } from './answer.js';

const question = z
  .strictObject({
    ask: textAnswer,
    reason: z.boolean().describe('A reason is asked for as well.'),
    options: z.array(z.strictObject({ id: z.string(), say: textAnswer })),
    given: z
      .strictObject({ option: z.string(), because: z.string().optional(), at: z.string(), tries: z.int().min(1) })
      .optional()
      .describe("The student's latest answer."),
    right: z
      .string()
      .optional()
      .describe('The option that is right; absent while it is not known, and until the student has found it.'),
    seen: z.array(z.string()).optional().describe('What was seen that settles a prediction.'),
  })
  .meta({ id: 'question' });

const step = z
  .strictObject({
    step: z.string(),
    by: z.enum(['student', 'halab']),
    title: textAnswer,
    say: textAnswer.optional(),
    ask: textAnswer.optional(),
    standing: z
      .enum(['ahead', 'open', 'unsure', 'holding', 'done', 'acting'])
      .describe('`open`: it does not hold, or nobody has looked; `unsure`: the latest look was inconclusive.'),
    points: z.int().min(0),
    earned: z.boolean().describe('The student has done it, and once the session is finished, it still holds.'),
    solved: z.boolean().describe('halab typed the solution.'),
    holdMs: z.int().min(0),
    spentMs: z.number(),
    lookedAt: z.string().optional(),
    checks: z.array(
      z.strictObject({
        expected: z.string(),
        verdict: z.enum(['passed', 'unknown', 'failed']),
        seen: z.string(),
      }),
    ),
    disorders: z
      .array(z.strictObject({ audit: z.string(), verdict: z.enum(['failed', 'unknown']), seen: z.string() }))
      .describe('What else is broken, by the audits.'),
    busy: z.string().optional().describe('What the cluster was still doing at the latest look.'),
    predict: question.optional(),
    answer: question.optional(),
    helped: z.int().min(0).max(4).describe('The highest grade of the hints given; 0: none.'),
  })
  .meta({ id: 'learn-step' });

export const learnSessionAnswer = answer('learn-session', 'A learning session as it stands', {
  session: z.string(),
  lab: z.string().describe('The name of the lab that it is done in.'),
  exercise: z.string(),
  title: textAnswer,
  goal: textAnswer,
  student: z.string().optional(),
  seed: z.string().optional().describe('Of the class; it and the name decide what was drawn.'),
  variant: z.record(z.string(), z.string()).describe('What was drawn for this student.'),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  preparing: z.string().optional().describe('What halab does to the lab before the student can go on.'),
  problem: z.string().optional().describe('Why the lab is not ready.'),
  current: z.string().describe('The step that the session stands at.'),
  through: z.boolean().describe('The last step is left.'),
  points: z.strictObject({ got: z.int(), of: z.int() }),
  resets: z.int().min(0),
  steps: z.array(step),
  help: z
    .strictObject({
      grade: z.union(HELP_GRADES.map((grade) => z.literal(grade))),
      hint: z.string().optional(),
      lines: z.array(textAnswer),
    })
    .optional()
    .describe('The hint that this command gave.'),
});

export const learnListAnswer = answer('learn-list', 'The exercises and courses there are', {
  exercises: z.array(
    z.strictObject({
      id: z.string(),
      title: textAnswer,
      goal: textAnswer,
      minutes: z.number(),
      level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      teaches: z.array(z.string()),
      after: z.array(z.string()).describe('Exercises to have done before.'),
      best: z
        .strictObject({ got: z.int(), of: z.int(), at: z.string() })
        .optional()
        .describe('The most points that the student had at the end of it; absent where it was never finished.'),
      times: z.int().min(1).optional().describe('How often the student has finished it.'),
    }),
  ),
  courses: z.array(
    z.strictObject({
      id: z.string(),
      title: textAnswer,
      summary: textAnswer.optional(),
      chapters: z.array(z.strictObject({ title: textAnswer, exercises: z.array(z.string()) })),
    }),
  ),
});

const counted = z.strictObject({ tried: z.int(), good: z.int().describe('As they must be.') });

const countsOfTrials = Object.fromEntries(TRIALS.map((trial) => [trial, counted])) as {
  readonly [T in (typeof TRIALS)[number]]: typeof counted;
};

export const learnVerifyAnswer = answer('learn-verify', 'What came of exercises that were verified', {
  exercises: z.array(
    z.strictObject({
      exercise: z.string(),
      verdict: z.enum(['passed', 'unknown', 'failed', 'skipped']),
      durationMs: z.number(),
      skipped: z.string().optional().describe('Why it was not tried at all.'),
      variants: z
        .array(z.record(z.string(), z.string()))
        .describe('What was drawn each time: for nobody, and for another student.'),
      counts: z.strictObject(countsOfTrials),
      findings: z
        .array(
          z.strictObject({
            trial: z.enum(TRIALS),
            step: z.string().optional().describe('Absent where it is about the exercise as a whole.'),
            name: z.string().optional().describe('The mistake, or the line that was left out.'),
            verdict: z.enum(['passed', 'unknown', 'failed']),
            seen: z.string().describe('Why it is not as it must be.'),
          }),
        )
        .describe('Only what is not as it must be.'),
    }),
  ),
});

const reportedAnswer = z
  .strictObject({
    ask: textAnswer,
    given: textAnswer.optional().describe('The option that was given last.'),
    because: z.string().optional(),
    tries: z.int().min(0),
    right: textAnswer.optional().describe('What turned out right; absent where it is not known.'),
    isRight: z.boolean().optional(),
    seen: z.array(z.string()).describe('What was seen that settles a prediction.'),
  })
  .meta({ id: 'reported-answer' });

export const learnReportAnswer = answer('learn-report', 'A learning session as its student hands it in', {
  session: z.string(),
  lab: z.string(),
  exercise: z.string(),
  title: textAnswer,
  goal: textAnswer,
  student: z.string().optional(),
  seed: z.string().optional(),
  variant: z.record(z.string(), z.string()).describe('What was drawn for this student.'),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  spentMs: z.number(),
  minutes: z.number().describe('How long the exercise takes the first time.'),
  exam: z.strictObject({ minutes: z.number(), isOver: z.boolean() }).optional(),
  points: z.strictObject({ got: z.number(), of: z.number() }).describe('Of tasks that are done.'),
  pointsByCheck: z
    .strictObject({ got: z.number(), of: z.number() })
    .describe(
      'Of checks that hold at the end, or where a later step undoes them at the end of their own, each worth its share of the points of the task.',
    ),
  resets: z.int().min(0),
  steps: z.array(
    z.strictObject({
      step: z.string(),
      title: textAnswer,
      by: z.enum(['student', 'halab']),
      ask: textAnswer.optional(),
      isDone: z.boolean().describe('And it held at the end, if it had to.'),
      isSolved: z.boolean().describe('halab typed the solution.'),
      points: z.int().min(0),
      spentMs: z.number(),
      checks: z.array(
        z.strictObject({ expected: z.string(), verdict: z.enum(['passed', 'unknown', 'failed']), seen: z.string() }),
      ),
      hints: z.array(z.strictObject({ at: z.string(), grade: z.int().min(1).max(4), hint: z.string().optional() })),
      answer: reportedAnswer.optional(),
      predict: reportedAnswer.optional(),
      outages: z.array(
        z.strictObject({
          probe: z.string(),
          target: z.string(),
          longestMs: z.number().describe('0 where the client was always answered.'),
          ended: z.boolean(),
        }),
      ),
    }),
  ),
  timeline: z.array(
    z.strictObject({
      at: z.string(),
      what: z.enum(['step', 'cluster', 'student', 'halab', 'command']),
      node: z.string().optional().describe('Where a command was typed.'),
      text: textAnswer,
    }),
  ),
  isRecorded: z.boolean().describe("The student agreed to have the commands of the nodes' shells kept."),
});
