import { flag, type Words, withGlobals, withLab } from './flags.js';

const SHELLS = 'open it in tmux, with a shell on each node beside it';

/** Guided exercises. */
export function addLearn({ program, settingsOf, done }: Words): void {
  const learn = program
    .command('learn')
    .description('do exercises on a real cluster, with checks and hints')
    .exitOverride();
  const within = (words: string, description: string, examples: readonly string[]) =>
    withLab(withGlobals(learn.command(words).description(description), examples));

  withGlobals(learn.command('list').description('list the exercises and courses, and what you have done of them'), [
    'halab learn list',
    'halab learn list --course basics',
  ])
    .addOption(flag('--course <course>', 'only the exercises of this course, in its order'))
    .addOption(flag('--student <name>', 'whose progress is shown'))
    .action(async (flags) => done((await import('./commands/learn/list.js')).list(settingsOf(flags), flags)));

  within('start <exercise>', 'bring the lab to where an exercise begins, and begin it or go on with it', [
    'halab learn start read-a-healthy-cluster',
    'halab learn start virtual-ip-by-hand --student "Ada Lovelace"',
  ])
    .addOption(flag('--student <name>', 'who does it; what varies in the exercise is drawn for this name'))
    .addOption(flag('--seed <seed>', 'the seed of the class: the same for all of its students'))
    .addOption(flag('--shells', SHELLS))
    .addOption(flag('--exam', 'without hints and solutions, and with a clock'))
    .addOption(flag('--record-commands', 'keep what is typed into the shells of the nodes, for the report'))
    .action(async (id, flags) =>
      done(await (await import('./commands/learn/start.js')).start(settingsOf(flags), id, flags)),
    );

  within('coach', 'open the live screen of the exercise that is under way', [
    'halab learn coach',
    'halab learn coach --shells',
  ])
    .addOption(flag('--shells', SHELLS))
    .action(async (flags) => done(await (await import('./commands/learn/coach.js')).coach(settingsOf(flags), flags)));

  within('show', 'show the task, and how it stood when halab last looked', [
    'halab learn show',
    'halab learn show --json',
  ]).action(async (flags) => done((await import('./commands/learn/show.js')).show(settingsOf(flags), flags)));

  within('check', 'look at the cluster, and say what of the task holds', ['halab learn check']).action(async (flags) =>
    done(await (await import('./commands/learn/act.js')).check(settingsOf(flags), flags)),
  );

  within('next', 'go on from a task that is done; a step of halab is done by it', ['halab learn next']).action(
    async (flags) => done(await (await import('./commands/learn/act.js')).next(settingsOf(flags), flags)),
  );

  within('answer <option>', 'answer the question of the task, or predict what will happen', [
    'halab learn answer moves',
    'halab learn answer moves --because "its host is lost"',
  ])
    .addOption(flag('--because <text>', 'your reason, for the report'))
    .action(async (option, flags) =>
      done(await (await import('./commands/learn/act.js')).answer(settingsOf(flags), option, flags)),
    );

  within('hint', 'give the next hint: where to look, what is wrong, the rule, and last the solution', [
    'halab learn hint',
  ]).action(async (flags) => done(await (await import('./commands/learn/act.js')).hint(settingsOf(flags), flags)));

  within('solve', 'have halab type the solution of this task; it then earns no points', ['halab learn solve']).action(
    async (flags) => done(await (await import('./commands/learn/act.js')).solve(settingsOf(flags), flags)),
  );

  within('goto <step>', 'go to a step: halab brings the lab back, and does the steps before it', [
    'halab learn goto drill',
  ]).action(async (step, flags) =>
    done(await (await import('./commands/learn/act.js')).goTo(settingsOf(flags), step, flags)),
  );

  within('reset', 'bring the lab back to where this step begins, whatever was done to it', [
    'halab learn reset',
    'halab learn reset --all',
  ])
    .addOption(flag('--all', 'back to where the exercise begins'))
    .action(async (flags) => done(await (await import('./commands/learn/act.js')).reset(settingsOf(flags), flags)));

  within('finish', 'look once more, and end the exercise: what holds then counts', ['halab learn finish']).action(
    async (flags) => done(await (await import('./commands/learn/act.js')).finish(settingsOf(flags), flags)),
  );

  within('report', 'write one page to hand in: tasks, predictions, hints, what the cluster did and what was typed', [
    'halab learn report',
    'halab learn report --out my-exercise.html',
    'halab learn report --json',
  ])
    .addOption(flag('--out <file>', 'where to write the page (default: EXERCISE-STUDENT.html in this folder)'))
    .action(async (flags) => done(await (await import('./commands/learn/report.js')).report(settingsOf(flags), flags)));

  within(
    'verify [exercises...]',
    'verify exercises as their author: each is done twice on a real lab, with its mistakes, and without its lines',
    ['halab learn verify', 'halab learn verify ./my-exercise.yaml'],
  ).action(async (ids, flags) =>
    done(await (await import('./commands/learn/verify.js')).verify(settingsOf(flags), ids, flags)),
  );
}
