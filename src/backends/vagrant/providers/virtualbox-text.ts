import type { LabSnapshot } from '../../../ports/backend.js';
import type { MachineState } from '../hypervisor.js';

/*
 * What VBoxManage prints. From its manual (chapter 8) and from what Vagrant's own driver reads
 * (plugins/providers/virtualbox/driver/version_5_0.rb); VirtualBox itself has not been run against this.
 */

/** `VBoxManage list vms`: `"halab-x.n1" {uuid}`. */
export function parseMachines(text: string): readonly { readonly name: string; readonly id: string }[] {
  return [...text.matchAll(/^"(.+?)"\s+\{(.+?)\}\s*$/gm)].map(([, name = '', id = '']) => ({ name, id }));
}

/** `VBoxManage showvminfo --machinereadable`: `key="value"` lines; some keys stand in quotes themselves. */
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
  return media
    .map(({ id, location }) => ({ id, location, depth: depth(id) }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ id, location }) => ({ id, location }));
}
