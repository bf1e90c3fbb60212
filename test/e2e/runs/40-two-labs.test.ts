import { join } from 'node:path';
import { expect } from 'chai';
import { type Answer, halab, startHalab } from '../../support/real-lab/halab.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { eventsOf, filesBelow, stepOf, untilEvent } from '../../support/real-lab/runs.js';

const NAMES = ['e2e-a', 'e2e-b'];
const isInForce = (events: ReturnType<typeof eventsOf>) => events.some(({ kind }) => kind === 'fault-injected');

describe('two labs at once, with the same addresses', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  const answers = new Map<string, Answer>();
  let network: ReturnType<typeof hostNetwork>;

  before(async function () {
    needsMachine(this);
    await Promise.all(NAMES.map(takeDown));
    network = hostNetwork();
    await Promise.all(
      NAMES.map(async (name) => {
        const words = ['run', 'interface-down', '--reuse', '--json', '--keep', 'always', '--name', name];
        answers.set(name, await halab(words, { env: reportsOf(name), timeoutMs: 230_000 }));
      }),
    );
  });

  after(() => Promise.all(NAMES.map(takeDown)));

  for (const name of NAMES) {
    it(`moves the address of ${name}`, () => {
      const { exitCode, stdout, stderr } = answers.get(name) as Answer;
      const run = JSON.parse(stdout);
      expect(run.verdict, stderr).to.equal('passed');
      expect(exitCode).to.equal(0);
      expect(run.instance).to.equal(name);
      expect(stepOf(run, 'interface-down', 'cut').probes[0].windows).to.not.have.length(0);
    });
  }

  it('breaks and heals both within the same stretch of time', () => {
    const [a, b] = NAMES.map((name) => {
      const events = eventsOf(join(folder, name, 'latest'));
      return { from: events.at(0)?.at ?? '', to: events.at(-1)?.at ?? '' };
    });
    expect(a && b && a.from < b.to && b.from < a.to).to.equal(true);
  });

  it('adds nothing to the network of the machine', () => {
    expect(hostNetwork()).to.deep.equal(network);
  });

  it('ends in order on Ctrl-C: the fault undone, the evidence fetched, the lab gone', async () => {
    const [, name = ''] = NAMES;
    const env = reportsOf(`${name}-interrupted`);
    const words = ['run', 'interface-down', '--json', '--keep', 'never', '--name', name];
    const running = startHalab(words, { env });
    await untilEvent(env.HALAB_REPORTS_DIR, isInForce, 120_000);
    running.kill('SIGINT');
    const answer = await running.ended;
    expect(answer.exitCode, answer.stderr).to.equal(130);
    const run = JSON.parse(answer.stdout);
    expect(stepOf(run, 'interface-down', 'cut')).to.include({ verdict: 'unknown', reason: 'interrupted' });
    expect(stepOf(run, 'interface-down', 'recover').verdict).to.equal('skipped');
    const kinds = eventsOf(run.folder).map(({ kind }) => kind);
    expect(kinds).to.include('fault-healed');
    expect(kinds.at(-1)).to.equal('run-finished');
    const journals = filesBelow(join(run.folder, 'evidence')).filter((file) => file.endsWith('/journal.log'));
    expect(journals).to.have.length(4);
    expectNothingLeft(name);
  });

  it('leaves the machine as it was', async () => {
    await Promise.all(NAMES.map(takeDown));
    for (const name of NAMES) expectNothingLeft(name);
    expect(hostNetwork()).to.deep.equal(network);
  });

  function reportsOf(name: string): { readonly HALAB_REPORTS_DIR: string } {
    return { HALAB_REPORTS_DIR: join(folder, name) };
  }
});
