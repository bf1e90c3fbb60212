import { isLabError, LabError } from '../../../model/errors.js';
import type { LabSnapshot } from '../../../ports/backend.js';
import { answers, call, execOrThrow, lastLines, PROGRAMS } from '../call.js';
import { type Hypervisor, type Machine, type MachineState, slowed, type VagrantDeps } from '../hypervisor.js';
import { instanceOf, labelIn } from '../names.js';

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
    execOrThrow(deps, [PROGRAMS.virtualbox, ...args], { what, timeoutMs });
  const infoOf = async (name: string) =>
    parseInfo(await vbox(`looking at ${name}`, ['showvminfo', name, '--machinereadable']));
  const cut = (name: string) => vbox(`cutting the power of ${name}`, ['controlvm', name, 'poweroff']);
  const start = (name: string) =>
    whileLocked(deps, () => vbox(`starting ${name}`, ['startvm', name, '--type', 'headless']));
  const pause = (name: string) => vbox(`pausing ${name}`, ['controlvm', name, 'pause']);

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
    answers: () => answers(deps, [PROGRAMS.virtualbox, '--version'], ANSWER_MS),
    machines: async () => {
      const all = parseMachines(await vbox('listing machines', ['list', 'vms']));
      const ours = all.filter(({ name }) => instanceOf(name) !== undefined);
      return Promise.all(ours.map(async (each) => ({ ...each, state: stateOf(await infoOf(each.name)) })));
    },
    find: async (name) => {
      const result = await call(deps, [PROGRAMS.virtualbox, 'showvminfo', name, '--machinereadable']);
      if (result.exitCode !== 0 && NOT_FOUND.test(result.stderr)) return undefined;
      const info = parseInfo(result.stdout);
      const id = info.get('UUID');
      if (result.exitCode === 0 && id) return { name, id, state: stateOf(info) };
      throw new LabError('backend-failed', `VBoxManage reports nothing about ${name}: ${lastLines(result)}`, {
        hint: 'halab doctor --backend vagrant shows whether VirtualBox answers',
      });
    },
    // Host-only networks are numbered, and machines of two labs of one range share one.
    ranges: async () => [],
    residues: async () =>
      parseMedia(await vbox('listing disk images', ['list', 'hdds'])).flatMap(({ id, location }) => {
        const name = nameOfMedium(location);
        const remove = () => vbox(`removing ${location}`, ['closemedium', 'disk', id, '--delete']);
        return name === undefined ? [] : [{ kind: `disk image ${location}`, name, remove }];
      }),
    remove: async ({ name, state }) => {
      if (state !== 'off') await cut(name);
      await whileLocked(deps, () => vbox(`removing ${name}`, ['unregistervm', name, '--delete']));
    },
    power: { start, cut },
    pause: { pause, resume: (name) => vbox(`resuming ${name}`, ['controlvm', name, 'resume']) },
    cables: {
      set: async (machine, mac, wanted) => {
        const { card } = await cardWith(machine, mac);
        const state = wanted === 'up' ? 'on' : 'off';
        const what = `setting the cable of card ${card} of ${machine.name} ${wanted}`;
        return machine.state === 'off'
          ? vbox(what, ['modifyvm', machine.name, `--cableconnected${card}`, state])
          : vbox(what, ['controlvm', machine.name, `setlinkstate${card}`, state]);
      },
      get: async (machine, mac) => {
        const { card, info } = await cardWith(machine, mac);
        return info.get(`cableconnected${card}`) === 'off' ? 'down' : 'up';
      },
    },
    snapshots: {
      take: (name, snapshot, at) => {
        const args = ['snapshot', name, 'take', snapshot, '--description', at];
        return vbox(`taking the snapshot ${snapshot} of ${name}`, args, snapshotMs);
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
        const argv = [PROGRAMS.virtualbox, 'snapshot', name, 'list', '--machinereadable'];
        const { exitCode, stdout, stderr } = await call(deps, argv);
        if (exitCode === 0) return parseSnapshots(stdout);
        if (NO_SNAPSHOTS.test(stdout + stderr)) return [];
        throw new LabError('backend-failed', `listing snapshots of ${name} failed: ${(stderr || stdout).trim()}`);
      },
      remove: (name, snapshot) =>
        vbox(`removing the snapshot ${snapshot} of ${name}`, ['snapshot', name, 'delete', snapshot], snapshotMs),
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

/*
 * What VBoxManage prints. From its manual (chapter 8) and from what Vagrant's own driver reads
 * (plugins/providers/virtualbox/driver/version_5_0.rb); VirtualBox itself has not been run against this.
 */

/** `VBoxManage list vms`: `"halab-x.n1" {uuid}`. */
export function parseMachines(text: string): readonly { readonly name: string; readonly id: string }[] {
  return [...text.matchAll(/^"(.+?)"\s+\{(.+?)\}\s*$/gm)].map(([, name = '', id = '']) => ({ name, id }));
}

/** `VBoxManage showvminfo --machinereadable`: `key="value"` lines; some keys are in quotes too. */
export function parseInfo(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^"?([^"=]+)"?="?(.*?)"?\s*$/gm);
  return new Map([...lines].map(([, key = '', value = '']) => [key, value]));
}

/** States in which nothing runs (VirtualBox SDK, MachineState); a saved machine has given its memory to the disk. */
const OFF = ['poweroff', 'aborted', 'aborted-saved', 'saved', 'teleported'];

export function stateOf(info: ReadonlyMap<string, string>): MachineState {
  const state = info.get('VMState') ?? 'poweroff';
  if (state === 'paused') return 'paused';
  return OFF.includes(state) ? 'off' : 'running';
}

/** The number of the network card with this MAC address: `macaddress2="080027A1B2C3"`. */
export function cardOf(info: ReadonlyMap<string, string>, mac: string): number | undefined {
  for (const [key, value] of info) {
    const [, number] = /^macaddress(\d+)$/.exec(key) ?? [];
    if (number && value.toLowerCase() === mac) return Number(number);
  }
  return undefined;
}

/** `snapshot … list --machinereadable`: `SnapshotName="a"`, then `SnapshotName-1="b"` …; when it was taken stands in the description. */
export function parseSnapshots(text: string): readonly LabSnapshot[] {
  const info = parseInfo(text);
  return [...info].flatMap(([key, name]) => {
    const [, place] = /^SnapshotName((?:-\d+)*)$/.exec(key) ?? [];
    return place === undefined ? [] : [{ name, at: info.get(`SnapshotDescription${place}`) ?? '' }];
  });
}

/** `VBoxManage list hdds`: blocks of `UUID:`, `Parent UUID:`, `Location:`; children come first here, as they must be closed first. */
export function parseMedia(text: string): readonly { readonly id: string; readonly location: string }[] {
  const media = text.split(/\n\s*\n/).flatMap((block) => {
    const value = (key: string) => new RegExp(`^${key}:\\s+(.+?)\\s*$`, 'm').exec(block)?.[1];
    const [id, location, parent] = [value('UUID'), value('Location'), value('Parent UUID')];
    return id && location ? [{ id, location, parent: parent === 'base' ? undefined : parent }] : [];
  });
  const depth = (id: string | undefined): number => {
    const medium = media.find((each) => each.id === id);
    return medium ? 1 + depth(medium.parent) : 0;
  };
  return [...media].sort((a, b) => depth(b.id) - depth(a.id)).map(({ id, location }) => ({ id, location }));
}
