import type { Bundle, Clone, Group, Resource } from '../../model/cluster-state.js';
import { baseId, instancesOf, type ResourceInstance } from '../../model/resource-tree.js';
import { isCleanlyStopped } from '../../model/resource-view.js';
import { about, item, type Meaning, type MeaningCode } from '../meaning.js';
import { failuresOf, type Situation } from '../situation.js';
import { whyStopped } from './why-stopped.js';

/** Everything that does not run, each with its reason; what runs in part is said with its container. */
export function stoppedItems(situation: Situation): readonly Meaning[] {
  return situation.state.resources.flatMap((resource) => itemsOf(resource, situation));
}

function itemsOf(resource: Resource, situation: Situation): readonly Meaning[] {
  const instances = instancesOf({ resources: [resource] });
  if (resource.kind === 'group') return groupItems(resource, instances, situation);
  if (resource.kind !== 'primitive') return wholeItems(resource, instances, situation);
  return instances.filter(isCleanlyStopped).map((instance) => whyStopped({ instance, name: instance.id }, situation));
}

/** Where the first member does not run, the others cannot, whatever else may be the matter with them. */
const GIVES_WAY: readonly MeaningCode[] = ['stopped-unexplained', 'stopped-ticket', 'stopped-waits-for-fencing'];

/** Of a group that runs in part, the first member that is down is explained, and those that are meant to be down. */
function groupItems({ id }: Group, instances: readonly ResourceInstance[], situation: Situation): readonly Meaning[] {
  const first = instances.find((instance) => isCleanlyStopped(instance) || instance.failed);
  const isDown = instances.every(isCleanlyStopped);
  return instances.filter(isCleanlyStopped).flatMap((instance) => {
    const found = whyStopped({ instance, name: instance.id }, situation);
    if (instance === first || first === undefined) return [found];
    if (!isDown) return found.code === 'stopped-disabled' ? [found] : [];
    if (!GIVES_WAY.includes(found.code)) return [found];
    return [item('stopped-behind', 'problem', about('resource', instance.id), { first: first.id, container: id })];
  });
}

/** A clone or bundle of which nothing runs is one thing that is stopped. */
function wholeItems(
  { id }: Clone | Bundle,
  instances: readonly ResourceInstance[],
  situation: Situation,
): readonly Meaning[] {
  const [any] = instances;
  if (any === undefined || !instances.every(isCleanlyStopped)) return [];
  const telling = instances.find((each) => failuresOf(situation, each.id).length > 0) ?? any;
  return [whyStopped({ instance: { ...telling, id: baseId(telling.id) }, name: id }, situation)];
}
