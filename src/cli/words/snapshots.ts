import { type Words, withGlobals, withLab } from './flags.js';

/** Of backends that can. */
export function addSnapshots({ program, settingsOf, done }: Words): void {
  const snapshot = program.command('snapshot').description('keep a lab as it stands, and go back to it').exitOverride();
  const snapshots = (words: string, description: string) =>
    withLab(withGlobals(snapshot.command(words).description(description)));
  snapshots('take <snapshot>', 'keep all nodes as they are, memory included').action(async (name, flags) =>
    done(await (await import('../commands/snapshot.js')).takeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('restore <snapshot>', 'all nodes go on from where they were').action(async (name, flags) =>
    done(await (await import('../commands/snapshot.js')).restoreSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('remove <snapshot>', 'forget a snapshot').action(async (name, flags) =>
    done(await (await import('../commands/snapshot.js')).removeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('show', 'the snapshots of a lab').action(async (flags) =>
    done(await (await import('../commands/snapshot.js')).listSnapshots(settingsOf(flags), flags)),
  );
}
