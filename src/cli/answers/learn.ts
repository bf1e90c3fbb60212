import { z } from 'zod';
import { HELP_GRADES } from '../../learn/events.js';
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
    earned: z.boolean(),
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
