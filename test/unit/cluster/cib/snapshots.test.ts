import { expect } from 'chai';
import { cibSnapshotOf, createCibSnapshots } from '../../../../src/cluster/cib/snapshots.js';
import { NO_RESIDUE, type Residue } from '../../../../src/model/residue.js';
import type { ExecOptions, Transport } from '../../../../src/ports/transport.js';

const CIB = (configuration: string, status = ''): string =>
  `<cib admin_epoch="0" epoch="12" num_updates="3">\n  <configuration>${configuration}</configuration>\n  <status>${status}</status>\n</cib>`;
const property = (name: string, value: string) => `<nvpair id="p-${name}" name="${name}" value="${value}"/>`;
const operation = (id: string, attributes: string) =>
  `<lrm_resource id="${id}"><lrm_rsc_op id="${id}-op" call-id="1" ${attributes}/></lrm_resource>`;
const state = (node: string, operations: string, attributes = '') =>
  `<node_state uname="${node}"><transient_attributes id="1"><instance_attributes id="s">${attributes}</instance_attributes></transient_attributes>
   <lrm id="1"><lrm_resources>${operations}</lrm_resources></lrm></node_state>`;

/** Answers everything with success and remembers what it was told. */
function hearing(exitCode = 0) {
  const said: { readonly argv: string; readonly stdin?: string }[] = [];
  const transport = {
    node: 'ha-host1',
    async exec(argv: readonly string[], { stdin }: ExecOptions) {
      said.push({ argv: argv.join(' '), ...(stdin === undefined ? {} : { stdin }) });
      return { exitCode, stdout: '', stderr: exitCode === 0 ? '' : 'no such luck', durationMs: 1 };
    },
  } as unknown as Transport;
  return { said, transport };
}

describe('the snapshots of a CIB', () => {
  const parts = (configuration: string) =>
    cibSnapshotOf(CIB(configuration)).parts.map(({ kind, id }) => `${kind} ${id}`);

  it('tells the parts of a configuration, without what the cluster writes itself', () => {
    const configuration = `<crm_config><cluster_property_set id="b">${property('stonith-enabled', 'false')}${property('dc-version', '2.1')}${property('last-lrm-refresh', '17')}</cluster_property_set></crm_config>
      <nodes><node id="1" uname="ha-host1"/></nodes>
      <resources><primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2"/><group id="web"><primitive id="site" class="systemd" type="nginx"/></group></resources>
      <constraints><rsc_location id="l" rsc="vip" node="ha-host1" score="100"/></constraints>
      <rsc_defaults/><fencing-topology><fencing-level id="f" target="ha-host1" index="1" devices="d"/></fencing-topology>`;
    expect(parts(configuration)).to.deep.equal([
      'properties stonith-enabled',
      'nodes ha-host1',
      'resources vip',
      'resources web',
      'constraints l',
      'sections fencing-topology',
    ]);
  });

  it('keeps the configuration as it was written', () => {
    const { xml } = cibSnapshotOf(CIB('<resources/><constraints/>'));
    expect(xml).to.equal('<configuration><resources/><constraints/></configuration>');
  });

  it('sees a change anywhere within a resource', () => {
    const digestOf = (interval: string) =>
      cibSnapshotOf(
        CIB(
          `<resources><primitive id="vip" class="ocf" type="x"><operations><op id="o" name="monitor" interval="${interval}"/></operations></primitive></resources>`,
        ),
      ).parts[0]?.digest;
    expect(digestOf('10s')).to.not.equal(digestOf('30s'));
  });

  it('takes a node that has left standby for one that never was in it', () => {
    const digestOf = (attributes: string) =>
      cibSnapshotOf(CIB(`<nodes><node id="1" uname="a">${attributes}</node></nodes>`)).parts[0]?.digest;
    const standby = (value: string) =>
      `<instance_attributes id="i"><nvpair id="n" name="standby" value="${value}"/></instance_attributes>`;
    expect(digestOf(standby('off'))).to.equal(digestOf(''));
    expect(digestOf(standby('on'))).to.not.equal(digestOf(''));
  });

  it('lists failures, and no probe that found something running', () => {
    const key = (wanted: number) => `transition-key="1:2:${wanted}:u"`;
    const operations = [
      operation('vip', `operation="monitor" interval="0" rc-code="0" op-status="0" ${key(7)}`),
      operation('bad', `operation="start" interval="0" rc-code="6" op-status="0" ${key(0)}`),
      operation('slow', `operation="monitor" interval="10000" rc-code="1" op-status="2" ${key(0)}`),
    ].join('');
    const attributes = [property('fail-count-gone#start_0', 'INFINITY'), property('last-failure-gone#start_0', '17')];
    const kept = cibSnapshotOf(CIB('<resources/>', state('a', operations, attributes.join(''))));
    expect(kept.failures).to.deep.equal(['bad on a', 'gone on a', 'slow on a']);
    expect(kept.attributes).to.deep.equal([]);
  });

  it('lists transient attributes that are nobody’s own', () => {
    const attributes = ['#feature-set', 'pingd', 'master-db', 'shutdown'].map((name) => property(name, '1')).join('');
    const kept = cibSnapshotOf(CIB('<resources/>', state('a', '', attributes)));
    expect(kept.attributes).to.deep.equal([{ node: 'a', name: 'pingd' }]);
  });

  const kept = cibSnapshotOf(CIB('<resources/>'));
  const told = async (left: Partial<Residue>) => {
    const { said, transport } = hearing();
    await createCibSnapshots().restore(transport, kept, { ...NO_RESIDUE, ...left });
    return said.map(({ argv }) => argv);
  };

  it('puts back nothing but what is left over', async () => {
    expect(await told({})).to.deep.equal([]);
    expect(await told({ properties: ['p'] })).to.deep.equal(['cibadmin --replace --scope configuration --xml-pipe']);
    expect(await told({ failures: ['vip on a'] })).to.deep.equal(['crm_resource --cleanup']);
    expect(await told({ attributes: [{ node: 'a', name: 'pingd' }] })).to.deep.equal([
      'attrd_updater --delete --name pingd --node a',
    ]);
    expect(await told({ fencings: ['a'] })).to.deep.equal(['stonith_admin --cleanup --history *']);
    expect(await told({ resources: ['vip'] })).to.have.length(2);
  });

  it('hands the configuration over on stdin, where its passwords are in no process list', async () => {
    const { said, transport } = hearing();
    await createCibSnapshots().restore(transport, kept, { ...NO_RESIDUE, resources: ['vip'] });
    expect(said[0]?.stdin).to.equal('<configuration><resources/></configuration>');
  });

  it('says what the cluster refused', async () => {
    const { transport } = hearing(65);
    const error = await createCibSnapshots()
      .restore(transport, kept, { ...NO_RESIDUE, sections: ['acls'] })
      .catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'command-failed' });
    expect((error as Error).message).to.match(
      /^cibadmin --replace .* on ha-host1 ended with exit code 65: .*no such luck/,
    );
    const unread = await createCibSnapshots()
      .take(transport)
      .catch((caught: unknown) => caught);
    expect(unread).to.include({ code: 'status-unreadable' });
  });
});
