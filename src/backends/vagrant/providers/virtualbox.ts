import { isLabError, LabError } from '../../../model/errors.js';
import { call, execOrThrow, lastLines } from '../call.js';
import { slowed, type VagrantDeps } from '../deps.js';
import type { Hypervisor, Machine } from '../hypervisor.js';
import { instanceOf, labelIn } from '../labels.js';
import { PROGRAMS } from '../programs.js';
import { cardOf, parseInfo, parseMachines, parseMedia, parseSnapshots, stateOf } from './virtualbox-text.js';

const ANSWER_MS = 30_000;
const SNAPSHOT_MS = 10 * 60_000;
/** A machine's session stays open for a moment after its power was cut, and until then it refuses everything. */
const UNLOCKED_MS = 30_000;
const POLL_MS = 500;
const LOCKED = /is already locked by a session|VBOX_E_INVALID_OBJECT_STATE/;
const NOT_FOUND = /Could not find a registered machine|VBOX_E_OBJECT_NOT_FOUND/;
const NO_SNAPSHOTS = /does not have any snapshots/;

/** VirtualBox by VBoxManage (VirtualBox manual, chapter 8). */
export function createVirtualBox(deps: VagrantDeps): Hypervisor {
  const snapshotMs = slowed(deps, SNAPSHOT_MS);
  const vbox = (what: string, args: readonly string[], timeoutMs?: number) =>
    execOrThrow(deps, ['VBoxManage', ...args], { what, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const infoOf = async (name: string) =>
    parseInfo(await vbox(`looking at ${name}`, ['showvminfo', name, '--machinereadable']));
  const cut = async (name: string) => {
    await vbox(`cutting the power of ${name}`, ['controlvm', name, 'poweroff']);
  };
  const start = (name: string) =>
    whileLocked(deps, () => vbox(`starting ${name}`, ['startvm', name, '--type', 'headless']));
  const pause = async (name: string) => void (await vbox(`pausing ${name}`, ['controlvm', name, 'pause']));

  async function cardWith({ name }: Machine, mac: string) {
    const info = await infoOf(name);
    const card = cardOf(info, mac);
    if (card !== undefined) return { card, info };
    throw new LabError('backend-failed', `${name} has no network card with the MAC address ${mac}`, {
      hint: 'its Vagrantfile is not the one it was made from: halab down, then halab up',
    });
  }

  return {
    kind: 'VirtualBox VM',
    program: PROGRAMS.virtualbox,
    answers: async () => {
      try {
        return (await call(deps, ['VBoxManage', '--version'], { timeoutMs: slowed(deps, ANSWER_MS) })).exitCode === 0;
      } catch (error) {
        if (isLabError(error)) return false;
        throw error;
      }
    },
    machines: async () => {
      const all = parseMachines(await vbox('listing machines', ['list', 'vms']));
      const ours = all.filter(({ name }) => instanceOf(name) !== undefined);
      return Promise.all(ours.map(async (each) => ({ ...each, state: stateOf(await infoOf(each.name)) })));
    },
    find: async (name) => {
      const result = await call(deps, ['VBoxManage', 'showvminfo', name, '--machinereadable']);
      if (result.exitCode !== 0 && NOT_FOUND.test(result.stderr)) return undefined;
      const info = parseInfo(result.stdout);
      const id = info.get('UUID');
      if (result.exitCode === 0 && id) return { name, id, state: stateOf(info) };
      throw new LabError('backend-failed', `VBoxManage reports nothing about ${name}: ${lastLines(result)}`, {
        hint: 'halab doctor --backend vagrant says whether VirtualBox answers',
      });
    },
    // Host-only networks are numbered, and machines of two labs of one range share one.
    ranges: async () => [],
    residues: async () =>
      parseMedia(await vbox('listing disk images', ['list', 'hdds'])).flatMap(({ id, location }) => {
        const name = nameOfMedium(location);
        const remove = async () => void (await vbox(`removing ${location}`, ['closemedium', 'disk', id, '--delete']));
        return name === undefined ? [] : [{ kind: `disk image ${location}`, name, remove }];
      }),
    remove: async ({ name, state }) => {
      if (state !== 'off') await cut(name);
      await whileLocked(deps, () => vbox(`removing ${name}`, ['unregistervm', name, '--delete']));
    },
    power: { start: async (name) => void (await start(name)), cut },
    pause: {
      pause,
      resume: async (name) => void (await vbox(`resuming ${name}`, ['controlvm', name, 'resume'])),
    },
    cables: {
      set: async (machine, mac, wanted) => {
        const { card } = await cardWith(machine, mac);
        const state = wanted === 'up' ? 'on' : 'off';
        const what = `setting the cable of card ${card} of ${machine.name} ${wanted}`;
        if (machine.state === 'off') await vbox(what, ['modifyvm', machine.name, `--cableconnected${card}`, state]);
        else await vbox(what, ['controlvm', machine.name, `setlinkstate${card}`, state]);
      },
      get: async (machine, mac) => {
        const { card, info } = await cardWith(machine, mac);
        return info.get(`cableconnected${card}`) === 'off' ? 'down' : 'up';
      },
    },
    snapshots: {
      take: async (name, snapshot, at) => {
        const args = ['snapshot', name, 'take', snapshot, '--description', at];
        await vbox(`taking the snapshot ${snapshot} of ${name}`, args, snapshotMs);
      },
      restore: async ({ name, state }, snapshot) => {
        const what = `restoring ${name} to ${snapshot}`;
        if (state !== 'off') await cut(name);
        await whileLocked(deps, () => vbox(what, ['snapshot', name, 'restore', snapshot], snapshotMs));
        if ((await infoOf(name)).get('VMState') !== 'saved') return;
        await start(name);
        await pause(name);
      },
      list: async (name) => {
        const { exitCode, stdout, stderr } = await call(deps, [
          'VBoxManage',
          'snapshot',
          name,
          'list',
          '--machinereadable',
        ]);
        if (exitCode === 0) return parseSnapshots(stdout);
        if (NO_SNAPSHOTS.test(stdout + stderr)) return [];
        throw new LabError('backend-failed', `listing snapshots of ${name} failed: ${(stderr || stdout).trim()}`);
      },
      remove: async (name, snapshot) => {
        await vbox(`removing the snapshot ${snapshot} of ${name}`, ['snapshot', name, 'delete', snapshot], snapshotMs);
      },
    },
  };
}

/** A machine's own disk lies in the machine's folder; a data disk lies in the lab's, named after its node. */
function nameOfMedium(location: string): string | undefined {
  const label = labelIn(location);
  const file = location.split(/[\\/]/).at(-1);
  return label === undefined || label.includes('.') ? label : `${label}.${file}`;
}

/** Again while the machine is locked, for then nothing was done. Throws the last refusal. */
async function whileLocked<T>(deps: VagrantDeps, work: () => Promise<T>): Promise<T> {
  const deadline = deps.clock.monotonicMs() + slowed(deps, UNLOCKED_MS);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const refused = isLabError(error) && LOCKED.test(error.message);
      if (!refused || deps.clock.monotonicMs() > deadline) throw error;
    }
    await deps.clock.sleep(POLL_MS);
  }
}
