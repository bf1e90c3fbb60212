/** The differences between a cluster after a scenario and its snapshot, by name. */
export interface Residue {
  /** Ids of created, deleted and changed resources; a group or a clone counts once. */
  readonly resources: readonly string[];
  readonly constraints: readonly string[];
  readonly properties: readonly string[];
  /** Nodes with other permanent attributes, standby and maintenance among them. */
  readonly nodes: readonly string[];
  /** Whole sections of the CIB's configuration: `fencing-topology`, `rsc_defaults` … */
  readonly sections: readonly string[];
  /** Failures, `vip on ha-host1`. */
  readonly failures: readonly string[];
  readonly attributes: readonly TransientAttribute[];
  /** Nodes that were fenced, or for which fencing was requested. */
  readonly fencings: readonly string[];
}

/** An attribute that a node has until its cluster stops. */
export interface TransientAttribute {
  readonly node: string;
  readonly name: string;
}

export const NO_RESIDUE: Residue = {
  resources: [],
  constraints: [],
  properties: [],
  nodes: [],
  sections: [],
  failures: [],
  attributes: [],
  fencings: [],
};

export function isClean(residue: Residue): boolean {
  return Object.values(residue).every((names: readonly unknown[]) => names.length === 0);
}

const COUNTED: { readonly [K in keyof Residue]: readonly [string, string] } = {
  resources: ['resource', 'resources'],
  constraints: ['constraint', 'constraints'],
  properties: ['property', 'properties'],
  nodes: ['node', 'nodes'],
  sections: ['section of the CIB', 'sections of the CIB'],
  failures: ['failure', 'failures'],
  attributes: ['node attribute', 'node attributes'],
  fencings: ['fencing', 'fencings'],
};

/** `2 resources, 1 constraint` */
export function residueText(residue: Residue): string {
  return (Object.keys(COUNTED) as (keyof Residue)[])
    .filter((kind) => residue[kind].length > 0)
    .map((kind) => `${residue[kind].length} ${COUNTED[kind][residue[kind].length === 1 ? 0 : 1]}`)
    .join(', ');
}
