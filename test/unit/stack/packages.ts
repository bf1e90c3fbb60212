import type { Deb } from '../../../src/model/stack.js';

/** A package as a source has it. */
export function deb(name: string, version: string, more: Partial<Deb> = {}): Deb {
  const { source = name } = more;
  return {
    name,
    version,
    source,
    sourceVersion: version,
    needs: '',
    provides: '',
    architecture: 'amd64',
    sha256: `${source}-${name}-${version}`,
    file: `/debs/${name}_${version}.deb`,
    ...more,
  };
}

export const labels = (debs: readonly Deb[]) => debs.map(({ name, version }) => `${name} ${version}`);
