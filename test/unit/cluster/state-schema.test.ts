import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { readAny } from '../../../src/cluster/read-any.js';
import {
  type ClusterState,
  EMPTY_STATE,
  type ResourceRole,
  STATUS_PARTS,
  type StatusReading,
} from '../../../src/model/cluster-state.js';
import { problemsBy, schemaOf } from '../../support/json-schemas.js';
import { fixture } from './fixture.js';

/** With every member that it may have, at every depth. */
type Full<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Full<Item>[]
    : { readonly [K in keyof T]-?: Full<T[K]> };

type Schema = {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly description?: string;
};

const FLAGS = {
  managed: true,
  disabled: false,
  blocked: false,
  failed: false,
  failureIgnored: false,
  orphaned: false,
  maintenance: false,
};
const PRIMITIVE = {
  kind: 'primitive',
  id: 'vip:0',
  agent: 'ocf:heartbeat:IPaddr2',
  role: 'Starting',
  nodes: ['a'],
  pending: 'Starting',
  lockedTo: 'a',
  unclean: true,
  probe: 'not installed',
  ...FLAGS,
} as const;
const GROUP = {
  kind: 'group',
  id: 'web:0',
  members: [PRIMITIVE],
  notPrinted: 2,
  notPrintedActive: 1,
  endUnknown: true,
  ...FLAGS,
} as const;
const EVENT = {
  text: 'reboot of b failed',
  action: 'reboot',
  target: 'b',
  status: 'failed',
  delegate: 'a',
  client: 'stonith_admin',
  origin: 'a',
  at: '10:00',
  reason: 'no device',
} as const;

const FULL: Full<ClusterState> = {
  request: 'crm_mon --output-as=xml',
  clusterName: 'linuxha',
  stack: 'corosync',
  dc: { name: 'a', id: '1', version: '2.1.5-a3f44794f94' },
  dcIsNone: false,
  dcVersion: '1.1.12-561c4cf',
  quorate: true,
  mixedVersion: false,
  updatedAt: '10:00',
  lastChange: { at: '9:00', user: 'root', via: 'cibadmin', node: 'a' },
  options: {
    stonithEnabled: true,
    maintenanceMode: false,
    stopAllResources: false,
    symmetric: true,
    noQuorumPolicy: 'stop',
  },
  unnamedActive: 2,
  counts: { nodes: 3, expectedVotes: 3, resources: 4, disabled: 1, blocked: 1 },
  nodes: [
    {
      name: 'a',
      id: '1',
      type: 'member',
      online: true,
      standby: false,
      standbyOnFail: false,
      standbyWithResources: false,
      maintenance: false,
      pending: false,
      unclean: false,
      health: 'green',
      featureSet: '3.16.2',
      host: 'b',
    },
  ],
  resources: [
    PRIMITIVE,
    GROUP,
    {
      kind: 'clone',
      id: 'c',
      child: 'web',
      promotable: false,
      unique: false,
      instances: [GROUP, PRIMITIVE],
      stoppedOn: ['b'],
      ...FLAGS,
    },
    {
      kind: 'bundle',
      id: 'httpd',
      image: 'pcmk:http',
      technology: 'docker',
      unique: false,
      replicas: [
        {
          index: 0,
          name: 'httpd-0',
          address: '192.168.122.131',
          role: 'Started',
          nodes: ['a'],
          agent: 'ocf:heartbeat:apache',
          flags: { ...FLAGS, pending: 'Monitoring', unclean: false },
          members: [PRIMITIVE],
        },
      ],
      ...FLAGS,
    },
  ],
  failedActions: [
    {
      text: 'vip_monitor_0 on a',
      resource: 'vip',
      operation: 'monitor',
      intervalMs: 0,
      node: 'a',
      exitCode: 7,
      exitStatus: 'not running',
      execution: 'complete',
      reason: 'gone',
      call: 3,
      at: '10:00',
      queuedMs: 0,
      execMs: 33,
    },
  ],
  failedFencing: [EVENT],
  fencingHistory: [EVENT],
  tickets: [{ id: 't', granted: true, standby: false, lastGranted: '9:00' }],
  bans: [{ id: 'b', resource: 'vip', node: 'a', promotedOnly: false, score: -1_000_000 }],
  attributes: [{ node: 'a', name: 'pingd', value: '1000' }],
  failCounts: [{ node: 'a', resource: 'vip', failCount: 1, migrationThreshold: 3, lastFailure: '10:00' }],
  daemons: [{ name: 'corosync', active: 'active', enabled: 'enabled' }],
  pcsd: { a: 'Online' },
  warnings: ['No stonith devices'],
  errors: ['Error: x'],
  printed: STATUS_PARTS,
  unparsed: ['?'],
  truncated: ['it is cut off'],
};

const ROOT = schemaOf('cluster-state') as Schema & { readonly $defs: Readonly<Record<string, Schema>> };

function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (ROOT.$defs[schema.$ref.replace('#/$defs/', '')] ?? schema);
}

/** Of several kinds the one that the value is of. */
function schemaFor(schema: Schema, value: object): Schema {
  const { oneOf } = resolved(schema);
  const kind = 'kind' in value ? value.kind : undefined;
  return oneOf === undefined
    ? resolved(schema)
    : (oneOf.map(resolved).find(({ properties }) => properties?.kind?.const === kind) ?? schema);
}

/** Members that only the schema knows, by path. */
function onlyInSchema(schema: Schema, value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const { items = {} } = resolved(schema);
    return value.flatMap((item, index) => onlyInSchema(items, item, `${path}[${index}]`));
  }
  const { properties = {} } = schemaFor(schema, value);
  return Object.entries(properties).flatMap(([name, property]) =>
    name in value
      ? onlyInSchema(property, (value as Record<string, unknown>)[name], `${path}.${name}`)
      : [`${path}.${name}`],
  );
}

/** Every object schema, and everything that stands under a name in one. */
function describedIn(schema: Schema, path: string): readonly (readonly [path: string, schema: Schema])[] {
  const inner = [...Object.entries(schema.properties ?? {}), ...(schema.items ? [['[]', schema.items] as const] : [])];
  return [
    ...Object.entries(schema.properties ?? {}).map(([name, each]) => [`${path}.${name}`, each] as const),
    ...inner.flatMap(([name, each]) => describedIn(each, `${path}.${name}`)),
  ];
}

describe('the schema of a cluster state', () => {
  it('knows every member of the model, and no other', () => {
    expect(problemsBy('cluster-state', FULL)).to.deep.equal([]);
    expect(onlyInSchema(ROOT, FULL)).to.deep.equal([]);
    expect(problemsBy('cluster-state', EMPTY_STATE)).to.deep.equal([]);
    expect(problemsBy('cluster-state', { ...FULL, more: 1 })).to.include('/ must NOT have additional properties');
    expect(
      problemsBy('cluster-state', { ...FULL, nodes: [{ ...FULL.nodes[0], online: undefined }] }),
    ).to.not.deep.equal([]);
  });

  it('knows the words of the model', () => {
    const roles: Readonly<Record<ResourceRole, true>> = {
      Started: true,
      Stopped: true,
      Promoted: true,
      Unpromoted: true,
      Starting: true,
      Stopping: true,
      Promoting: true,
      Demoting: true,
      Migrating: true,
      Unknown: true,
    };
    expect(ROOT.$defs.role?.enum).to.have.members(Object.keys(roles));
    expect(ROOT.$defs.part?.enum).to.deep.equal(STATUS_PARTS);
  });

  it('describes everything that has a name', () => {
    const all = [ROOT, ...Object.values(ROOT.$defs)].flatMap((schema) => describedIn(schema, ''));
    const bare = all.filter(([, schema]) => schema.const === undefined && resolved(schema).description === undefined);
    expect(all.length).to.be.greaterThan(100);
    expect(bare.map(([path]) => path)).to.deep.equal([]);
  });

  const corpus = ['status', 'crm_mon', 'agreement', 'tutorial', '.'].flatMap((folder) =>
    readdirSync(new URL(`../../fixtures/cluster/${folder}`, import.meta.url))
      .filter((name) => /\.(?:txt|xml)$/.test(name))
      .map((name) => `${folder}/${name}`),
  );

  it('fits what is read of every recorded output, text and XML', () => {
    expect(corpus.length).to.be.greaterThan(100);
    for (const path of corpus) {
      const state = JSON.parse(JSON.stringify(readAny(fixture(path))));
      expect(problemsBy('cluster-state', state), path).to.deep.equal([]);
    }
  });

  it('stands in the answer of halab status', () => {
    const reading: Full<StatusReading> = {
      node: 'a',
      at: '2026-11-23T08:26:03.000Z',
      state: FULL,
      text: 'Cluster name: linuxha',
      textState: FULL,
      problem: { kind: 'unreadable', message: 'it is cut off' },
    };
    const problemsOf = (cluster: unknown) =>
      problemsBy('status', { schema: 'halab.status/1', labs: [{ cluster: [cluster] }] }).filter((problem) =>
        problem.includes('/cluster/'),
      );
    expect(problemsOf(reading)).to.deep.equal([]);
    expect(problemsOf({ ...reading, state: { ...FULL, quorate: 'yes' } })).to.deep.equal([
      '/labs/0/cluster/0/state/quorate must be boolean',
    ]);
  });
});
