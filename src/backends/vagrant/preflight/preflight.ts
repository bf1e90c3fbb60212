import type { LabInstance } from '../../../model/lab.js';
import type { Finding } from '../../../ports/backend.js';
import { boxOf } from '../boxes.js';
import type { VagrantDeps } from '../deps.js';
import { providerOf } from '../hypervisor-of.js';
import { ownBoxOf } from '../options.js';
import { gatherFacts } from './gather.js';
import { judge } from './judge.js';

/** What this machine has and lacks for the lab; looks only, changes nothing. */
export async function preflight(deps: VagrantDeps, instance: LabInstance): Promise<readonly Finding[]> {
  const { lab } = instance;
  const provider = providerOf(deps, instance);
  const ownBox = ownBoxOf(instance);
  const box = boxOf(lab.image, provider, ownBox).name;
  return judge(await gatherFacts(deps, provider), { lab, provider, box, isOwnBox: ownBox !== undefined });
}
