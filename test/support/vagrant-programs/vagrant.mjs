#!/usr/bin/env node
/* A fake vagrant: makes and removes machines in the fake world, as Vagrant 2.3.4 words it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cwd,
  drop,
  exit,
  fail,
  idOf,
  lab,
  log,
  newMachine,
  obey,
  onInterrupt,
  out,
  put,
  recorded,
  startAsProgram,
  thing,
  things,
} from './world.mjs';

export async function main(args) {
  const MEMORY = join(cwd(), '.vagrant', 'machines');
  const STAMP = 1795564530;
  let beingMade;

  onInterrupt(() => {
    log('vagrant', { signal: 'SIGINT', args });
    say('', 'warn', 'Waiting for cleanup before exiting...');
    if (beingMade) forget(beingMade.node, beingMade.provider);
    say('', 'error', 'Vagrant exited after cleanup due to external interrupt.');
    return 1;
  });

  const order = await obey('vagrant', args);
  const [command] = args;
  const COMMANDS = { '--version': version, plugin, box, up, provision, 'ssh-config': sshConfig, destroy };
  await (COMMANDS[command] ?? (() => fail(`the fake vagrant does not know ${args.join(' ')}`, 64)))();

  function say(node, kind, text) {
    const prefix = node ? `==> ${node}: ` : '';
    const data = `${prefix}${text}`.replaceAll(',', '%!(VAGRANT_COMMA)').replaceAll('\n', '\\n');
    out(`${STAMP},${node},ui,${kind},${data}\n`);
  }

  function version() {
    out(recorded('version.txt'));
  }

  function plugin() {
    out(recorded('plugin-list.txt'));
  }

  function box() {
    out(recorded('box-list.txt'));
  }

  function machineName(node) {
    return `${lab().label}.${node}`;
  }

  function idFile(node, provider) {
    return join(MEMORY, node, provider, 'id');
  }

  function nodesIn(words) {
    const known = lab().nodes.map(({ name }) => name);
    return words.filter((word) => known.includes(word));
  }

  async function up() {
    const provider = args[args.indexOf('--provider') + 1];
    for (const node of nodesIn(args)) await upOne(node, provider);
    if (order?.forgetful) exit(1);
  }

  async function upOne(node, provider) {
    const name = machineName(node);
    say('', 'info', `Bringing machine '${node}' up with '${provider}' provider...`);
    const there = existsSync(idFile(node, provider)) ? thing('machines', name) : undefined;
    if (!there) await make(node, provider, name);
    else if (there.state === 'off') put('machines', name, { ...there, state: 'running' });
    say(node, 'output', 'Machine booted and ready!');
  }

  async function make(node, provider, name) {
    if (provider === 'libvirt') {
      say(node, 'info', 'Creating image (snapshot of base box volume).');
      if (thing('volumes', `${name}.img`)) {
        out(recorded('up-volume-exists.txt'));
        exit(1);
      }
      put('volumes', `${name}.img`, {});
      for (const network of ['management', 'lan']) put('networks', `${lab().label}.${network}`, {});
    } else if (thing('machines', name))
      fail(
        `The name of your virtual machine couldn't be set because VirtualBox\nis reporting another VM with that name already exists.`,
      );
    beingMade = { node, provider };
    if (order?.slowFor?.includes(node) || order?.slow) await callHypervisor();
    const { macs } = lab().nodes.find((each) => each.name === node);
    put('machines', name, newMachine(name, idOf(name), Object.values(macs)));
    mkdirSync(join(MEMORY, node, provider), { recursive: true });
    if (order?.forgetful) return;
    writeFileSync(idFile(node, provider), idOf(name));
    writeFileSync(join(MEMORY, node, provider, 'private_key'), `key of ${node}`);
    beingMade = undefined;
    if (order?.failFor === node) {
      forget(node, provider);
      out(
        `${STAMP},,error-exit,Vagrant::Errors::VMBootTimeout,Timed out while waiting for the machine to boot. This means that\\nVagrant was unable to communicate with the guest machine within\\nthe configured ("config.vm.boot_timeout" value) time period.\n`,
      );
      exit(1);
    }
  }

  /** As Vagrant does: a child of the same process group, which must not be interrupted. */
  function callHypervisor() {
    const script = `
    import { log } from ${JSON.stringify(join(import.meta.dirname, 'world.mjs'))};
    process.on('SIGINT', () => log('hypervisor-call', { signal: 'SIGINT' }));
    log('hypervisor-call', { started: true });
    setTimeout(() => { log('hypervisor-call', { ended: true }); process.exit(0); }, 1000);
  `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    return new Promise((resolve) => child.once('close', resolve));
  }

  function provision() {
    for (const node of nodesIn(args)) say(node, 'info', 'Running provisioner: host (shell)...');
  }

  function sshConfig() {
    const [node] = nodesIn(args);
    const machine = thing('machines', machineName(node));
    if (machine?.state !== 'running') fail(recorded('ssh-config-not-created.stderr').trim());
    const provider = readdirSync(join(MEMORY, node))[0];
    const text = recorded('ssh-config.txt').split('\n\n')[0];
    const port = 2200 + lab().nodes.findIndex(({ name }) => name === node);
    out(
      `${text
        .replace(/Host \S+/, `Host ${node}`)
        .replace(/HostName \S+/, 'HostName 127.0.0.1')
        .replace(/Port \d+/, `Port ${port}`)
        .replace(/IdentityFile .*/, `IdentityFile ${join(MEMORY, node, provider, 'private_key')}`)}\n\n`,
    );
  }

  function destroy() {
    if (!existsSync(MEMORY)) return;
    for (const node of readdirSync(MEMORY))
      for (const provider of readdirSync(join(MEMORY, node))) {
        if (!existsSync(idFile(node, provider))) continue;
        readFileSync(idFile(node, provider), 'utf8');
        say(node, 'info', 'Removing domain...');
        forget(node, provider);
      }
    for (const network of things('networks')) if (network.startsWith(`${lab().label}.`)) drop('networks', network);
  }

  function forget(node, provider) {
    drop('machines', machineName(node));
    drop('volumes', `${machineName(node)}.img`);
    rmSync(join(MEMORY, node, provider), { recursive: true, force: true });
  }
}

await startAsProgram(import.meta.url, main);
