import { expect } from 'chai';
import { readAny } from '../../../src/cluster/read-any.js';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import { parseCrmMonXml } from '../../../src/cluster/status-xml.js';
import { EMPTY_STATE } from '../../../src/model/cluster-state.js';
import { fixture } from './fixture.js';

const XML = fixture('crm_mon/2.1.5__xml-output.xml');
const TEXT = fixture('bookworm.txt');
const { state: STATE } = parseCrmMonXml(XML);

describe('reading anything', () => {
  it('reads text as text, and XML as XML', () => {
    expect(readAny(TEXT)).to.deep.equal(parseStatusText(TEXT));
    expect(readAny(XML)).to.deep.equal(STATE);
  });

  const FRAMES: Readonly<Record<string, string>> = {
    'a byte-order mark': `\uFEFF${XML}`,
    'a declaration': `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
    'a byte-order mark and a declaration': `\uFEFF<?xml version="1.0"?>\n${XML}`,
    'a prompt before and after': `[root@ha-host1 ~]# crm_mon --output-as=xml\n${XML}\n[root@ha-host1 ~]# `,
    'a prompt of root': `ha-host1:~ # pcs status xml\n${XML}`,
    'blank lines': `\n\n   ${XML}\n\n`,
    'the line ends of Windows': XML.replaceAll('\n', '\r\n'),
  };
  for (const [what, source] of Object.entries(FRAMES)) {
    it(`reads XML with ${what}`, () => expect(readAny(source)).to.deep.equal(STATE));
  }

  it('keeps what else was printed beside the XML', () => {
    const state = readAny(`Warning: pcsd is old\n${XML}\nError: something\nwhatever`);
    expect(state.nodes).to.deep.equal(STATE?.nodes);
    expect(state.warnings).to.deep.equal(['pcsd is old']);
    expect(state.errors).to.deep.equal(['Error: something']);
    expect(state.unparsed).to.deep.equal(['whatever']);
  });

  it('reads XML that is cut off as far as its elements are whole', () => {
    const cutAfter = (piece: string) => readAny(XML.slice(0, XML.indexOf(piece) + piece.length));
    const inNode = cutAfter('<node name="cluster02" id="2" online="true"');
    expect(inNode.nodes.map(({ name }) => name)).to.deep.equal(['cluster01']);
    expect(inNode.dc?.name).to.equal('cluster02');
    expect(inNode.truncated).to.deep.equal(['the XML is cut off in line 13, inside of <nodes>']);
    const inClone = cutAfter('<node name="cluster02" id="2" cached="true"/>\n      </resource>');
    expect(inClone.nodes).to.have.lengthOf(5);
    expect(inClone.resources).to.deep.equal([]);
    expect(inClone.truncated[0]).to.contain('inside of <clone>');
    const inResources = cutAfter('</clone>');
    expect(inResources.resources.map(({ id }) => id)).to.deep.equal(['ping-clone']);
    expect(inResources.printed).to.include('resources').and.not.include('bans');
    expect(readAny(XML.slice(0, 10)).truncated).to.deep.equal(['the XML is cut off in line 1']);
  });

  it('says why XML of another kind, or none, tells nothing', () => {
    const errorsOf = (source: string) => {
      const { errors, ...rest } = readAny(source);
      expect({ ...rest, errors: [] }, source).to.deep.equal(EMPTY_STATE);
      return errors;
    };
    expect(errorsOf('<cib><status/></cib>')).to.deep.equal(['<cib> is not the output of crm_mon']);
    expect(errorsOf('<?xml version="1.0"?>\n<html/>')).to.deep.equal(['<html> is not the output of crm_mon']);
    expect(errorsOf(XML.replace('</nodes>', '</node>'))[0]).to.match(/^not well-formed XML: .* \(line 17\)$/);
  });

  it('gives crm_mon’s own error', () => {
    const said =
      '<pacemaker-result api-version="2.25"><status code="102" message="Not connected"><errors>' +
      '<error>crm_mon: Connection to cluster failed: Connection refused</error></errors></status></pacemaker-result>';
    expect(readAny(said).errors).to.deep.equal([
      'crm_mon: crm_mon: Connection to cluster failed: Connection refused (code 102)',
    ]);
    const legacy = readAny('crm_mon: Error: cluster is not available on this node\n<crm_mon version="2.0.5"/>\n');
    expect(legacy.errors).to.deep.equal(['crm_mon: Error: cluster is not available on this node']);
  });

  it('takes text that holds a tag for text', () => {
    expect(readAny(`<pre>\n${TEXT}\n</pre>`).nodes).to.deep.equal(parseStatusText(TEXT).nodes);
    expect(readAny(`${TEXT}\n${XML}`).clusterName).to.equal('linuxha');
  });

  it('reads nothing as nothing', () => {
    expect(readAny('').nodes).to.deep.equal([]);
    expect(readAny('<').nodes).to.deep.equal([]);
    expect(readAny('\uFEFF').nodes).to.deep.equal([]);
  });
});
