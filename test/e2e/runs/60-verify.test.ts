import { expect } from 'chai';
import { problemsBy } from '../../support/json-schemas.js';
import { type Answer, halab } from '../../support/real-lab/halab.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown } from '../../support/real-lab/machine.js';

const NAME = 'e2e-verify';

describe('an exercise of the library, verified as its author does', function () {
  this.timeout(10_000);
  let before_: ReturnType<typeof hostNetwork>;
  let answer: Answer;
  // biome-ignore lint/suspicious/noExplicitAny: as schemas/learn-verify.schema.json has it
  let verified: any;

  before(async function () {
    needsMachine(this);
    this.timeout(620_000);
    await takeDown(NAME);
    before_ = hostNetwork();
    answer = await halab(['learn', 'verify', 'read-a-healthy-cluster', '--json', '--name', NAME], {
      timeoutMs: 600_000,
    });
    expect(answer.stdout, answer.stderr).to.match(/^\{/);
    verified = JSON.parse(answer.stdout);
  });

  it('is as it must be', () => {
    const [exercise] = verified.exercises;
    expect(exercise.findings, answer.stderr).to.deep.equal([]);
    expect(exercise.verdict).to.equal('passed');
    expect(answer.exitCode).to.equal(0);
  });

  it('was solved twice, with every mistake made and every question asked', () => {
    const [{ counts }] = verified.exercises;
    expect(counts.solution).to.deep.equal({ tried: 12, good: 12 });
    expect(counts.mistake).to.deep.equal({ tried: 3, good: 3 });
    expect(counts.question).to.deep.equal({ tried: 10, good: 10 });
    expect(counts.unsolved).to.deep.equal({ tried: 2, good: 2 });
  });

  it('was solved as two students have it, who drew other hosts', () => {
    const [{ variants }] = verified.exercises;
    expect(variants).to.have.length(2);
    expect(variants[0]).not.to.deep.equal(variants[1]);
  });

  it('is told as its schema has it, in one document on stdout', () => {
    expect(problemsBy('learn-verify', verified)).to.deep.equal([]);
  });

  it('leaves nothing of its lab', () => {
    expectNothingLeft(NAME);
    expect(hostNetwork()).to.deep.equal(before_);
  });
});
