import { type Words, withGlobals, withLab } from './flags.js';

/** Of backends that can. */
export function addSnapshots({ program, settingsOf, done }: Words): void {
  const snapshot = program.command('snapshot').description('keep a lab as it stands, and go back to it').exitOverride();
  const snapshots = (words: string, description: string, examples: readonly string[]) =>
    withLab(withGlobals(snapshot.command(words).description(description), examples));
  snapshots('take <snapshot>', 'keep all nodes as they are, memory included', [
    'halab snapshot take formed',
    'halab snapshot take before-the-exercise --name mine',
  ]).action(async (name, flags) =>
    done(await (await import('../commands/snapshot.js')).takeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('restore <snapshot>', 'all nodes go on from where they were', ['halab snapshot restore formed']).action(
    async (name, flags) =>
      done(await (await import('../commands/snapshot.js')).restoreSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('remove <snapshot>', 'forget a snapshot', ['halab snapshot remove formed']).action(async (name, flags) =>
    done(await (await import('../commands/snapshot.js')).removeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('show', 'the snapshots of a lab', ['halab snapshot show --json']).action(async (flags) =>
    done(await (await import('../commands/snapshot.js')).listSnapshots(settingsOf(flags), flags)),
  );
}
