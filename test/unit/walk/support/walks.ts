import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../../../src/cli/run/request.js';
import { loadLab } from '../../../../src/config/files.js';
import { readScenario, scenarioText } from '../../../../src/config/scenario.js';
import type { RawScenario } from '../../../../src/config/scenario-schema.js';
import { readSource } from '../../../../src/config/source.js';
import { FAULTS, type FaultKind } from '../../../../src/faults/index.js';
import type { Scene } from '../../../../src/faults/walk/scene.js';
import { haNodesOf, type Lab } from '../../../../src/model/lab.js';
import type { Scenario } from '../../../../src/model/scenario.js';
import { type DrawnFault, drawWalk } from '../../../../src/walk/draw.js';
import { scenarioOfWalk } from '../../../../src/walk/walk.js';

const TOP = fileURLToPath(new URL('../../../../', import.meta.url));
export const KINDS = Object.keys(FAULTS) as FaultKind[];

export function labNamed(name: string): Lab {
  return loadLab(join(TOP, 'labs', `${name}.yaml`), { root: TOP, cwd: TOP }).lab;
}

export function sceneWithVip(lab: Lab, kinds: readonly FaultKind[] = KINDS): Scene {
  const vip = lab.addresses.find(({ name }) => name === 'vip');
  return {
    lab,
    hosts: haNodesOf(lab).map(({ name }) => name),
    resources: vip ? [{ id: 'vip', agent: 'ocf:heartbeat:IPaddr2', address: vip.address }] : [],
    isFencing: false,
    kinds,
  };
}

/** Where every kind that is ever drawn can be: what the set-ups leave is fenced, stands on a shared disk and has a daemon. */
export function sceneWithAll(lab: Lab): Scene {
  const scene = sceneWithVip(lab);
  const more = [
    { id: 'web-fs', agent: 'ocf:heartbeat:Filesystem' },
    { id: 'web-server', agent: 'ocf:heartbeat:nginx' },
  ];
  return { ...scene, resources: [...scene.resources, ...more], isFencing: true };
}

export function drawn(scene: Scene, seed: number, count: number): readonly DrawnFault[] {
  return drawWalk(scene, createRandom(seed), count);
}

export function rawWalk(faults: readonly DrawnFault[], scene: Scene, seed = 0): RawScenario {
  return scenarioOfWalk(faults, scene, { seed, given: [] });
}

/** Through text and back, as a run reads it. Throws with every problem of it. */
export function readWalk(faults: readonly DrawnFault[], scene: Scene): Scenario {
  const source = readSource('walk.yaml', scenarioText(rawWalk(faults, scene), []));
  const { scenario, problems } = readScenario(source, scene.lab);
  if (scenario === undefined) throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return scenario;
}
