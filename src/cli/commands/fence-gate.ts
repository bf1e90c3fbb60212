import { createInterface } from 'node:readline';
import { serveGate } from '../../backends/vagrant/fencing/gate.js';
import { checkedProvider } from '../../backends/vagrant/options.js';
import { LabError } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import { createProcessRunner } from '../../system/process-runner.js';
import { checkName } from '../lab-session.js';

/**
 * What sshd runs for whoever comes with a lab's fencing key, instead of a shell. Not for people: the lines that fence_virsh
 * and fence_vbox send are answered, everything else is refused.
 */
export async function fenceGate(name: string, provider: string, program: string, uri?: string): Promise<number> {
  if (program === '') throw new LabError('usage', 'the gate needs the path of virsh or VBoxManage');
  await serveGate(
    { instance: checkName(name), provider: checkedProvider(provider), program, ...(uri === undefined ? {} : { uri }) },
    {
      lines: createInterface({ input: process.stdin, terminal: false }),
      write: (text) => void process.stdout.write(text),
      processes: createProcessRunner(),
    },
  );
  return EXIT.passed;
}
