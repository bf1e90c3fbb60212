import { parseTarget } from '../fields/target.js';
import { fillWords } from '../fields/words.js';
import { DEFAULT_FULL_PATH } from '../model/fault-limits.js';
import { haNodesOf, type Lab } from '../model/lab.js';
import { type Ability, CABLE_MEANS, type Fault } from '../model/scenario.js';
import { needsNetem } from '../model/shaping.js';
import type { RawFault } from './fault-schema.js';
import { repetitionFrom } from './repetition.js';
import { type ShapingWords, shapingFromWords } from './shaping.js';
import { parseSkew } from './skew.js';

export function faultFromRaw(raw: RawFault, lab: Lab): Fault {
  if (raw.kind === 'partition' || raw.kind === 'ring') return faultOnSeveral(raw, lab);
  const node = parseTarget(raw.node);
  switch (raw.kind) {
    case 'link-down':
      return { ...raw, node, by: raw.by ?? 'admin' };
    case 'one-way-loss':
      return { ...raw, node, from: parseTarget(raw.from) };
    case 'daemon-kill': {
      const { times, every, ...once } = raw;
      return { ...once, node, ...repetitionFrom(times, every) };
    }
    case 'shape':
      return { kind: 'shape', node, link: raw.link, ...shapingFromWords(raw) };
    case 'isolate':
      return { kind: 'isolate', node, ...onLink(raw) };
    case 'address-gone':
      return { ...raw, node, address: fillWords(raw.address, lab) };
    case 'disk-full':
      return { ...raw, node, path: raw.path ?? DEFAULT_FULL_PATH };
    case 'clock-skew':
      return { kind: raw.kind, node, byMs: parseSkew(raw.by) };
    default:
      return { ...raw, node };
  }
}

function faultOnSeveral(raw: Extract<RawFault, { kind: 'partition' | 'ring' }>, lab: Lab): Fault {
  if (raw.kind === 'ring') {
    const names = raw.nodes ?? haNodesOf(lab).map(({ name }) => name);
    return { kind: 'ring', nodes: names.map(parseTarget), ...onLink(raw) };
  }
  const groups = raw.groups.flatMap((group) => (group === 'rest' ? [] : [group.map(parseTarget)]));
  return { kind: 'partition', groups, ...(raw.groups.includes('rest') ? { rest: true } : {}), ...onLink(raw) };
}

function onLink({ link }: { readonly link?: string | undefined }): { readonly link?: string } {
  return link === undefined ? {} : { link };
}

/** What the backend must be able to do for it; what goes through the way into a node needs nothing. */
export function abilitiesFor(
  fault: Pick<RawFault, 'kind'> & ShapingWords & { readonly by?: string | undefined },
): readonly Ability[] {
  switch (fault.kind) {
    case 'link-down':
      return (CABLE_MEANS as readonly string[]).includes(fault.by ?? 'admin') ? ['links'] : [];
    case 'shape':
      return needsNetem(shapingFromWords(fault)) ? ['netem'] : [];
    case 'power-off':
      return ['power'];
    case 'freeze':
      return ['pause'];
    case 'clock-skew':
      return ['clock'];
    case 'controller-fail':
      return ['controllers'];
    case 'target-stop':
    case 'initiator-cut':
      return ['shared-storage'];
    case 'lun-fault':
      return ['lun-faults'];
    default:
      return [];
  }
}
