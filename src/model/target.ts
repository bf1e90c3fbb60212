/**
 * A node, by name or by role. Written in a scenario as
 * `ha-host1` · `all` · `{dc}` · `{holder of vip}` · `{was holder of vip}` · `{any other than holder of vip}` ·
 * `{storage}` · `{client}` · `{as NAME}`.
 * A role is resolved when the step starts and recorded; `was` means the node recorded for that role before, and `as` the
 * node that a step kept under a name.
 */
export type Target =
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'dc'; readonly was: boolean }
  | { readonly kind: 'holder'; readonly resource: string; readonly was: boolean }
  | { readonly kind: 'other'; readonly than: Target }
  | { readonly kind: 'storage' }
  | { readonly kind: 'client' }
  | { readonly kind: 'kept'; readonly name: string };

/** As a scenario writes it: a node's name, `all`, or a role in braces. */
export function targetText(target: Target): string {
  return target.kind === 'node' || target.kind === 'all' ? roleText(target) : `{${roleText(target)}}`;
}

/** The same without braces: `was holder of vip`. */
export function roleText(target: Target): string {
  const was = isPast(target) && 'was' in target ? 'was ' : '';
  return was + roleKey(target);
}

/** The name a role is recorded under: `holder of vip`, with or without `was`. */
export function roleKey(target: Target): string {
  switch (target.kind) {
    case 'node':
      return target.name;
    case 'all':
    case 'dc':
    case 'storage':
    case 'client':
      return target.kind;
    case 'kept':
      return `as ${target.name}`;
    case 'holder':
      return `holder of ${target.resource}`;
    case 'other':
      return `any other than ${roleText(target.than)}`;
  }
}

/** Whether it refers to a previously recorded node. */
export function isPast(target: Target): boolean {
  if (target.kind === 'other') return isPast(target.than);
  return target.kind === 'kept' || ('was' in target && target.was);
}

/** The argv of a step's command with its roles replaced; a role that means no node is left as it is written. */
export function argvOn(
  { argv, roles = {} }: { readonly argv: readonly string[]; readonly roles?: Readonly<Record<string, Target>> },
  nodeOf: (role: Target) => string | undefined,
): readonly string[] {
  const nodes = Object.entries(roles).map(([text, role]) => [text, nodeOf(role) ?? text] as const);
  return argv.map((word) => nodes.reduce((filled, [text, node]) => filled.replaceAll(text, node), word));
}
