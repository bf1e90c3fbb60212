import type { LabSnapshot } from '../../../ports/backend.js';
import type { Machine, MachineState } from '../hypervisor.js';

const PAUSED = ['paused', 'pmsuspended'];
const OFF = ['shut off', 'crashed'];

/** `virsh list --all` for the states and `virsh list --all --uuid --name` for the ids, both in the C locale. */
export function parseDomains(table: string, ids: string): readonly Machine[] {
  const idOf = new Map(
    ids
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([id = '', name = '']) => [name, id]),
  );
  return rowsOf(table).flatMap((row) => {
    const [, name, state] = /^\s*\S+\s+(\S+)\s+(.+?)\s*$/.exec(row) ?? [];
    const id = name && idOf.get(name);
    return name && id && state ? [{ name, id, state: stateOf(state) }] : [];
  });
}

/** `virsh dominfo`: `UUID:`, `State:` and more, a line each. */
export function parseDomain(name: string, text: string): Machine | undefined {
  const value = (key: string) => new RegExp(`^${key}:\\s+(.+?)\\s*$`, 'm').exec(text)?.[1];
  const [id, state] = [value('UUID'), value('State')];
  return id && state ? { name, id, state: stateOf(state) } : undefined;
}

function stateOf(state: string): MachineState {
  if (PAUSED.includes(state)) return 'paused';
  return OFF.includes(state) ? 'off' : 'running';
}

/** `virsh vol-list`: names and paths. */
export function parseVolumes(table: string): readonly string[] {
  return rowsOf(table).flatMap((row) => row.trim().split(/\s+/).slice(0, 1));
}

/** `virsh snapshot-list`: name, `2026-11-24 23:56:00 +0000`, state. */
export function parseSnapshots(table: string): readonly LabSnapshot[] {
  return rowsOf(table).flatMap((row) => {
    const [, name, day, time, zone] =
      /^\s*(\S+)\s+(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4})\s+\S+\s*$/.exec(row) ?? [];
    return name ? [{ name, at: new Date(`${day}T${time}${zone}`).toISOString() }] : [];
  });
}

/** `virsh domif-getlink`: `52:54:00:… up`. */
export function parseCable(text: string): 'up' | 'down' | undefined {
  const word = text.trim().split(/\s+/).at(-1);
  return word === 'up' || word === 'down' ? word : undefined;
}

/** `virsh net-dumpxml`: `<ip address='192.168.56.1' netmask='255.255.255.0'>`. Undefined for a network without an address. */
export function parseRange(xml: string): string | undefined {
  const [, address, netmask] = /<ip address='([\d.]+)' netmask='([\d.]+)'/.exec(xml) ?? [];
  if (address === undefined || netmask === undefined) return undefined;
  const masks = netmask.split('.').map(Number);
  const first = address.split('.').map((part, index) => Number(part) & (masks[index] ?? 0));
  const bits = masks.map((mask) => mask.toString(2).replaceAll('0', '').length);
  return `${first.join('.')}/${bits.reduce((sum, more) => sum + more, 0)}`;
}

/** `virsh net-dumpxml`: `<network connections='2' …>` while machines that run are plugged in. */
export function isInUse(xml: string): boolean {
  return /^<network\b[^>]*\bconnections='[1-9]/m.test(xml);
}

/** The lines below a table's head, which ends with a line of dashes. */
function rowsOf(table: string): readonly string[] {
  const lines = table.split('\n');
  return lines.slice(lines.findIndex((line) => /^-+$/.test(line)) + 1).filter((line) => line.trim() !== '');
}
