#!/usr/bin/env node
/*
 * A fake VBoxManage over the fake world. Its words are those of VirtualBox's manual (chapter 8) and what Vagrant's own
 * driver reads; no real VirtualBox has been asked.
 */
import {
  drop,
  exit,
  fail,
  obey,
  out,
  put,
  requireMachine,
  startAsProgram,
  takeSnapshot,
  thing,
  things,
} from './world.mjs';

export async function main(args) {
  await obey('VBoxManage', args);
  const [command, first, second, third] = args;
  const STATES = { running: 'running', paused: 'paused', off: 'poweroff' };

  function machine(name = first) {
    return requireMachine(
      name,
      `VBoxManage: error: Could not find a registered machine named '${name}'\nVBoxManage: error: Details: code VBOX_E_OBJECT_NOT_FOUND (0x80bb0001)`,
    );
  }

  function change(state, from, name = first) {
    const there = machine(name);
    if (!from.includes(there.state))
      fail(
        `VBoxManage: error: Invalid machine state: ${there.state}\nVBoxManage: error: Details: code VBOX_E_INVALID_VM_STATE (0x80bb0002)`,
      );
    put('machines', name, { ...there, state });
  }

  function print(lines) {
    out(lines.map((line) => `${line}\n`).join(''));
  }

  function cards({ cables }) {
    return Object.entries(cables).map(([mac, cable], index) => ({ number: index + 2, mac, cable }));
  }

  function setCable(there, number, cable) {
    const card = cards(there).find((each) => each.number === number);
    if (!card) fail('VBoxManage: error: Invalid parameter');
    put('machines', there.name, { ...there, cables: { ...there.cables, [card.mac]: cable === 'on' ? 'up' : 'down' } });
  }

  const CONTROL = {
    poweroff: () => change('off', ['running', 'paused']),
    pause: () => change('paused', ['running']),
    resume: () => change('running', ['paused']),
  };

  const SNAPSHOT = {
    take: (there) => takeSnapshot(there, third, args[args.indexOf('--description') + 1]),
    restore: (there) => {
      if (there.state !== 'off') fail('VBoxManage: error: The machine must not be running');
      const found = there.snapshots.find(({ name }) => name === third);
      if (!found) fail(`VBoxManage: error: Could not find a snapshot named '${third}'`);
      put('machines', there.name, { ...there, saved: found.state !== 'off', files: found.files });
    },
    delete: (there) =>
      put('machines', there.name, { ...there, snapshots: there.snapshots.filter(({ name }) => name !== third) }),
    list: ({ snapshots }) => {
      if (snapshots.length === 0) {
        print(['This machine does not have any snapshots']);
        exit(1);
      }
      snapshots.forEach(({ name, at }, index) => {
        const place = '-1'.repeat(index);
        print([
          `SnapshotName${place}="${name}"`,
          `SnapshotUUID${place}="${name}"`,
          `SnapshotDescription${place}="${at}"`,
        ]);
      });
      print([`CurrentSnapshotName="${snapshots.at(-1).name}"`, `CurrentSnapshotNode="SnapshotName"`]);
    },
  };

  const COMMANDS = {
    '--version': () => print(['7.0.20r163906']),
    list: () => {
      if (first === 'vms') print(things('machines').map((name) => `"${name}" {${thing('machines', name).id}}`));
      if (first === 'hdds')
        print(
          things('media').flatMap((id) => [
            `UUID:           ${id}`,
            `Parent UUID:    ${thing('media', id).parent ?? 'base'}`,
            'State:          created',
            'Type:           normal (base)',
            `Location:       ${thing('media', id).location}`,
            'Storage format: VDI',
            'Capacity:       1024 MBytes',
            '',
          ]),
        );
    },
    showvminfo: () => {
      const there = machine();
      print([
        `name="${there.name}"`,
        `UUID="${there.id}"`,
        `VMState="${there.saved ? 'saved' : STATES[there.state]}"`,
        'natnet1="nat"',
        'macaddress1="080027FFFFFF"',
        'cableconnected1="on"',
        'nic1="nat"',
        ...cards(there).flatMap(({ number, mac, cable }) => [
          `hostonlyadapter${number}="vboxnet0"`,
          `macaddress${number}="${mac.toUpperCase()}"`,
          `cableconnected${number}="${cable === 'up' ? 'on' : 'off'}"`,
          `nic${number}="hostonly"`,
        ]),
      ]);
    },
    controlvm: () => {
      const [, number] = /^setlinkstate(\d+)$/.exec(second) ?? [];
      if (number) setCable(machine(), Number(number), third);
      else CONTROL[second]();
    },
    modifyvm: () => setCable(machine(), Number(/^--cableconnected(\d+)$/.exec(second)?.[1]), third),
    startvm: () => {
      const there = machine();
      if (there.state !== 'off')
        fail(`VBoxManage: error: The machine '${first}' is already locked by a session (or being locked or unlocked)`);
      put('machines', first, { ...there, state: 'running', saved: undefined });
      print([`Waiting for VM "${first}" to power on...`, `VM "${first}" has been successfully started.`]);
    },
    unregistervm: () => {
      if (machine().state !== 'off')
        fail(`VBoxManage: error: Cannot unregister the machine '${first}' while it is locked`);
      drop('machines', first);
    },
    closemedium: () => drop('media', second),
    snapshot: () => SNAPSHOT[second](machine()),
  };
  (COMMANDS[command] ?? (() => fail(`the fake VBoxManage does not know ${args.join(' ')}`, 64)))();
}

await startAsProgram(import.meta.url, main);
