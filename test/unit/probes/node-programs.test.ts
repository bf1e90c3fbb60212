import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { nodeProgram, nodeScript } from '../../../src/ports/node-program.js';
import type { ExecResult, Transport } from '../../../src/ports/transport.js';
import { installRecorder } from '../../../src/probes/installers.js';
import { needProgram } from '../../support/programs.js';

const FOLDER = fileURLToPath(new URL('../../../node-programs/', import.meta.url));

describe('node-programs/', () => {
  it('are Python of any version that nodes have, or shell without a fault', () => {
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.py'))) {
      const check = 'import ast,sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 6))';
      execFileSync('python3', ['-c', check, `${FOLDER}${file}`]);
    }
    execFileSync('sh', ['-n', `${FOLDER}recorder.ocf`]);
  });

  it('have nothing that shellcheck warns of', function () {
    needProgram(this, 'shellcheck');
    this.timeout(60_000);
    const scripts = readdirSync(FOLDER).filter((name) => name.endsWith('.sh'));
    expect(scripts).to.include('observe.sh');
    execFileSync('shellcheck', ['--severity=warning', ...scripts.map((name) => `${FOLDER}${name}`)], { stdio: 'pipe' });
  });

  it('go over without the comment at their head, which says what they do', () => {
    expect(nodeProgram('observe.sh')).to.match(/^#!\/bin\/sh\n# \S/);
    expect(nodeScript('observe.sh')).to.match(/^since=\$1 /);
  });

  it('have metadata of the agent as ra-api-1.dtd wants it', () => {
    const text = /cat <<END\n([\s\S]*?)\nEND\n/.exec(nodeProgram('recorder.ocf'))?.[1] ?? '';
    expect(XMLValidator.validate(text)).to.equal(true);
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' });
    const agent = parser.parse(text)['resource-agent'];
    expect(agent).to.include({ '@name': 'recorder' });
    const children = Object.keys(agent).filter((key) => !key.startsWith('@'));
    expect(children).to.deep.equal(['version', 'longdesc', 'shortdesc', 'parameters', 'actions']);
    for (const parameter of agent.parameters.parameter) {
      const parts = Object.keys(parameter).filter((key) => !key.startsWith('@'));
      expect(parts).to.deep.equal(['longdesc', 'shortdesc', 'content']);
      expect(parameter.content['@type']).to.match(/^(string|integer|boolean|time)$/);
    }
    const actions = agent.actions.action.map((action: { '@name': string }) => action['@name']);
    expect(actions).to.deep.equal(['start', 'stop', 'monitor', 'validate-all', 'meta-data']);
    for (const action of agent.actions.action) expect(action).to.have.property('@timeout');
  });
});

describe('installRecorder', () => {
  const node = (exitCode: number) => {
    const files = new Map<string, number | undefined>();
    const exec = async (): Promise<ExecResult> => ({ exitCode, stdout: '', stderr: 'no space left', durationMs: 1 });
    const upload: Transport['upload'] = async (_content, path, mode) => void files.set(path, mode);
    return { files, transport: { node: 'ha-host1', exec, upload } as unknown as Transport };
  };

  it('puts program and agent where the cluster finds them', async () => {
    const { files, transport } = node(0);
    expect(await installRecorder(transport)).to.equal('ha-host1 has ocf:halab:recorder');
    expect([...files]).to.deep.equal([
      ['/usr/local/lib/halab/recorder.py', 0o755],
      ['/usr/lib/ocf/resource.d/halab/recorder', 0o755],
    ]);
  });

  it('says what went wrong', async () => {
    const failure = await installRecorder(node(1).transport).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'command-failed');
    expect(String(failure)).to.match(/no space left/);
  });
});
