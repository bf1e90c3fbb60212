import type { Lab } from '../../../model/lab.js';
import type { Finding } from '../../../ports/backend.js';
import { boxOf } from '../boxes.js';
import type { VagrantDeps } from '../deps.js';
import { gatherFacts } from './gather.js';
import { judge } from './judge.js';

/** What this machine has and lacks for the lab; looks only, changes nothing. */
export async function preflight(deps: VagrantDeps, lab: Lab): Promise<readonly Finding[]> {
  const { provider } = deps;
  const box = boxOf(lab.image, provider, lab.machines.box).name;
  return judge(await gatherFacts(deps, provider), { lab, provider, box });
}
