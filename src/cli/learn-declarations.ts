import { type Words, withGlobals, withLab } from './flags.js';

/** Guided exercises. */
export function addLearn({ program, settingsOf, done }: Words): void {
  const learn = program
    .command('learn')
    .description('do exercises on a real cluster, with checks and hints')
    .exitOverride();
  const within = (words: string, description: string, examples: readonly string[]) =>
    withLab(withGlobals(learn.command(words).description(description), examples));

  within('show', 'show the task, and how it stood when halab last looked', [
    'halab learn show',
    'halab learn show --json',
  ]).action(async (flags) => done((await import('./commands/learn/show.js')).show(settingsOf(flags), flags)));
}
