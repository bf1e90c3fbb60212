import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createHalabInProcess, type Finished, type Halab, jsonOf, TOP } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

const SAMPLES = join(TOP, 'test/fixtures/cluster/status');
const UNCLEAN = join(SAMPLES, '075-crm_mon-unclean-failed-fencing-2.0.2.txt');
const WELL = join(SAMPLES, '018-remote-online-1.1.16.txt');
const XML = join(TOP, 'test/fixtures/cluster/crm_mon/2.1.5__xml-output-filtered-by-node.xml');

interface Answer {
  readonly source: { readonly from: string; readonly kind: string };
  readonly verdict: string;
  readonly items: readonly { readonly code: string; readonly title: string; readonly severity: string }[];
  readonly state: { readonly clusterName?: string; readonly nodes: readonly unknown[] };
}

describe('status --from', function () {
  this.timeout(30_000);
  let halab: Halab;

  before(() => {
    halab = createHalabInProcess();
  });
  after(() => halab.remove());

  const from = (file: string, ...more: readonly string[]) => halab.run(['status', '--from', file, ...more]);
  const fromText = (text: string | Buffer, ...more: readonly string[]) => {
    const file = join(halab.folder, 'input.txt');
    writeFileSync(file, text);
    return from(file, ...more);
  };
  const answerOf = (finished: Finished): Answer => {
    const answer = jsonOf(finished);
    expect(problemsBy('status-from', answer)).to.deep.equal([]);
    return answer as unknown as Answer;
  };

  it('says what an output means, problems first, and touches nothing', async () => {
    const { exitCode, stdout, stderr } = await from(UNCLEAN);
    expect([exitCode, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/^✖ 2 problems\.\n {2}DC rh76hv-02 · NO quorum · 1 of 2 nodes online/);
    expect(stdout).to.include('⇒ Node rh76hv-01 is UNCLEAN (offline)').and.include('✖ Rebooting rh76hv-01 failed');
    expect(stdout.indexOf('⇒ Node')).to.be.below(stdout.indexOf('✔'));
    expect(stdout).to.not.include('\u001b');
    expect(halab.touched()).to.deep.equal([]);
  });

  it('speaks Chinese where it is asked to, by flag or by locale', async () => {
    const [flag, locale] = await Promise.all([
      from(UNCLEAN, '--lang', 'zh'),
      halab.run(['status', '--from', UNCLEAN], { env: { LANG: 'zh_CN.UTF-8' } }),
    ]);
    expect(flag.stdout)
      .to.match(/^✖ 2 个问题。/)
      .and.include('状态不明（UNCLEAN，offline）');
    expect(locale.stdout).to.equal(flag.stdout);
  });

  it('says at one glance that nothing speaks of trouble, and what is not known', async () => {
    const { exitCode, stdout } = await from(WELL);
    expect(exitCode).to.equal(0);
    expect(stdout)
      .to.match(/^✔ No sign of trouble in this output\./)
      .and.include('Not printed, so not known');
  });

  it('answers in JSON, text or XML read, as its schema says', async () => {
    const text = answerOf(await from(UNCLEAN, '--json'));
    expect(text.source).to.deep.equal({ from: UNCLEAN, kind: 'text' });
    expect(text.verdict).to.equal('trouble');
    expect(text.items[0]).to.deep.include({ code: 'no-quorum', severity: 'problem' });
    const xml = answerOf(await from(XML, '--json', '--lang', 'zh'));
    expect(xml.source.kind).to.equal('xml');
    expect(xml.items.find(({ code }) => code === 'dc')?.title).to.match(/^DC 是 /);
  });

  it('reads stdin', async () => {
    const { exitCode, stdout } = await piped(['status', '--from', '-', '--json'], readFileSync(UNCLEAN), halab.folder);
    expect(exitCode).to.equal(0);
    expect((JSON.parse(stdout) as Answer).source).to.deep.equal({ from: '-', kind: 'text' });
  });

  it('ends with 3 where the output is cut off, and still says what is there', async () => {
    const whole = readFileSync(WELL, 'utf8');
    const { exitCode, stdout } = await fromText(whole.slice(whole.indexOf('Online:'), whole.indexOf('Daemon')));
    expect(exitCode).to.equal(3);
    expect(stdout).to.include('This output is incomplete').and.include('node1, node2');
  });

  it('is not thrown by bytes that are no text, by line ends of Windows, nor by UTF-16', async () => {
    const text = readFileSync(WELL, 'utf8');
    const spoilt = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a])]);
    expect((await fromText(spoilt)).stdout).to.include('node1 is the DC');
    expect((await fromText(text.replaceAll('\n', '\r\n'))).stdout).to.include('node1 is the DC');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect((await fromText(utf16)).stdout).to.include('node1 is the DC');
  });

  it('ends with 3 and one clear error where there is nothing to read', async () => {
    for (const [text, says] of [
      ['', /is empty/],
      [' \n\n', /is empty/],
      ['Dear all,\nthe cluster is down.\n', /holds no status of a cluster; it begins with: Dear all,/],
    ] as const) {
      const finished = await fromText(text, '--json');
      expect(finished.exitCode, text).to.equal(3);
      expect(finished.stderr).to.match(says);
      expect(problemsBy('error', jsonOf(finished))).to.deep.equal([]);
    }
    const refused = await fromText('Dear all,\nthe cluster is down.\n', '--lang', 'zh');
    expect(refused.stderr).to.match(/^halab[:：].*没有集群状态.*Dear all,\n {2}→ 请给出/);
  });

  it('explains an error that stands in place of a status, and ends with 3', async () => {
    for (const [text, says] of [
      ['Error: cluster is not currently running on this node\n', /is not running on the node/],
      ['bash: pcs: command not found\n', /The tool is not installed/],
    ] as const) {
      const { exitCode, stdout } = await fromText(text);
      expect(exitCode, text).to.equal(3);
      expect(stdout)
        .to.match(/^✖ The cluster cannot be seen from here\./)
        .and.match(says);
    }
  });

  it('refuses what cannot be a status with 2', async () => {
    mkdirSync(join(halab.folder, 'folder'), { recursive: true });
    for (const [argv, says] of [
      [['--from', 'nowhere.txt'], /cannot read nowhere\.txt: there is no such file/],
      [['--from', 'folder'], /it is a folder/],
      [['--from', '/dev/zero'], /holds more than 50 MiB/],
      [['--from', UNCLEAN, '--name', 'mine'], /--from reads an output, and --name/],
      [['--from', UNCLEAN, 'mine'], /the name of a lab/],
      [['--from', UNCLEAN, '--watch'], /--watch/],
      [['--interval', '5'], /--interval is for --watch/],
      [['--watch', '--interval', '0'], /whole number above 0/],
    ] as const) {
      const finished = await halab.run(['status', ...argv, '--json']);
      expect(finished.exitCode, argv.join(' ')).to.equal(2);
      expect(finished.stderr).to.match(says);
      expect(jsonOf(finished)).to.deep.include({ schema: 'halab.error/1' });
    }
  });

  it('does not mind what the environment says for other commands', async () => {
    const finished = await halab.run(['status', '--from', WELL], {
      env: { HALAB_NAME: 'mine', HALAB_IMAGE: 'debian-12' },
    });
    expect(finished.exitCode, finished.stderr).to.equal(0);
  });
});

describe('status --watch', function () {
  this.timeout(30_000);

  for (const json of [false, true]) {
    it(`says once what does not change, ${json ? 'as one JSON document a line' : 'as plain lines'}, and ends with 130 on Ctrl-C`, async () => {
      const halab = createHalabInProcess();
      try {
        const argv = ['status', '--watch', '--interval', '1', ...(json ? ['--json'] : [])];
        const { exitCode, stdout, stderr } = await interrupted(argv, halab, 3_500);
        expect(exitCode).to.equal(130);
        expect(stderr).to.include('interrupted');
        const lines = stdout.trim().split('\n');
        expect(lines).to.have.length(1);
        if (json) expect(problemsBy('status', JSON.parse(lines[0] ?? ''))).to.deep.equal([]);
        else expect(lines[0]).to.include('no lab on this machine');
      } finally {
        halab.remove();
      }
    });
  }

  it('ends as on Ctrl-C where its terminal is closed', async () => {
    const halab = createHalabInProcess();
    try {
      const code = join(halab.folder, 'code');
      const watch = `${process.execPath} ${join(TOP, 'bin/halab.js')} status --watch; echo $? > ${code}`;
      const env = { ...process.env, HALAB_STATE_DIR: halab.stateDir, SHELL: '/bin/sh', TERM: 'xterm' };
      // The shell outlives the hang-up, and tells the exit code.
      const terminal = spawn('script', ['-qc', `trap : HUP; ${watch}`, '/dev/null'], { env });
      await new Promise<void>((shown) => {
        terminal.stdout.on('data', (text: Buffer) => text.includes('no lab on this machine') && shown());
      });
      terminal.kill('SIGKILL');
      while (!existsSync(code) || readFileSync(code, 'utf8') === '') await sleep(50);
      expect(readFileSync(code, 'utf8')).to.equal('130\n');
    } finally {
      halab.remove();
    }
  });
});

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function started(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(TOP, 'bin/halab.js'), ...argv], {
    env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...env },
    timeout: 20_000,
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.stderr += chunk;
  });
  const ended = new Promise<Ended>((done, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => done({ exitCode, ...said }));
  });
  return { child, ended };
}

function piped(argv: readonly string[], input: Buffer, stateDir: string): Promise<Ended> {
  const { child, ended } = started(argv, { HALAB_STATE_DIR: stateDir });
  child.stdin.end(input);
  return ended;
}

async function interrupted(argv: readonly string[], { stateDir }: Halab, afterMs: number): Promise<Ended> {
  const { child, ended } = started(argv, { HALAB_STATE_DIR: stateDir });
  const timer = setTimeout(() => child.kill('SIGINT'), afterMs);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}
