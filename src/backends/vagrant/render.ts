import type { Lab, Provider } from '../../model/lab.js';

/** What a lab's Vagrantfile is made from. */
export interface RenderInput {
  /** The name that everything made carries, with `halab-` before it. */
  readonly instance: string;
  readonly lab: Lab;
  readonly provider: Provider;
  /** An archive of packages beside the Vagrantfile, for nodes that reach no package source: `packages.tar`. */
  readonly packages?: string;
}

/** A file below the folder of the Vagrantfile. */
export interface RenderedFile {
  /** With slashes, e.g. `provision/links.sh`. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** Vagrantfile, provisioning scripts and hosts file; the Vagrantfile stands first. Pure but for the templates it reads. */
export function renderLab(_input: RenderInput): readonly RenderedFile[] {
  return [];
}
