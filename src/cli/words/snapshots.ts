import { type Words, withGlobals, withLab } from './flags.js';

/** Snapshots, of the backends that have them. */
export function addSnapshots({ program, settingsOf, done }: Words): void {
  const snapshot = program.command('snapshot').description('save the state of a lab, and restore it').exitOverride();
  const snapshots = (words: string, description: string, examples: readonly string[]) =>
    withLab(withGlobals(snapshot.command(words).description(description), examples));
  snapshots('take <snapshot>', 'save the state of all nodes, memory included', [
    'halab snapshot take formed',
    'halab snapshot take before-the-exercise --name mine',
  ]).action(async (name, flags) =>
    done(await (await import('../commands/snapshot.js')).takeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('restore <snapshot>', 'restore the state of all nodes', ['halab snapshot restore formed']).action(
    async (name, flags) =>
      done(await (await import('../commands/snapshot.js')).restoreSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('remove <snapshot>', 'delete a snapshot', ['halab snapshot remove formed']).action(async (name, flags) =>
    done(await (await import('../commands/snapshot.js')).removeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('show', 'list the snapshots of a lab', ['halab snapshot show --json']).action(async (flags) =>
    done(await (await import('../commands/snapshot.js')).listSnapshots(settingsOf(flags), flags)),
  );
}
