import type { Primitive, ResourceFlags } from '../../model/cluster-state.js';
import type { Open } from './draft.js';

export const NO_FLAGS: ResourceFlags = {
  managed: true,
  disabled: false,
  blocked: false,
  failed: false,
  orphaned: false,
};

/** What may stand in brackets behind a container's id, beside the flags of all its members. */
interface ContainerFlags {
  readonly flags: ResourceFlags;
  readonly promotable: boolean;
  readonly unique: boolean;
  /** `(2 members inactive)`. */
  readonly inactive?: number;
}

type InstanceFlags = ResourceFlags & Pick<Primitive, 'pending' | 'unclean'> & { readonly locked?: true | string };

/** The conditions of every release (`pcmk__native_output_string`, `clone_header`, `group_header`, `pe__bundle_text`). */
const FLAGS: Readonly<Record<string, (flags: Open<ResourceFlags>) => void>> = {
  unmanaged: (flags) => {
    flags.managed = false;
  },
  disabled: (flags) => {
    flags.disabled = true;
  },
  'target-role:stopped': (flags) => {
    flags.disabled = true;
  },
  blocked: (flags) => {
    flags.blocked = true;
  },
  failed: (flags) => {
    flags.failed = true;
  },
  'failure ignored': (flags) => {
    flags.failureIgnored = true;
  },
  orphaned: (flags) => {
    flags.orphaned = true;
  },
  removed: (flags) => {
    flags.orphaned = true;
  },
  maintenance: (flags) => {
    flags.maintenance = true;
  },
};

/** The operations in progress that stand in brackets: the role stays what it was. */
const PENDING = ['Monitoring', 'Checking'];

/** The words in brackets, one list a bracket: what is no known flag is a description, which is free text. */
export function instanceFlags(brackets: readonly string[]): InstanceFlags {
  const flags: Open<InstanceFlags> = { ...NO_FLAGS };
  for (const word of brackets.flatMap((bracket) => bracket.split(',').map((part) => part.trim()))) {
    const lock = /^LOCKED(?: (\S+))?$/.exec(word);
    if (lock !== null) flags.locked = lock[1] ?? true;
    else if (word === 'UNCLEAN') flags.unclean = true;
    else if (PENDING.includes(word)) flags.pending = word;
    else setFlag(flags, word);
  }
  return flags;
}

export function containerFlags(brackets: readonly string[]): ContainerFlags {
  const flags: Open<ResourceFlags> = { ...NO_FLAGS };
  const kind: Open<Omit<ContainerFlags, 'flags'>> = { promotable: false, unique: false };
  for (const word of brackets.flatMap((bracket) => bracket.split(',').map((part) => part.trim()))) {
    const inactive = /^(\d{1,9}) members? inactive$/.exec(word)?.[1];
    if (inactive !== undefined) kind.inactive = Number(inactive);
    else if (word === 'promotable') kind.promotable = true;
    else if (word === 'unique') kind.unique = true;
    else setFlag(flags, word);
  }
  return { flags, ...kind };
}

function setFlag(flags: Open<ResourceFlags>, word: string): void {
  const name = word.toLowerCase().replace(/^target-role: /, 'target-role:');
  if (Object.hasOwn(FLAGS, name)) FLAGS[name]?.(flags);
}

/** Words, `(…)` and `[…]` of a text, in order. */
interface Token {
  readonly kind: 'word' | 'round' | 'square';
  /** Without its brackets. */
  readonly text: string;
}

/** A round bracket may hold one more (a description is free text); the parts cannot take each other's characters. */
const TOKEN = /\s+|\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^[\]]*)\]|[^\s()[\]]+/y;

/** `undefined` where a bracket is left open, or closed that was not opened. */
export function tokensOf(source: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) return undefined;
    const [whole, round, square] = match;
    if (round !== undefined) tokens.push({ kind: 'round', text: round });
    else if (square !== undefined) tokens.push({ kind: 'square', text: square });
    else if (whole.trim() !== '') tokens.push({ kind: 'word', text: whole });
  }
  return tokens;
}

/** The texts of the round brackets of `source`, where it holds nothing else; `undefined` otherwise. */
export function roundOnly(source: string): readonly string[] | undefined {
  const tokens = tokensOf(source);
  return tokens?.every(({ kind }) => kind === 'round') ? tokens.map(({ text }) => text) : undefined;
}
