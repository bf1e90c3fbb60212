import { Option } from 'commander';
import type { Params } from '../../faults/define-fault.js';
import { FAULTS } from '../../faults/index.js';
import { type Words, withGlobals, withLab } from './flags.js';

/** Faults by hand, and their undoing. */
export function addFaults({ program, command, settingsOf, done }: Words): void {
  withLab(
    command('heal', 'undo every fault that is still in force, whoever injected it', [
      'halab heal',
      'halab heal --name mine',
    ]),
  ).action(async (flags) => done(await (await import('../commands/fault.js')).heal(settingsOf(flags), flags)));

  const fault = program.command('fault').description('break a lab by hand').exitOverride();
  withLab(
    withGlobals(fault.command('list').description('the faults there are, what they need, what the cluster may do'), [
      'halab fault list',
      'halab fault list --json',
    ]),
  ).action(async (flags) => done(await (await import('../commands/fault.js')).listFaults(settingsOf(flags), flags)));
  const inject = withLab(
    withGlobals(fault.command('inject <kind> [node]').description('break a node, or several; halab heal undoes it'), [
      'halab fault inject link-down ha-host1 --by carrier',
      'halab fault inject one-way-loss ha-host1 --from ha-host2',
      'halab fault inject daemon-kill ha-host3 --daemon controld',
      'halab fault inject freeze ha-host2',
      'halab fault inject partition --groups ha-host1/rest',
      'halab fault inject start-fail ha-host1 --resource vip',
      'halab fault inject disk-full ha-host1 --path /var/log',
      'halab fault inject controller-fail ha-host2 --how unreachable',
    ]),
  );
  for (const option of faultOptions()) inject.addOption(option);
  inject.action(async (kind, node, flags) =>
    done(await (await import('../commands/fault.js')).injectByHand(settingsOf(flags), kind, node, flags)),
  );
}

/** One flag for each parameter that some kind of fault takes, with what it is for each of them. */
function faultOptions(): readonly Option[] {
  const flags = new Map<string, { readonly value: string; readonly helps: Map<string, string[]> }>();
  for (const { kind, params } of Object.values(FAULTS)) {
    for (const [key, { flag }] of Object.entries<Params[string]>(params)) {
      if (flag === undefined) continue;
      const { helps } = flags.get(key) ?? { helps: new Map<string, string[]>() };
      helps.set(flag.help, [...(helps.get(flag.help) ?? []), kind]);
      flags.set(key, { value: flags.get(key)?.value ?? flag.value, helps });
    }
  }
  return [...flags].map(([key, { value, helps }]) => {
    const parts = [...helps].map(([help, kinds]) => `for ${kinds.join(', ')}: ${help}`);
    return new Option(`--${key} ${value}`, parts.join('; '));
  });
}
