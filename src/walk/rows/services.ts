import type { Draw, RowOf } from '../row.js';
import type { WalkResource } from '../scene.js';
import { holderOf, wasOf } from '../whom.js';
import { idsOf, mayBreak } from './excuses.js';

/** Agents whose daemon has one name on every distribution. */
const PROCESS_OF: Readonly<Record<string, string>> = {
  'ocf:heartbeat:nginx': 'nginx',
  'systemd:nginx': 'nginx',
};

export const processKillRow: RowOf<'process-kill'> = {
  weight: 10,
  draw(draw) {
    const { id, agent } = draw.chance.one(held(draw).filter((each) => each.agent in PROCESS_OF)) ?? {};
    const process = agent && PROCESS_OF[agent];
    return id && process ? { kind: 'process-kill', node: holderOf(id), process } : undefined;
  },
  costs: () => 0,
  inForce: ({ process }, scene) => failedMonitor(process, scene.resources),
  healed: ({ process }, { resources }) => [
    ...failedMonitor(process, resources),
    // Healing brings nothing back, and the fault explains nothing any more.
    ...mayBreak('single-active', ofProcess(process, resources), {
      en: 'Until its next monitor the cluster believes that the service runs.',
      zh: '在下一次 monitor 之前，集群仍认为服务在运行。',
    }),
  ],
  mend: () => 'sweep',
};

function ofProcess(process: string, resources: readonly WalkResource[]): readonly string[] {
  return idsOf(resources.filter(({ agent }) => PROCESS_OF[agent] === process));
}

function failedMonitor(process: string, resources: readonly WalkResource[]) {
  return mayBreak('no-failures', ofProcess(process, resources), {
    en: 'The next monitor finds the service dead.',
    zh: '下一次 monitor 会发现服务已经终止。',
  });
}

/** On its holder, who alone has a monitor to fail. Walks set a migration-threshold first (ground.ts). */
export const monitorFailRow: RowOf<'monitor-fail'> = {
  weight: 10,
  draw(draw) {
    const { id } = draw.chance.one(held(draw)) ?? {};
    return id === undefined ? undefined : { kind: 'monitor-fail', node: holderOf(id), resource: id };
  },
  costs: () => 0,
  // The usual intervals are 10 s to a minute, and the first failure has to wait for one.
  effect: ({ node, resource }) => ({
    expect: [{ resource, is: 'started', 'not-on': wasOf(node) }],
    within: '90s',
  }),
  healed: ({ resource }) =>
    mayBreak('no-failures', [resource], {
      en: 'A monitor that was made to fail may be counted only once the fault is healed.',
      zh: '被注入失败的 monitor，可能在故障恢复之后才被计入。',
    }),
  mend: () => 'cleanup',
};

/** Wherever it is: it bites when the resource is to start there while it is in force. */
export const startFailRow: RowOf<'start-fail'> = {
  weight: 8,
  draw({ scene, chance, on }) {
    const node = chance.one(on);
    const resource = chance.one(idsOf(scene.resources));
    return node && resource ? { kind: 'start-fail', node, resource } : undefined;
  },
  costs: () => 0,
  mend: () => 'cleanup',
};

/** Resources that somebody holds whom the fault may be on. */
function held({ scene, on }: Draw): readonly WalkResource[] {
  return scene.resources.filter(({ id }) => on.includes(holderOf(id)));
}
