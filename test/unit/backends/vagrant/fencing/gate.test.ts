import { expect } from 'chai';
import { decide, type GateOptions, serveGate } from '../../../../../src/backends/vagrant/fencing/gate.js';
import { LabError } from '../../../../../src/model/errors.js';
import type { ProcessRunner } from '../../../../../src/ports/process.js';

const LIBVIRT: GateOptions = { instance: 'linuxha', provider: 'libvirt', program: '/usr/bin/virsh' };
const VIRTUALBOX: GateOptions = { instance: 'linuxha', provider: 'virtualbox', program: '/usr/bin/VBoxManage' };
const VIRSH = ['/usr/bin/virsh', '--connect', 'qemu:///system'];

function argvOf(line: string, options: GateOptions): readonly string[] | string {
  const answer = decide(line, options);
  return answer.kind === 'run' ? answer.argv : answer.kind;
}

describe('the fencing gate', () => {
  it('lets through what fence_virsh sends', () => {
    expect(argvOf('virsh list --all', LIBVIRT)).to.deep.equal([...VIRSH, 'list', '--all']);
    expect(argvOf('virsh domstate halab-linuxha.ha-host1', LIBVIRT)).to.deep.equal([
      ...VIRSH,
      'domstate',
      'halab-linuxha.ha-host1',
    ]);
    for (const verb of ['start', 'destroy'])
      expect(argvOf(`virsh ${verb} halab-linuxha.ha-host1\r`, LIBVIRT)).to.include.members([verb]);
    expect(argvOf('virsh list --all', { ...LIBVIRT, uri: 'qemu+unix:///system' })).to.include('qemu+unix:///system');
    expect(argvOf('quit', LIBVIRT)).to.equal('leave');
    expect(argvOf('', LIBVIRT)).to.equal('nothing');
  });

  it('lets through what fence_vbox sends', () => {
    expect(argvOf('VBoxManage list runningvms', VIRTUALBOX)).to.deep.equal([
      '/usr/bin/VBoxManage',
      'list',
      'runningvms',
    ]);
    expect(argvOf('VBoxManage startvm "halab-linuxha.ha-host2" --type headless', VIRTUALBOX)).to.deep.equal([
      ...['/usr/bin/VBoxManage', 'startvm', 'halab-linuxha.ha-host2', '--type', 'headless'],
    ]);
    const onMac = '/Applications/VirtualBox.app/Contents/MacOS/VBoxManage controlvm "halab-linuxha.ha-host2" poweroff';
    expect(argvOf(onMac, VIRTUALBOX)).to.deep.equal([
      ...['/usr/bin/VBoxManage', 'controlvm', 'halab-linuxha.ha-host2', 'poweroff'],
    ]);
  });

  const REFUSED: readonly (readonly [GateOptions, string])[] = [
    [LIBVIRT, 'virsh destroy halab-other.ha-host1'],
    [LIBVIRT, 'virsh destroy halab-linuxha2.ha-host1'],
    [LIBVIRT, 'virsh destroy halab-linuxha.ha-host1 halab-other.x'],
    [LIBVIRT, 'virsh undefine halab-linuxha.ha-host1'],
    [LIBVIRT, 'virsh --connect qemu:///session list --all'],
    [LIBVIRT, 'virsh list --all --name'],
    [LIBVIRT, 'virsh domstate halab-linuxha.ha-host1; id'],
    [LIBVIRT, 'virsh domstate $(id)'],
    [LIBVIRT, 'virsh domstate halab-linuxha.ha-host1 | sh'],
    [LIBVIRT, 'sudo virsh list --all'],
    [LIBVIRT, 'sh'],
    [LIBVIRT, 'VBoxManage list vms'],
    [VIRTUALBOX, 'virsh list --all'],
    [VIRTUALBOX, 'VBoxManage controlvm "halab-other.x" poweroff'],
    [VIRTUALBOX, 'VBoxManage controlvm "halab-linuxha.x" savestate'],
    [VIRTUALBOX, 'VBoxManage startvm "halab-linuxha.x" --type gui'],
    [VIRTUALBOX, 'VBoxManage unregistervm "halab-linuxha.x" --delete'],
    [VIRTUALBOX, 'VBoxManage list hostinfo'],
  ];
  for (const [options, line] of REFUSED) {
    it(`refuses on ${options.provider}: ${line}`, () => expect(decide(line, options).kind).to.equal('refuse'));
  }

  it('shows of all machines only the lab’s own, and talks as a shell would', async () => {
    const table = [
      ' Id   Name                     State',
      '----------------------------------------',
      ' 1    halab-linuxha.ha-host1   running',
      ' 2    halab-other.ha-host1     running',
      ' -    halab-linuxha.ha-host2   shut off',
      ' 3    my own machine           running',
      '',
    ].join('\n');
    expect(await talk(['virsh list --all', 'virsh undefine x', 'quit', 'virsh list --all'], table)).to.equal(
      [
        '[EXPECT]#  Id   Name                     State',
        ' 1    halab-linuxha.ha-host1   running',
        ' -    halab-linuxha.ha-host2   shut off',
        '[EXPECT]# error: refused by halab: not this: undefine x',
        '[EXPECT]# ',
      ].join('\n'),
    );
  });

  it('goes on where the program does not', async () => {
    const failing = new LabError('process-failed', 'virsh did not end within 60000 ms\nits last words');
    expect(await talk(['virsh domstate halab-linuxha.a', 'quit'], failing)).to.equal(
      '[EXPECT]# error: virsh did not end within 60000 ms\n[EXPECT]# ',
    );
  });
});

async function talk(lines: readonly string[], answer: string | Error): Promise<string> {
  let written = '';
  const processes = {
    run: async () => {
      if (answer instanceof Error) throw answer;
      return { exitCode: 0, stdout: answer, stderr: '', durationMs: 1 };
    },
  } as unknown as ProcessRunner;
  async function* each() {
    yield* lines;
  }
  const write = (text: string) => {
    written += text;
  };
  await serveGate(LIBVIRT, { lines: each(), write, processes });
  return written;
}
