import { expect } from 'chai';
import { ensureImages, imagesOf, nodeImage } from '../../../src/backends/embedded/image-store.js';
import { provisionOnce } from '../../../src/backends/embedded/provision.js';
import { renderLab } from '../../../src/backends/vagrant/render.js';
import { loadLab } from '../../../src/config/files.js';
import type { Lab, LabNode } from '../../../src/model/lab.js';
import type { ExecResult } from '../../../src/ports/transport.js';
import { takeLock } from '../../../src/store/lock.js';
import { TOP } from '../../support/halab.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { rejection } from '../../support/rejection.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const { lab } = loadLab('own-software', { cwd: TOP, root: TOP });
const [client, host] = lab.nodes as unknown as [LabNode, LabNode];

describe('the images of a lab that brings software along', () => {
  it('differ by what the lab file adds, and a client has no cluster software', () => {
    const images = imagesOf('/c', lab);
    expect(images.map(({ nodes }) => nodes.map(({ name }) => name))).to.deep.equal([
      ['client'],
      ['ha-host1', 'ha-host2'],
    ]);
    expect(nodeImage('/c', lab, host).recipe.packages).to.include.members(['lighttpd', 'corosync', 'curl']);
    expect(nodeImage('/c', lab, client).recipe.packages)
      .to.include('curl')
      .and.not.include.members(['corosync']);
    const { extras: _, ...bare } = host;
    expect(nodeImage('/c', lab, bare).hash).to.not.equal(nodeImage('/c', lab, host).hash);
  });

  it('have no pacemaker on a remote node, whose own package excludes it', () => {
    const { packages } = nodeImage('/c', lab, { ...host, role: 'remote' }).recipe;
    expect(packages).to.include.members(['pacemaker-remote', 'pcs', 'lighttpd']);
    expect(packages).not.to.include.oneOf(['pacemaker', 'corosync', 'tgt']);
  });

  it('are of another release where a node wants it', () => {
    expect(nodeImage('/c', lab, { ...host, image: 'debian-13' }).recipe.suite).to.equal('trixie');
  });

  const at = temporaryFolder();

  it('are refused for a package that there is not, with its line in the lab file', async () => {
    const error = await rejection(
      ensureImages(
        depsThatPrint('E: Unable to locate package lighttpd\n'),
        { ...lab, nodes: [host] },
        {
          onProgress: () => undefined,
          userNamespace: async () => '/nowhere',
        },
      ),
    );
    expect(error).to.include({ code: 'config-invalid' });
    expect(error.message).to.match(/^labs\/own-software\.yaml:\d+:\d+: debian-12 has no package lighttpd$/);
  });

  it('are not blamed on the lab file where something else failed', async () => {
    const error = await rejection(
      ensureImages(depsThatPrint('E: Unable to locate package corosync\n'), lab, {
        onProgress: () => undefined,
        userNamespace: async () => '/nowhere',
      }),
    );
    expect(error.code).to.equal('image-build-failed');
  });

  function depsThatPrint(stderr: string) {
    const run = async (argv: readonly string[]) => ({
      ...{ argv, stdout: '', durationMs: 1, timedOut: false, truncated: false },
      ...(argv[0] === 'mmdebstrap' ? { exitCode: 100, stderr } : { exitCode: 0, stderr: '' }),
    });
    const dirs = { state: at('state'), cache: at('cache'), run: at('run') };
    const deps = { dirs, mirror: undefined, processes: { run }, clock: createMemoryClock(), takeLock };
    return deps as unknown as Parameters<typeof ensureImages>[0];
  }
});

/** A node that says of each command what `answer` says. */
function nodeThat(answer: (argv: readonly string[]) => Partial<ExecResult>) {
  const ran: string[] = [];
  const transport = {
    node: 'ha-host1',
    exec: async (argv: readonly string[]): Promise<ExecResult> => {
      ran.push(argv.join(' '));
      return { exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...answer(argv) };
    },
    upload: async (_content: string | Buffer, path: string) => void ran.push(`upload ${path}`),
  };
  return { transport, ran };
}

describe('a provision script', () => {
  const options = { onProgress: () => undefined };

  it('runs on a new node, and the node remembers it', async () => {
    const { transport, ran } = nodeThat(([program]) => ({ exitCode: program === 'test' ? 1 : 0 }));
    await provisionOnce(transport, host, options);
    expect(ran).to.deep.equal([
      'test -e /var/lib/halab/provisioned',
      'mkdir -p /var/lib/halab',
      'upload /var/lib/halab/provision-1',
      'sh -c exec "$0" 2>&1 /var/lib/halab/provision-1',
      'touch /var/lib/halab/provisioned',
    ]);
  });

  it('does not run again', async () => {
    const { transport, ran } = nodeThat(() => ({ exitCode: 0 }));
    await provisionOnce(transport, host, options);
    expect(ran).to.deep.equal(['test -e /var/lib/halab/provisioned']);
  });

  it('that fails is shown with its node, its line and its output', async () => {
    const { transport, ran } = nodeThat(([program]) =>
      program === 'sh' ? { exitCode: 7, stdout: 'looking\nno such disk\n' } : { exitCode: program === 'test' ? 1 : 0 },
    );
    const error = await rejection(provisionOnce(transport, host, options));
    expect(error).to.include({ code: 'provision-failed' });
    expect(error.message).to.match(
      /^labs\/own-software\.yaml:\d+:\d+: own-software\/prepare\.sh failed on ha-host1 \(exit code 7\):\nlooking\nno such disk$/,
    );
    expect(ran).to.not.include('touch /var/lib/halab/provisioned');
  });
});

describe('the Vagrantfile of a lab that brings software along', () => {
  const filesOf = (of: Lab) =>
    new Map(renderLab({ instance: 'own', lab: of, provider: 'libvirt' }).map((file) => [file.path, file.content]));

  it('installs it, puts files in place and runs the scripts, after everything else', () => {
    const files = filesOf(lab);
    const text = files.get('Vagrantfile') ?? '';
    expect(text).to.include('packages: %w[lighttpd]').and.include('packages[node[:role]] + node.fetch(:packages, [])');
    expect(text).to.include('{ from: "own/ha-host1/file-1", path: "/etc/lighttpd/lighttpd.conf", mode: "0644" }');
    expect(text).to.include('{ from: "own/ha-host1/run-1", name: "own-software/prepare.sh" }');
    expect(text.indexOf('provision.call(machine, "own", own)')).to.be.above(text.indexOf('"firewall", firewall'));
    expect(files.get('own/ha-host2/run-1')).to.match(/^#!\/bin\/sh/);
    expect(files.get('provision/own.sh')).to.include('run_once');
    expect(text).to.include('"client" => %w[net-tools nftables curl]').and.not.include('"storage" =>');
  });

  it('has nothing of it where a lab brings none', () => {
    const files = filesOf(loadLab('linuxha', { cwd: TOP, root: TOP }).lab);
    expect(files.has('provision/own.sh')).to.equal(false);
    expect(files.get('Vagrantfile')).to.not.include('own/');
  });

  it('names the box of a node with an image of its own, and refuses one of another family', () => {
    const withImage = (image: string): Lab => ({ ...lab, nodes: [client, { ...host, image }] });
    expect(filesOf(withImage('debian-13')).get('Vagrantfile')).to.include('box: "debian/trixie64"');
    expect(() => filesOf(withImage('rocky-9'))).to.throw(/ha-host1 has the image rocky-9, and the lab has debian-12/);
  });
});
