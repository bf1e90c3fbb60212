import { expect } from 'chai';
import { isLabError } from '../../src/model/errors.js';
import type { FenceDevice } from '../../src/model/fencing.js';
import type { LabInstance } from '../../src/model/lab.js';
import type { Ability } from '../../src/model/scenario.js';
import { abilitiesOf, type Backend, type LabStatus } from '../../src/ports/backend.js';
import type { ExecResult } from '../../src/ports/transport.js';

export interface BackendFixture {
  readonly backend: Backend;
  /** A lab of two nodes or more, each with an eth1, of which nothing is on the machine. */
  readonly instance: LabInstance;
  /** Abilities that are there but do not keep their promises yet, and in what they fail. */
  readonly gaps?: Readonly<Partial<Record<Ability, string>>>;
  /** Has an agent give up early where a controller does not answer; else it tries for 20 s and more. */
  readonly impatience?: Impatience;
}

export interface Impatience {
  /** A program on the node, and what it is. */
  readonly path: string;
  readonly script: string;
  /** Options that have the agent call it. */
  readonly options: Readonly<Record<string, string>>;
}

const CONNECT_MS = 60_000;
const EXEC_MS = 10_000;
/** ipmitool tries for 20 s, and an agent asks more than once. */
const FENCE_MS = 60_000;
const MARKER = '/root/was-here';
const PATIENCE_MS = 120_000;

/** The promises of the Backend port, for every adapter that makes them. The tests share one lab and stand in order. */
export function describeBackend(name: string, make: () => BackendFixture | Promise<BackendFixture>): void {
  describe(`the ${name} backend`, function () {
    this.timeout(PATIENCE_MS);
    let backend: Backend;
    let instance: LabInstance;
    let gaps: BackendFixture['gaps'];
    let impatience: Impatience | undefined;
    let first: string;
    let second: string;

    before(async () => {
      ({ backend, instance, gaps, impatience } = await make());
      [first, second] = instance.lab.nodes.map((node) => node.name) as [string, string];
    });
    after(() => backend?.down(instance.name));

    const up = () => backend.up(instance, { onProgress: () => undefined });
    const stateOf = async (): Promise<LabStatus['state']> => (await backend.status(instance)).state;
    const nodeStates = async () => (await backend.status(instance)).nodes.map(({ node, state }) => `${node} ${state}`);
    const owners = async () => (await backend.status(instance)).nodes.map(({ owner }) => owner?.pid);

    async function exec(node: string, ...argv: readonly string[]): Promise<ExecResult> {
      const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
      try {
        return await transport.exec(argv, { timeoutMs: EXEC_MS });
      } finally {
        await transport.close();
      }
    }

    async function writeMarker(node: string): Promise<void> {
      const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
      await transport.upload('here', MARKER);
      await transport.close();
    }

    async function readMarker(node: string): Promise<string> {
      const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
      try {
        return (await transport.download(MARKER)).toString();
      } finally {
        await transport.close();
      }
    }

    function reasonToSkip(abilities: readonly Ability[]): string | undefined {
      const lacking = abilities.filter((ability) => !abilitiesOf(backend, instance).includes(ability));
      if (lacking.length > 0) return `the ${backend.name} backend cannot do: ${lacking.join(', ')}`;
      return abilities.map((ability) => gaps?.[ability]).find((gap) => gap !== undefined);
    }

    function needs(abilities: readonly Ability[], test: () => Promise<void>): Mocha.AsyncFunc {
      return function (this: Mocha.Context) {
        const reason = reasonToSkip(abilities);
        if (reason === undefined) return test();
        const { test: own } = this;
        if (own) own.title += ` (skipped: ${reason})`;
        return this.skip();
      };
    }

    it('finds a machine that can run the lab', async () => {
      const missing = (await backend.preflight(instance)).filter(({ ok, weight }) => !ok && weight === 'required');
      expect(missing).to.deep.equal([]);
    });

    describe('before anything is up', () => {
      it('says absent', async () => {
        expect(await stateOf()).to.equal('absent');
        expect(new Set((await backend.status(instance)).nodes.map(({ state }) => state))).to.deep.equal(
          new Set(['absent']),
        );
      });

      it('does not list the lab', async () => {
        expect(await backend.list()).to.not.include(instance.name);
      });

      it('takes nothing down without complaint', async () => {
        await backend.down(instance.name);
      });

      it('lets nobody in', async () => {
        const codes = ['node-unreachable', 'boot-timeout', 'lab-not-up'];
        expect(codes).to.include(await codeOf(backend.connect(instance, first, { timeoutMs: 50 })));
      });
    });

    describe('up', () => {
      before(up);

      it('brings every node up', async () => {
        expect(await stateOf()).to.equal('up');
        expect(await nodeStates()).to.deep.equal(instance.lab.nodes.map((node) => `${node.name} running`));
      });

      it('lists the lab', async () => {
        expect(await backend.list()).to.include(instance.name);
      });

      it('names the lab, the backend and the instance', async () => {
        const { lab, backend: own, instance: called } = await backend.status(instance);
        expect({ lab, own, called }).to.deep.equal({
          lab: instance.lab.name,
          own: backend.name,
          called: instance.name,
        });
      });

      it('lets us in, as root on the node that was asked for', async () => {
        for (const { name: node } of instance.lab.nodes) {
          expect(await exec(node, 'hostname')).to.include({ exitCode: 0, stdout: `${node}\n` });
        }
      });

      it('hands over exit codes', async () => {
        expect(await exec(first, 'sh', '-c', 'exit 7')).to.have.property('exitCode', 7);
      });

      it('knows no node that is not in the lab', async () => {
        expect(await codeOf(backend.connect(instance, 'nobody', { timeoutMs: 50 }))).to.equal('node-not-found');
      });

      it('leaves what is there when it is called again', async () => {
        await writeMarker(first);
        const before = await owners();
        await up();
        expect(await owners()).to.deep.equal(before);
        expect(await readMarker(first)).to.equal('here');
      });
    });

    describe('power', () => {
      it(
        'off pulls the plug, twice is once',
        needs(['power'], async () => {
          await backend.power?.off(instance, first);
          await backend.power?.off(instance, first);
          expect(await backend.power?.isOn(instance, first)).to.equal(false);
          expect(await stateOf()).to.equal('partial');
          expect(await nodeStates())
            .to.include(`${first} stopped`)
            .and.include(`${second} running`);
          expect(['node-unreachable', 'boot-timeout']).to.include(
            await codeOf(backend.connect(instance, first, { timeoutMs: 50 })),
          );
        }),
      );

      it(
        'on starts the node with its disk as it was left, twice is once',
        needs(['power'], async () => {
          await backend.power?.on(instance, first);
          await backend.power?.on(instance, first);
          expect(await backend.power?.isOn(instance, first)).to.equal(true);
          expect(await readMarker(first)).to.equal('here');
          expect(await stateOf()).to.equal('up');
        }),
      );

      it(
        'of every node off is down, and up starts them again',
        needs(['power'], async () => {
          for (const { name: node } of instance.lab.nodes) await backend.power?.off(instance, node);
          expect(await stateOf()).to.equal('down');
          expect(await backend.list()).to.include(instance.name);
          await up();
          expect(await stateOf()).to.equal('up');
          expect(await readMarker(first)).to.equal('here');
        }),
      );

      it(
        'knows no node that is not in the lab',
        needs(['power'], async () => {
          expect(await codeOf(backend.power?.off(instance, 'nobody'))).to.equal('node-not-found');
        }),
      );
    });

    describe('links', () => {
      const get = (node: string) => backend.links?.get(instance, node, 'eth1');

      for (const by of ['admin', 'carrier'] as const) {
        const other = by === 'admin' ? 'carrier' : 'admin';
        it(
          `go down and up again by ${by}, twice is once, and the way in stays`,
          needs(['links'], async () => {
            expect(await get(first)).to.deep.equal({ admin: 'up', carrier: 'up' });
            for (const _time of ['once', 'twice']) {
              await backend.links?.set(instance, first, 'eth1', 'down', by);
              expect(await get(first)).to.deep.equal({ [by]: 'down', [other]: 'up' });
            }
            expect(await get(second)).to.deep.equal({ admin: 'up', carrier: 'up' });
            expect(await exec(first, 'true')).to.have.property('exitCode', 0);
            for (const _time of ['once', 'twice']) {
              await backend.links?.set(instance, first, 'eth1', 'up', by);
              expect(await get(first)).to.deep.equal({ admin: 'up', carrier: 'up' });
            }
          }),
        );
      }

      it(
        'that do not exist are refused',
        needs(['links'], async () => {
          expect(await codeOf(backend.links?.set(instance, first, 'eth9', 'down', 'admin'))).to.equal('link-not-found');
          expect(await codeOf(backend.links?.get(instance, first, 'eth9'))).to.equal('link-not-found');
          expect(await codeOf(backend.links?.set(instance, 'nobody', 'eth1', 'down', 'admin'))).to.equal(
            'node-not-found',
          );
        }),
      );
    });

    describe('pause', () => {
      it(
        'freezes and thaws a node, twice is once',
        needs(['pause'], async () => {
          for (const _time of ['once', 'twice']) {
            await backend.pause?.freeze(instance, first);
            expect(await backend.pause?.isFrozen(instance, first)).to.equal(true);
          }
          expect(await nodeStates())
            .to.include(`${first} frozen`)
            .and.include(`${second} running`);
          expect(await stateOf()).to.equal('up');
          for (const _time of ['once', 'twice']) {
            await backend.pause?.thaw(instance, first);
            expect(await backend.pause?.isFrozen(instance, first)).to.equal(false);
          }
          expect(await exec(first, 'true')).to.have.property('exitCode', 0);
        }),
      );

      it(
        'does not hold back the plug',
        needs(['pause', 'power'], async () => {
          await backend.pause?.freeze(instance, second);
          await backend.power?.off(instance, second);
          expect(await backend.power?.isOn(instance, second)).to.equal(false);
          await backend.power?.on(instance, second);
          expect(await backend.pause?.isFrozen(instance, second)).to.equal(false);
          expect(await exec(second, 'true')).to.have.property('exitCode', 0);
        }),
      );

      it(
        'thaws a node that is off without complaint',
        needs(['pause', 'power'], async () => {
          await backend.power?.off(instance, second);
          await backend.pause?.thaw(instance, second);
          await backend.power?.on(instance, second);
        }),
      );
    });

    describe('fencing', () => {
      /** As pacemaker calls an agent: what it is to do and how stands on its stdin. */
      async function fence(device: FenceDevice, action: string, hurry?: Impatience): Promise<ExecResult> {
        const options = Object.entries({ ...device.options, ...device.secrets, ...hurry?.options, action });
        const lines = options.filter(([name]) => !name.startsWith('pcmk_')).map(([name, value]) => `${name}=${value}`);
        const transport = await backend.connect(instance, second, { timeoutMs: CONNECT_MS });
        try {
          if (hurry) await transport.upload(hurry.script, hurry.path, 0o755);
          return await transport.exec([device.agent], { timeoutMs: FENCE_MS, stdin: `${lines.join('\n')}\n` });
        } finally {
          await transport.close();
        }
      }
      const devices = () => (backend.fencing?.devices(instance) ?? []).filter(({ node }) => node === first);
      const own = () => devices()[0] ?? expect.fail(`nothing fences ${first}`);
      /** 0 for on, 2 for off, by whoever asks (FenceAgentAPI.md, agent operations and return values). */
      const statusBy = async (device: FenceDevice, hurry?: Impatience) =>
        (await fence(device, 'status', hurry)).exitCode;

      it(
        'names what fences each HA node, the same at each time, and no secret among what may be read',
        needs(['fencing'], async () => {
          const ha = instance.lab.nodes.filter(({ role }) => role === 'ha').map(({ name: node }) => node);
          const all = backend.fencing?.devices(instance) ?? [];
          expect(new Set(all.map(({ node }) => node))).to.deep.equal(new Set(ha));
          expect(new Set(all.map(({ id }) => id)).size).to.equal(all.length);
          expect(all.map(({ level }) => level)).to.include(1);
          expect(backend.fencing?.devices(instance)).to.deep.equal(all);
          for (const { options, secrets } of all)
            expect(Object.values(options)).to.not.include.members([...Object.values(secrets), '']);
        }),
      );

      /** A machine tests itself before it boots. */
      async function booted(node: string): Promise<void> {
        const untilMs = Date.now() + CONNECT_MS;
        while ((await backend.power?.isOn(instance, node)) === false) {
          if (Date.now() > untilMs) expect.fail(`${node} has not booted within ${CONNECT_MS} ms`);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        expect(await exec(node, 'true')).to.have.property('exitCode', 0);
      }

      it(
        'cuts the power by each device, tells the truth of it, and restores it',
        needs(['fencing', 'power'], async () => {
          for (const device of devices()) {
            expect(await statusBy(device), device.id).to.equal(0);
            expect(await fence(device, 'off'), device.id).to.have.property('exitCode', 0);
            expect(await backend.power?.isOn(instance, first), device.id).to.equal(false);
            expect(await statusBy(device), device.id).to.equal(2);
            expect(await fence(device, 'on'), device.id).to.have.property('exitCode', 0);
            await booted(first);
          }
        }),
      );

      it(
        'does not hold back from a frozen node, which is not frozen afterwards',
        needs(['fencing', 'pause'], async () => {
          await backend.pause?.freeze(instance, first);
          expect(await fence(own(), 'reboot')).to.have.property('exitCode', 0);
          await booted(first);
          expect(await backend.pause?.isFrozen(instance, first)).to.equal(false);
        }),
      );

      for (const how of ['unreachable', 'wrong-password', 'slow'] as const) {
        it(
          `fails while the controller is broken: ${how}`,
          needs(['fencing', 'controllers'], async () => {
            expect(await statusBy(own(), impatience)).to.equal(0);
            for (const _time of ['once', 'twice']) await backend.controllers?.fail(instance, first, how);
            expect(await backend.controllers?.failureOf(instance, first)).to.equal(how);
            expect([0, 2]).to.not.include(await statusBy(own(), impatience));
            for (const other of devices().slice(1)) expect(await statusBy(other), other.id).to.equal(0);
            for (const _time of ['once', 'twice']) await backend.controllers?.recover(instance, first);
            expect(await backend.controllers?.failureOf(instance, first)).to.equal(undefined);
            expect(await statusBy(own())).to.equal(0);
          }),
        );
      }

      it(
        'is believed by the agent where the controller lies, and does not happen',
        needs(['fencing', 'controllers', 'power'], async () => {
          await backend.controllers?.fail(instance, first, 'lies');
          expect(await backend.controllers?.failureOf(instance, first)).to.equal('lies');
          const before = await owners();
          expect(await fence(own(), 'off')).to.have.property('exitCode', 0);
          expect(await statusBy(own())).to.equal(2);
          expect(await backend.power?.isOn(instance, first)).to.equal(true);
          await backend.controllers?.recover(instance, first);
          expect(await statusBy(own())).to.equal(0);
          expect(await owners()).to.deep.equal(before);
        }),
      );

      it(
        'is there whoever is off, and again after another up',
        needs(['fencing', 'power'], async () => {
          await backend.power?.off(instance, first);
          expect(await statusBy(own())).to.equal(2);
          await up();
          expect(await statusBy(own())).to.equal(0);
        }),
      );
    });

    describe('snapshots', () => {
      const names = async () => (await backend.snapshots?.list(instance))?.map(({ name }) => name);

      it(
        'hold the whole lab as it stood, and it goes on from there',
        needs(['snapshots'], async () => {
          await writeMarker(first);
          expect(await names()).to.deep.equal([]);
          await backend.snapshots?.take(instance, 'here');
          expect(await stateOf()).to.equal('up');
          expect(await exec(second, 'true')).to.have.property('exitCode', 0);
          const transport = await backend.connect(instance, first, { timeoutMs: CONNECT_MS });
          await transport.upload('elsewhere', MARKER);
          await transport.close();
          await backend.snapshots?.take(instance, 'elsewhere');
          expect(await names()).to.deep.equal(['here', 'elsewhere']);
          await backend.snapshots?.restore(instance, 'here');
          expect(await stateOf()).to.equal('up');
          expect(await nodeStates()).to.deep.equal(instance.lab.nodes.map((node) => `${node.name} running`));
          expect(await readMarker(first)).to.equal('here');
        }),
      );

      it(
        'leave nodes off that were off, and start those that have gone off since',
        needs(['snapshots', 'power'], async () => {
          await backend.power?.off(instance, second);
          await backend.snapshots?.take(instance, 'second-off');
          await backend.power?.on(instance, second);
          await backend.power?.off(instance, first);
          await backend.snapshots?.restore(instance, 'second-off');
          expect(await backend.power?.isOn(instance, first)).to.equal(true);
          expect(await backend.power?.isOn(instance, second)).to.equal(false);
          await backend.power?.on(instance, second);
        }),
      );

      it(
        'have one name each, and only those that were taken can be restored',
        needs(['snapshots'], async () => {
          expect(await codeOf(backend.snapshots?.take(instance, 'here'))).to.equal('usage');
          expect(await codeOf(backend.snapshots?.restore(instance, 'never-taken'))).to.equal('usage');
          expect(await stateOf()).to.equal('up');
        }),
      );

      it(
        'can be removed, twice is once',
        needs(['snapshots'], async () => {
          for (const _time of ['once', 'twice']) await backend.snapshots?.remove(instance, 'here');
          expect(await names()).to.not.include('here');
          expect(await readMarker(first)).to.equal('here');
        }),
      );
    });

    describe('down', () => {
      before(() => backend.down(instance.name));

      it('leaves nothing', async () => {
        expect(await stateOf()).to.equal('absent');
        expect(await backend.list()).to.not.include(instance.name);
      });

      it('may be called again', async () => {
        await backend.down(instance.name);
        expect(await stateOf()).to.equal('absent');
      });
    });
  });
}

/** The code of the LabError that the work ends with. */
async function codeOf(work: Promise<unknown> | undefined): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isLabError(error)) return error.code;
    throw error;
  }
  return expect.fail('it did not fail');
}
