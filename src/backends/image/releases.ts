/** A Debian release that nodes can be made of. */
export interface Release {
  readonly suite: string;
  /** Debian has taken the security archive of this release away: the main archive must do, named explicitly. */
  readonly mainArchiveOnly: boolean;
}

const RELEASES: Readonly<Record<string, Release>> = {
  'debian-11': { suite: 'bullseye', mainArchiveOnly: true },
  'debian-12': { suite: 'bookworm', mainArchiveOnly: false },
  'debian-13': { suite: 'trixie', mainArchiveOnly: false },
};

export const IMAGE_IDS: readonly string[] = Object.keys(RELEASES);

export function releaseOf(id: string): Release | undefined {
  return Object.hasOwn(RELEASES, id) ? RELEASES[id] : undefined;
}
