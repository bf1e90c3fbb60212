import { groupBy } from '../model/group-by.js';
import { type Difference, differences } from '../report/compare.js';
import type { Attempt } from './run-index.js';
import type { PackageVersion } from './run-rows.js';

export type PackageSets = ReadonlyMap<string, readonly PackageVersion[]>;

/** Pure. What is not the same in two runs: packages first, then image, kernel, halab, machine and files. */
export function whatDiffers(before: Attempt, after: Attempt, sets: PackageSets): readonly Difference[] {
  return [...packagesThatDiffer(before, after, sets), ...differences(factsOf(before), factsOf(after))];
}

function factsOf({ facts, digest }: Attempt): ReadonlyMap<string, string> {
  const { machine } = facts;
  return new Map(
    Object.entries({
      'image hash': facts.imageHash?.slice(0, 12),
      kernel: facts.kernel,
      halab: facts.halab,
      machine: machine?.name,
      processors: machine && `${machine.cores} × ${machine.cpu}`,
      memory: machine && `${Math.round(machine.memoryMiB / 1024)} GiB`,
      'lab file': facts.labDigest,
      'scenario file': digest,
      slowness: facts.slowness === undefined ? undefined : String(facts.slowness),
    }).flatMap(([what, value]) => (value === undefined ? [] : [[what, value] as const])),
  );
}

/** One line for a package that changed alike on several nodes; it names them where not all that have the package did. */
function packagesThatDiffer(before: Attempt, after: Attempt, sets: PackageSets): readonly Difference[] {
  const [old, now] = [before, after].map(({ facts }) => sets.get(facts.packages ?? '') ?? []);
  if (old === undefined || now === undefined || old.length === 0 || now.length === 0) return [];
  const byName = (list: readonly PackageVersion[]) =>
    new Map(list.map(({ node, name, version }) => [`${name} ${node}`, version] as const));
  const changed = differences(byName(old), byName(now)).map((each) => {
    const [name = '', node = ''] = each.what.split(' ');
    return { ...each, name, node };
  });
  const nodesWith = (name: string) =>
    new Set([...old, ...now].filter((each) => each.name === name).map(({ node }) => node));
  return [...groupBy(changed, ({ name, before: was, after: is }) => `${name} ${was} ${is}`).values()].map((alike) => {
    const [{ name, node: _node, what: _what, ...versions }] = alike;
    const isEverywhere = alike.length === nodesWith(name).size;
    return { what: isEverywhere ? name : `${name} (${alike.map(({ node }) => node).join(', ')})`, ...versions };
  });
}
