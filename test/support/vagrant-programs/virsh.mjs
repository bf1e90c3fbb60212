#!/usr/bin/env node
/* A fake virsh over the fake world, in the words of libvirt 9.0.0. */
import {
  drop,
  fail,
  obey,
  out,
  put,
  recorded,
  requireMachine,
  startAsProgram,
  takeSnapshot,
  thing,
  things,
} from './world.mjs';

export async function main(all) {
  await obey('virsh', all);
  const [command, ...args] = all[0] === '--connect' ? all.slice(2) : all;
  const [first, second, third] = args;
  const STATES = { running: 'running', paused: 'paused', off: 'shut off' };

  function domain(name = first) {
    return requireMachine(name, `error: failed to get domain '${name}'`);
  }

  function table(head, rows) {
    const widths = head.map((word, column) => Math.max(word.length, ...rows.map((row) => row[column].length)) + 3);
    const line = (row) => ` ${row.map((word, column) => word.padEnd(widths[column])).join('')}`.trimEnd();
    out([line(head), '-'.repeat(widths.reduce((sum, width) => sum + width, 0)), ...rows.map(line), '', ''].join('\n'));
  }

  function change(state, from, word) {
    const machine = domain();
    if (!from.includes(machine.state))
      fail(`error: Failed to ${command} domain '${first}'\nerror: Requested operation is not valid`);
    put('machines', first, { ...machine, state });
    out(`Domain '${first}' ${word}\n\n`);
  }

  const COMMANDS = {
    version: () => out(recorded('virsh-version.txt')),
    list: () => {
      const machines = things('machines').map((name) => thing('machines', name));
      if (args.includes('--uuid')) for (const { id, name } of machines) out(`${id} ${name}\n`);
      else
        table(
          ['Id', 'Name', 'State'],
          machines.map(({ name, state }, index) => [state === 'off' ? '-' : String(index + 1), name, STATES[state]]),
        );
    },
    dominfo: () => {
      const { id, state } = domain();
      out(
        `Id:             1\nName:           ${first}\nUUID:           ${id}\nOS Type:        hvm\nState:          ${STATES[state]}\nCPU(s):         1\n\n`,
      );
    },
    'pool-list': () => out('default\n\n'),
    'vol-list': () =>
      table(
        ['Name', 'Path'],
        things('volumes').map((name) => [name, `/var/lib/libvirt/images/${name}`]),
      ),
    'vol-delete': () => {
      if (!thing('volumes', first)) fail(`error: failed to get vol '${first}'`);
      drop('volumes', first);
    },
    'net-list': () => out(`${['default', ...things('networks')].join('\n')}\n\n`),
    'net-dumpxml': () =>
      out(thing('networks', first).inUse ? recorded('virsh-net-dumpxml.txt') : `<network>\n  <name>${first}</name>\n`),
    'net-destroy': () => undefined,
    'net-undefine': () => drop('networks', first),
    start: () => change('running', ['off'], 'started'),
    destroy: () => change('off', ['running', 'paused'], 'destroyed'),
    suspend: () => change('paused', ['running', 'paused'], 'suspended'),
    resume: () => change('running', ['paused'], 'resumed'),
    undefine: () => {
      if (domain().state !== 'off') fail(`error: Failed to undefine domain '${first}'`);
      drop('machines', first);
    },
    'domif-setlink': () => {
      const machine = domain();
      const mac = second.replaceAll(':', '');
      if (!(mac in machine.cables)) fail(`\nerror: interface '${second}' not found`);
      machine.cables[mac] = third;
      put('machines', first, machine);
      out('Device updated successfully\n\n');
    },
    'domif-getlink': () => out(`${second} ${domain().cables[second.replaceAll(':', '')]}\n`),
    'snapshot-list': () =>
      table(
        ['Name', 'Creation Time', 'State'],
        domain().snapshots.map(({ name, at, state }) => [name, `${at.slice(0, 19).replace('T', ' ')} +0000`, state]),
      ),
    'snapshot-create-as': () => {
      const machine = domain();
      if (machine.snapshots.some(({ name }) => name === second))
        fail(`error: operation failed: domain moment ${second} already exists`);
      takeSnapshot(machine, second, new Date().toISOString());
    },
    'snapshot-revert': () => {
      const machine = domain();
      const found = machine.snapshots.find(({ name }) => name === second);
      if (!found) fail(`error: Domain snapshot not found: no domain snapshot with matching name '${second}'`);
      put('machines', first, { ...machine, state: found.state, files: found.files });
    },
    'snapshot-delete': () => {
      const machine = domain();
      put('machines', first, { ...machine, snapshots: machine.snapshots.filter(({ name }) => name !== second) });
    },
  };
  (COMMANDS[command] ?? (() => fail(`the fake virsh does not know ${all.join(' ')}`, 64)))();
}

await startAsProgram(import.meta.url, main);
