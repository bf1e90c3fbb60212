import { expect } from 'chai';
import { exitCodeOfError, printError } from '../../../src/cli/errors.js';
import { output } from '../../../src/cli/output.js';
import { LabError } from '../../../src/model/errors.js';
import { problemsBy } from '../../support/json-schemas.js';

interface Printed {
  readonly notes: string;
  readonly json: unknown;
}

/** What printError writes, with the terminal's door replaced for as long as it takes. */
function printed(error: unknown, settings: { readonly json?: boolean; readonly debug?: boolean } = {}): Printed {
  const { note, json } = output;
  const notes: string[] = [];
  let value: unknown;
  Object.assign(output, {
    note: (text: string) => void notes.push(text),
    json: (each: unknown) => {
      value = JSON.parse(JSON.stringify(each));
    },
  });
  try {
    printError(error, { json: false, debug: false, ...settings });
  } finally {
    Object.assign(output, { note, json });
  }
  return { notes: notes.join('\n'), json: value };
}

describe('the exit code of an error', () => {
  it('is 70 for what is not ours, and for our own bugs', () => {
    expect(exitCodeOfError(new TypeError('x is undefined'))).to.equal(70);
    expect(exitCodeOfError('a string')).to.equal(70);
    expect(exitCodeOfError(undefined)).to.equal(70);
    expect(exitCodeOfError(new LabError('bug', 'no'))).to.equal(70);
  });

  it('tells what was asked for wrongly from what could not be found out', () => {
    expect(exitCodeOfError(new LabError('config-invalid', ''))).to.equal(2);
    expect(exitCodeOfError(new LabError('node-unreachable', ''))).to.equal(3);
    expect(exitCodeOfError(new LabError('interrupted', ''))).to.equal(130);
  });
});

describe('printError', () => {
  const known = new LabError('node-not-found', 'no node ha-host9', {
    hint: 'its nodes: ha-host1',
    data: { node: 'ha-host9' },
  });

  it('says what happened and what to do, without a stack', () => {
    expect(printed(known)).to.deep.equal({
      notes: 'halab: no node ha-host9\n  → its nodes: ha-host1',
      json: undefined,
    });
  });

  it('shows the stack when asked to', () => {
    expect(printed(known, { debug: true }).notes).to.match(/LabError: no node ha-host9\n +at /);
  });

  it('shows the stack of a bug and asks for a report', () => {
    for (const bug of [new TypeError('x is undefined'), new LabError('bug', 'x is undefined')]) {
      expect(printed(bug).notes)
        .to.match(/x is undefined\n +at /)
        .and.include('this is a bug in halab');
    }
    expect(printed('thrown by hand').notes).to.include('thrown by hand').and.include('bug');
  });

  it('answers in JSON as well', () => {
    expect(printed(known, { json: true }).json).to.deep.equal({
      schema: 'halab.error/1',
      error: {
        code: 'node-not-found',
        message: 'no node ha-host9',
        hint: 'its nodes: ha-host1',
        data: { node: 'ha-host9' },
      },
    });
    for (const error of [known, new TypeError('x'), 'a string', new LabError('bug', 'x')]) {
      expect(problemsBy('error', printed(error, { json: true }).json)).to.deep.equal([]);
    }
  });
});
