/** A binary package of Debian, by its control fields (deb-control(5)). */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** What it was built from, and the version of that: what was built together is put in together. */
  readonly source: string;
  readonly sourceVersion: string;
  /** Pre-Depends and Depends, as they are written. */
  readonly needs: string;
  /** Provides, as it is written. */
  readonly provides: string;
}

/** A package that a stack has, as a file. */
export interface Deb extends Package {
  readonly architecture: string;
  readonly sha256: string;
  /** Absolute path. */
  readonly file: string;
}

/** Packages under test: nodes have them on top of their image. */
export interface Stack {
  /** As given: folders, files and lines of sources.list(5). */
  readonly sources: readonly string[];
  /** At most one version of each. A node takes those that its image has too, and what they need. */
  readonly debs: readonly Deb[];
}
