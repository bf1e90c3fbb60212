import { EXIT } from '../../model/verdict.js';
import { systemClock } from '../../system/clock.js';
import type { AnswerOf } from '../answers/index.js';
import { instanceToBringUp, type LabFlags, remember, withLock } from '../lab-session.js';
import { output } from '../output.js';
import { requireMachine } from '../preflight.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';
import { withInterrupt } from '../with-interrupt.js';

export async function up(settings: Settings, flags: LabFlags): Promise<number> {
  const instance = instanceToBringUp(settings, flags);
  const backend = await backendOf(instance, settings);
  await requireMachine(backend, instance);
  const startedAt = systemClock.monotonicMs();
  await withInterrupt((signal) =>
    withLock(settings, instance.name, 'up', async () => {
      remember(settings, instance);
      await backend.up(instance, {
        signal,
        onProgress: ({ stage, text }) => output.note(`[${elapsed(startedAt)}] ${stage}: ${text}`),
      });
    }),
  );
  const status = await backend.status(instance);
  if (settings.json) output.json({ schema: 'halab.status/1', labs: [status] } satisfies AnswerOf<'status'>);
  else {
    const nameFlag = instance.name === 'linuxha' ? '' : ` --name ${instance.name}`;
    output.line(`${instance.name} is up: ${status.nodes.map(({ node }) => node).join(', ')} (${elapsed(startedAt)})`);
    output.line(`  halab run scenarios/walkthrough${nameFlag}   forms the cluster and pulls the first cable`);
    output.line(`  halab ssh ${instance.lab.nodes.at(-1)?.name}${nameFlag}   a shell on a node`);
    output.line(`  halab down${nameFlag}   removes the lab`);
  }
  return EXIT.passed;
}

function elapsed(since: number): string {
  return `${((systemClock.monotonicMs() - since) / 1000).toFixed(1)}s`;
}
