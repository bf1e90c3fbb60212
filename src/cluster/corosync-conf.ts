/** What corosync.conf says of the cluster. */
export interface CorosyncConf {
  readonly clusterName?: string;
  readonly nodes: readonly string[];
  /** True for the example that distributions install: one node on the loopback address, or no node at all. */
  readonly packaged: boolean;
}

interface ConfSection {
  readonly name: string;
  readonly values: Record<string, string>;
  readonly sections: ConfSection[];
}

/** Reads corosync.conf(5): `name { key: value }`, nested, `#` for comments. A node's name is its `name`, or before corosync 3 its ring0_addr. */
export function parseCorosyncConf(source: string): CorosyncConf {
  const root = parseSections(source);
  const clusterName = root.sections.find(({ name }) => name === 'totem')?.values.cluster_name;
  const nodes = root.sections.filter(({ name }) => name === 'nodelist').flatMap(({ sections }) => sections);
  const addresses = nodes.flatMap(({ values }) =>
    Object.entries(values).flatMap(([key, value]) => (/^ring\d_addr$/.test(key) ? [value] : [])),
  );
  return {
    ...(clusterName === undefined ? {} : { clusterName }),
    nodes: nodes.flatMap(({ values }) => values.name ?? values.ring0_addr ?? []),
    packaged: addresses.every((address) => address.startsWith('127.')),
  };
}

function parseSections(source: string): ConfSection {
  const root: ConfSection = { name: '', values: {}, sections: [] };
  const open = [root];
  for (const raw of source.split('\n')) {
    const line = raw.replace(/^\s*#.*$/, '').trim();
    const top = open.at(-1) ?? root;
    const section = /^(\S+)\s*\{$/.exec(line)?.[1];
    const [, key, value] = /^([^\s:]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (section !== undefined) {
      const opened = { name: section, values: {}, sections: [] };
      top.sections.push(opened);
      open.push(opened);
    } else if (line === '}' && open.length > 1) open.pop();
    else if (key !== undefined && value !== undefined) top.values[key] = value;
  }
  return root;
}
