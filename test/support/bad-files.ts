export interface BadFile {
  readonly name: string;
  readonly kind: 'lab' | 'scenario';
  readonly yaml: string;
  /** `line:column` of the first problem that `says` is about. */
  readonly at: string;
  readonly says: RegExp;
}

interface Edit {
  readonly replace: string;
  readonly by: string;
}

const LAB = `name: small
title: A small lab
cluster: { name: small }
networks:
  lan: { cidr: 192.168.56.0/24, carries: [cluster, service] }
nodes:
  disks: { role: storage, links: { eth1: 192.168.56.20 } }
  host1: { role: ha, links: { eth1: 192.168.56.31 } }
  host2: { role: ha, links: { eth1: 192.168.56.32 } }
addresses: { vip: 192.168.56.24/24 }
`;

/** For a lab with the nodes ha-host1 to ha-host3 and iscsi-disks, and the address vip. */
const SCENARIO = `id: cut-and-mend
title: Cut and mend
steps:
  - id: cut
    fault: { kind: link-down, node: "{holder of vip}", link: eth1 }
    probe: { id: vip, kind: ping, target: "{address vip}", from: "{storage}", every: 20ms }
    expect:
      - { node: "{was holder of vip}", is: offline }
      - { outage: { of: vip, below: token + 5s } }
    within: token + 10s
  - id: mend
    heal: cut
    expect:
      - { nodes: all, are: online }
`;

/** The good files that the bad ones are made from. */
export const GOOD_LAB = LAB;
export const GOOD_SCENARIO = SCENARIO;

function edited(text: string, { replace, by }: Edit): string {
  if (!text.includes(replace)) throw new Error(`nothing to replace: ${replace}`);
  return text.replace(replace, () => by);
}

function lab(name: string, replace: string, by: string, at: string, says: RegExp): BadFile {
  return { name: `lab-${name}`, kind: 'lab', yaml: edited(LAB, { replace, by }), at, says };
}

function scenario(name: string, replace: string, by: string, at: string, says: RegExp): BadFile {
  return { name: `scenario-${name}`, kind: 'scenario', yaml: edited(SCENARIO, { replace, by }), at, says };
}

const BAD_LABS: readonly BadFile[] = [
  { name: 'lab-empty', kind: 'lab', yaml: '# nothing\n', at: '1:1', says: /holds nothing/ },
  { name: 'lab-a-list', kind: 'lab', yaml: '- one\n- two\n', at: '1:1', says: /expected a map, found a list/ },
  lab('bracket-open', '[cluster, service] }', '[cluster, service }', '5:60', /not valid YAML/),
  lab('tab', '  disks:', '\tdisks:', '7:1', /not valid YAML/),
  lab('duplicate-key', '  host2:', '  host1:', '9:3', /duplicate key 'host1', first at 8:3/),
  lab('alias', '{ name: small }', '&same { name: small }\nimage: *same', '4:8', /alias '\*same'/),
  lab('unknown-key', 'title:', 'tittle:', '2:1', /unknown key 'tittle', did you mean 'title'\?/),
  lab('unknown-key-far', 'title: A', 'wallpaper: blue\ntitle: A', '2:1', /unknown key 'wallpaper'; known: name, title/),
  lab(
    'unknown-language',
    'title: A small lab',
    'title: { en: A small lab, ja: 小さなラボ }',
    '2:27',
    /unknown key 'ja'; known: en, zh/,
  ),
  lab('unknown-key-of-node', 'role: storage,', 'role: storage, memmory: 1GiB,', '7:27', /did you mean 'memory'\?/),
  lab('missing-title', 'title: A small lab\n', '', '1:1', /missing key 'title'/),
  lab('name', 'name: small\n', 'name: Small_Lab\n', '1:7', /'Small_Lab' cannot be a lab's name/),
  lab('node-name', '  host1:', '  Host_1:', '8:3', /'Host_1' cannot be a host name/),
  lab(
    'interface-name',
    '{ eth1: 192.168.56.31 }',
    '{ eth1-is-too-long-a-name: 192.168.56.31 }',
    '8:31',
    /cannot be an interface's name/,
  ),
  lab('eth0', '{ eth1: 192.168.56.31 }', '{ eth0: 192.168.56.31 }', '8:31', /'eth0' is the management interface/),
  lab('duplicate-address', '192.168.56.32', '192.168.56.31', '9:37', /192\.168\.56\.31 is taken by host1 eth1/),
  lab('vip-is-a-node', '192.168.56.24/24', '192.168.56.20/24', '10:19', /192\.168\.56\.20 is taken by disks eth1/),
  lab('vip-named-as-node', '{ vip:', '{ HOST1:', '10:14', /the name 'HOST1' is taken by host1 under nodes/),
  lab('outside', '192.168.56.32', '192.168.75.32', '9:37', /192\.168\.75\.32 is outside every network/),
  lab(
    'outside-named',
    'eth1: 192.168.56.32',
    'eth1: { network: lan, address: 192.168.75.32 }',
    '9:62',
    /outside network lan/,
  ),
  lab(
    'unknown-network',
    'eth1: 192.168.56.32',
    'eth1: { network: lam, address: 192.168.56.32 }',
    '9:48',
    /unknown network 'lam', did you mean 'lan'\?/,
  ),
  lab('broadcast', '192.168.56.32', '192.168.56.255', '9:37', /broadcast address/),
  lab('network-address', '192.168.56.32', '192.168.56.0', '9:37', /the network's own address/),
  lab('octet', '192.168.56.32', '192.168.56.320', '9:37', /'192\.168\.56\.320' is not an IPv4 address/),
  lab('cidr', '192.168.56.0/24', '192.168.56.0/33', '5:16', /is not an IPv4 network/),
  lab('cidr-host-bits', '192.168.56.0/24', '192.168.56.7/24', '5:16', /write 192\.168\.56\.0\/24/),
  lab(
    'overlap',
    'nodes:',
    '  more: { cidr: 192.168.56.128/25, carries: [] }\nnodes:',
    '6:17',
    /network more .* overlaps lan/,
  ),
  lab('overlap-management', 'networks:', 'management: 192.168.0.0/16\nnetworks:', '6:16', /overlaps management/),
  lab('memory', 'role: storage,', 'role: storage, memory: 64MiB,', '7:35', /64MiB of memory is too little/),
  lab('memory-huge', 'role: storage,', 'role: storage, memory: 2TiB,', '7:35', /more than a node can have/),
  lab(
    'memory-number',
    'role: storage,',
    'role: storage, memory: 1024,',
    '7:35',
    /expected a size of memory such as 1GiB, found a number/,
  ),
  lab('cpus', 'role: storage,', 'role: storage, cpus: 0,', '7:33', /0 is too small; at least 1/),
  lab('cpus-many', 'role: storage,', 'role: storage, cpus: 65,', '7:33', /65 is too big; at most 64/),
  lab('role', 'role: storage', 'role: storrage', '7:18', /unknown value 'storrage', did you mean 'storage'\?/),
  lab(
    'image',
    'cluster: {',
    'image: debain-12\ncluster: {',
    '3:8',
    /unknown image 'debain-12', did you mean 'debian-12'\?/,
  ),
  lab('no-cluster-network', '[cluster, service]', '[service]', '4:1', /no network carries the cluster/),
  lab('password', 'addresses:', 'users: { root: "a:b" }\naddresses:', '10:16', /this password cannot be set/),
  lab(
    'disk-of-client',
    '{ role: ha, links: { eth1: 192.168.56.31',
    '{ role: client, disks: { a: 1GiB }, links: { eth1: 192.168.56.31',
    '8:26',
    /host1 has role client and takes no disks/,
  ),
  lab('disk-size', 'role: storage,', 'role: storage, disks: { a: 1MB },', '7:39', /'1MB' is not a size of disk/),
  lab('disk-small', 'role: storage,', 'role: storage, disks: { a: 1MiB },', '7:39', /1MiB is no size for a disk/),
  lab('disk-name', 'role: storage,', 'role: storage, disks: { "a;b": 1GiB },', '7:36', /'a;b' cannot be a name here/),
  lab('box', 'addresses:', 'machines: { box: "a b" }\naddresses:', '10:18', /'a b' cannot be a box's name/),
  lab('firewall', 'addresses:', 'machines: { firewall: offf }\naddresses:', '10:23', /did you mean 'off'\?/),
  lab('vip-without-prefix', '192.168.56.24/24', '192.168.56.24', '10:19', /not an address with its prefix/),
  {
    name: 'lab-no-ha-node',
    kind: 'lab',
    yaml: LAB.replaceAll('role: ha', 'role: storage'),
    at: '6:1',
    says: /no node has role ha/,
  },
  {
    name: 'lab-several',
    kind: 'lab',
    yaml: LAB.replace('title:', 'tittle:')
      .replace('192.168.56.32', '192.168.56.31')
      .replace('role: storage', 'role: storage, cpus: 99'),
    at: '9:37',
    says: /^3 problems in [\s\S]*:2:1: unknown key[\s\S]*:7:33: 99 is too big[\s\S]*:9:37: /,
  },
];

const BAD_SCENARIOS: readonly BadFile[] = [
  scenario('colon', 'title: Cut and mend', 'title: Cut: and mend', '2:8', /not valid YAML/),
  scenario('quote-open', '"{storage}"', '"{storage}', '6:91', /not valid YAML/),
  scenario(
    'duplicate-key',
    '    within: token + 10s',
    '    within: token + 10s\n    within: 5s',
    '11:5',
    /duplicate key 'within', first at 10:5/,
  ),
  scenario('duplicate-step', 'id: mend', 'id: cut', '11:9', /step id 'cut' is there already/),
  scenario(
    'unknown-key',
    '    expect:\n      - { nodes',
    '    expects:\n      - { nodes',
    '13:5',
    /unknown key 'expects', did you mean 'expect'\?/,
  ),
  scenario(
    'unknown-key-of-check',
    'is: offline }',
    'is: offline, seen-form: all }',
    '8:53',
    /unknown key 'seen-form', did you mean 'seen-from'\?/,
  ),
  scenario('condition', 'is: offline', 'is: of-line', '8:44', /unknown value 'of-line', did you mean 'offline'\?/),
  scenario('subject', 'nodes: all', 'nodse: all', '14:11', /unknown expectation 'nodse', did you mean 'nodes'\?/),
  scenario(
    'expectation',
    '{ nodes: all, are: online }',
    '{ colour: vip, is: online }',
    '14:11',
    /unknown expectation 'colour'; known: node, nodes, resource, .*any-of/,
  ),
  scenario(
    'expectation-inside-another',
    '{ nodes: all, are: online }',
    '{ any-of: [ [ { quorun: true } ], [ { quorum: false } ] ] }',
    '14:25',
    /unknown expectation 'quorun', did you mean 'quorum'\?/,
  ),
  scenario(
    'expectation-of-another-tool',
    '{ nodes: all, are: online }',
    '{ host: ha-host1, is: online }',
    '14:11',
    /unknown expectation 'host', did you mean 'node'\?/,
  ),
  scenario(
    'expectation-without-a-subject',
    '{ nodes: all, are: online }',
    '{ on: ha-host1, is: started }',
    '14:9',
    /missing key; add one of node, nodes, resource/,
  ),
  scenario(
    'expectation-of-two',
    '{ nodes: all, are: online }',
    '{ resource: vip, quorum: true }',
    '14:11',
    /unknown key 'resource'; known: quorum, seen-from/,
  ),
  scenario(
    'run-cmd',
    'heal: cut',
    'run: { on: "{dc}", cmd: pcs status }',
    '12:24',
    /unknown key 'cmd', did you mean 'command'\?/,
  ),
  scenario(
    'run-node',
    'heal: cut',
    'run: { node: "{dc}", command: pcs status }',
    '12:12',
    /unknown key 'node', did you mean 'on'\?/,
  ),
  scenario('run-nothing', 'heal: cut', 'run: { on: "{dc}" }', '12:10', /missing key; add one of argv, command/),
  scenario(
    'role-in-a-command',
    'heal: cut',
    'run: { on: "{dc}", command: "pcs node standby {holdr of vip}" }',
    '12:51',
    /'\{holdr of vip\}' is not a role, did you mean '\{holder of vip\}'\?/,
  ),
  scenario(
    'kept-by-no-step',
    '"{was holder of vip}", is',
    '"{as victim}", is',
    '8:9',
    /unknown kept node 'victim'; a step keeps one with as: \{ victim: /,
  ),
  scenario(
    'kept-under-another-name',
    'heal: cut',
    'as: { victim: "{dc}" }\n    run: { on: "{as victm}", command: pcs status }',
    '13:16',
    /unknown kept node 'victm', did you mean 'victim'\?/,
  ),
  scenario(
    'kept-later',
    '    heal: cut\n    expect:',
    '    run: { on: "{as victim}", command: pcs status }\n  - id: later\n    as: { victim: "{dc}" }\n    expect:',
    '12:16',
    /unknown kept node 'victim'; a step keeps one/,
  ),
  scenario(
    'contrary-of-nothing',
    '{ nodes: all, are: online }',
    '{ not: { untouchd: vip } }',
    '14:18',
    /unknown expectation 'untouchd', did you mean 'untouched'\?/,
  ),
  scenario(
    'contrary-of-an-outage-of-no-probe',
    '{ nodes: all, are: online }',
    '{ not: { outage: { of: vpi, below: 5s } } }',
    '14:32',
    /unknown probe 'vpi', did you mean 'vip'\?/,
  ),
  scenario(
    'dc-of-no-node',
    '{ nodes: all, are: online }',
    '{ dc: ha-hots1 }',
    '14:15',
    /unknown node of lab linuxha 'ha-hots1', did you mean 'ha-host1'\?/,
  ),
  scenario(
    'role-before-the-link',
    '"{holder of vip}", link: eth1',
    '"{holdr of vip}", link: eth7',
    '5:37',
    /'\{holdr of vip\}' is not a role, did you mean '\{holder of vip\}'\?/,
  ),
  scenario(
    'node',
    '"{was holder of vip}", is',
    'ha-hots1, is',
    '8:17',
    /unknown node of lab linuxha 'ha-hots1', did you mean 'ha-host1'\?/,
  ),
  scenario(
    'role',
    '{holder of vip}',
    '{holdr of vip}',
    '5:37',
    /'\{holdr of vip\}' is not a role, did you mean '\{holder of vip\}'\?/,
  ),
  scenario(
    'role-unquoted',
    '"{was holder of vip}", is',
    '{was holder of vip}, is',
    '8:17',
    /found a map; .*put it in quotes/,
  ),
  scenario('all-for-one', '"{holder of vip}"', 'all', '5:37', /'all' is more than one node/),
  scenario('heal-unknown', 'heal: cut', 'heal: cutt', '12:11', /unknown step to heal 'cutt', did you mean 'cut'\?/),
  scenario('heal-itself', 'heal: cut', 'heal: mend', '12:11', /'mend' is not before this one/),
  scenario(
    'heal-no-fault',
    '  - id: mend',
    '  - id: look\n    expect: [ { quorum: true } ]\n  - id: early\n    heal: look\n  - id: mend',
    '14:11',
    /step 'look' has no fault/,
  ),
  scenario(
    'constant',
    'within: token + 10s',
    'within: tokn + 10s',
    '10:13',
    /unknown time constant 'tokn', did you mean 'token'\?/,
  ),
  scenario('time-offset', 'below: token + 5s', 'below: token + 5', '9:45', /'5' has no unit; write 5s/),
  scenario('time-number', 'within: token + 10s', 'within: 30', '10:13', /expected a time such as 30s, found a number/),
  scenario(
    'failcount-none',
    '{ nodes: all, are: online }',
    '{ failcount: vip }',
    '14:11',
    /how many failures is not said/,
  ),
  scenario(
    'failcount-both',
    '{ nodes: all, are: online }',
    '{ failcount: vip, is: 1, at-least: 1 }',
    '14:11',
    /both is and at-least are given/,
  ),
  scenario(
    'untouched-since',
    '{ nodes: all, are: online }',
    '{ untouched: vip, since: cutt }',
    '14:34',
    /unknown step 'cutt', did you mean 'cut'\?/,
  ),
  scenario(
    'constraint-is',
    '{ nodes: all, are: online }',
    '{ constraint: vip, is: here }',
    '14:32',
    /unknown value 'here'/,
  ),
  scenario('outage-of', 'of: vip, below', 'of: vipp, below', '9:25', /unknown probe 'vipp', did you mean 'vip'\?/),
  scenario(
    'fault-kind',
    'kind: link-down',
    'kind: link-dwn',
    '5:20',
    /unknown value 'link-dwn', did you mean 'link-down'\?/,
  ),
  scenario(
    'fault-means',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: link-down, node: ha-host1, link: eth1, by: drop-inn }',
    '5:63',
    /did you mean 'drop-in'\?/,
  ),
  scenario(
    'fault-daemon',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: daemon-kill, node: ha-host1, daemon: pacemaker }',
    '5:57',
    /unknown value 'pacemaker'/,
  ),
  scenario(
    'fault-from-itself',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: one-way-loss, node: ha-host1, from: ha-host1, link: eth1 }',
    '5:56',
    /a node always receives from itself/,
  ),
  scenario(
    'fault-from-unknown',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: one-way-loss, node: ha-host1, from: ha-host9, link: eth1 }',
    '5:56',
    /unknown node of lab \S+ 'ha-host9'/,
  ),
  scenario(
    'fault-from-management',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: one-way-loss, node: ha-host1, from: ha-host2, link: eth0 }',
    '5:72',
    /eth0 is the management link/,
  ),
  scenario(
    'fault-own-address',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: address-gone, node: ha-host1, address: 192.168.56.31 }',
    '5:59',
    /is ha-host1's own address/,
  ),
  scenario(
    'fault-value',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: failcount, node: ha-host1, resource: vip, value: 0 }',
    '5:69',
    /0 is too small; at least 1/,
  ),
  scenario(
    'fault-group-unknown',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: partition, groups: [[ha-host1], [ha-host9]] }',
    '5:53',
    /unknown node of lab \S+ 'ha-host9'/,
  ),
  scenario(
    'fault-group-one',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: partition, groups: [[ha-host1, ha-host2]] }',
    '5:39',
    /too few entries; at least 2/,
  ),
  scenario(
    'fault-group-twice',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: partition, groups: [[ha-host1], [ha-host2, ha-host1]] }',
    '5:63',
    /'ha-host1' is named twice/,
  ),
  scenario(
    'fault-group-all',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: partition, groups: [[all], rest] }',
    '5:41',
    /'all' is more than one node/,
  ),
  scenario(
    'fault-group-rest-first',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: partition, groups: [rest, [ha-host1]] }',
    '5:40',
    /rest is not the last group/,
  ),
  scenario(
    'fault-group-rest-nobody',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: partition, groups: [[ha-host1, ha-host2, ha-host3], rest] }',
    '5:72',
    /no node is left for rest/,
  ),
  scenario(
    'fault-group-link',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: partition, groups: [[ha-host1], rest], link: eth0 }',
    '5:65',
    /eth0 is the management link/,
  ),
  scenario(
    'fault-isolate-link',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: isolate, node: ha-host1, link: eth7 }',
    '5:51',
    /unknown link of \S+ 'eth7'/,
  ),
  scenario(
    'fault-ring-of-two',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: ring, nodes: [ha-host1, ha-host2] }',
    '5:33',
    /too few entries; at least 3/,
  ),
  scenario(
    'fault-ring-twice',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: ring, nodes: [ha-host1, ha-host2, ha-host1] }',
    '5:54',
    /'ha-host1' is named twice/,
  ),
  scenario(
    'fault-shape-nothing',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: shape, node: ha-host1, link: eth1 }',
    '5:20',
    /nothing is said that would shape the link/,
  ),
  scenario(
    'fault-shape-jitter',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: shape, node: ha-host1, link: eth1, jitter: 5ms }',
    '5:63',
    /jitter is that of a delay/,
  ),
  scenario(
    'fault-shape-loss',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: shape, node: ha-host1, link: eth1, loss: 150% }',
    '5:61',
    /'150%' is no loss that a link can have; write it as 5%/,
  ),
  scenario(
    'fault-shape-link',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: shape, node: ha-host1, link: eth0, rate: 1mbit }',
    '5:49',
    /eth0 is the management link/,
  ),
  scenario(
    'fault-kill-times',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: daemon-kill, node: ha-host1, daemon: controld, times: 51 }',
    '5:74',
    /51 is too big; at most 50/,
  ),
  scenario(
    'fault-kill-every',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: daemon-kill, node: ha-host1, daemon: controld, every: 5s }',
    '5:74',
    /every is of several kills/,
  ),
  scenario(
    'fault-kill-pause',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: daemon-kill, node: ha-host1, daemon: controld, times: 5, every: 1ms }',
    '5:84',
    /'1ms' is no time from one kill to the next/,
  ),
  scenario(
    'fault-process',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: process-kill, node: ha-host1, process: pacemakerd }',
    '5:59',
    /pacemakerd is a daemon of the stack; use daemon-kill/,
  ),
  scenario(
    'fault-process-vital',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: process-kill, node: ha-host1, process: sshd }',
    '5:59',
    /without sshd the node could not be healed/,
  ),
  scenario(
    'fault-path',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: disk-full, node: ha-host1, path: /usr/lib }',
    '5:53',
    /with \/usr\/lib full the node could not be healed/,
  ),
  scenario(
    'fault-path-half',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: disk-full, node: ha-host1, path: var/log }',
    '5:53',
    /'var\/log' is not the whole path of a folder/,
  ),
  scenario(
    'fault-memory',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: memory-load, node: "{storage}", megabytes: 1024 }',
    '5:63',
    /not less than the 1024 MiB that iscsi-disks has; take less/,
  ),
  scenario(
    'fault-workers',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: cpu-load, node: ha-host1, workers: 33 }',
    '5:55',
    /33 is too big; at most 32/,
  ),
  scenario(
    'fault-skew',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: clock-skew, node: ha-host1, by: 5min }',
    '5:52',
    /'5min' does not say how far a clock is off; write \+5min/,
  ),
  scenario(
    'fault-skew-far',
    'fault: { kind: link-down, node: "{holder of vip}", link: eth1 }',
    'fault: { kind: clock-skew, node: ha-host1, by: -25000min }',
    '5:52',
    /off by one second to one day/,
  ),
  scenario('link', 'link: eth1', 'link: eth7', '5:62', /unknown link of \S+ 'eth7', did you mean 'eth1'\?/),
  scenario('link-management', 'link: eth1', 'link: eth0', '5:62', /eth0 is the management link/),
  scenario(
    'two-actions',
    'heal: cut',
    'heal: cut\n    form: start',
    '13:5',
    /does one thing, and this one has both heal and form/,
  ),
  scenario('stage', 'heal: cut', 'form: stat', '12:11', /unknown value 'stat', did you mean 'start'\?/),
  scenario(
    'address-word',
    '{address vip}',
    '{address vpi}',
    '6:43',
    /unknown address of lab linuxha 'vpi', did you mean 'vip'\?/,
  ),
  scenario('probe-kind', 'kind: ping', 'kind: pingg', '6:29', /unknown value 'pingg', did you mean 'ping'\?/),
  scenario('probe-port', 'kind: ping', 'kind: tcp', '6:12', /missing key 'port'/),
  scenario('probe-path', 'kind: ping', 'kind: http, path: here', '6:41', /'here' is not a path/),
  scenario(
    'probe-twice',
    'probe: { id: vip, kind: ping, target: "{address vip}", from: "{storage}", every: 20ms }',
    'probe: [{ id: vip, kind: ping, target: "{address vip}", from: "{storage}", every: 20ms }, { id: vip, kind: arp, target: "{address vip}", from: "{storage}", every: 20ms }]',
    '6:101',
    /probe id 'vip' is there already/,
  ),
  scenario(
    'probe-untold',
    '{ outage: { of: vip, below: token + 5s } }',
    '{ writes: { of: vip } }',
    '9:25',
    /a ping probe does not report what became of writes/,
  ),
  scenario('install', 'heal: cut', 'install: recordr', '12:14', /unknown value 'recordr', did you mean 'recorder'\?/),
  scenario('every', 'every: 20ms', 'every: 0ms', '6:86', /'0ms' is not an interval for a probe/),
  scenario('exit-of-nothing', '{ nodes: all, are: online }', '{ exit: 0 }', '14:11', /this step runs none/),
  scenario(
    'regex',
    'heal: cut\n    expect:\n',
    'run: { on: "{dc}", argv: [id] }\n    expect:\n      - { output: { matches: "(" } }\n',
    '14:30',
    /'\(' is not a regular expression/,
  ),
  scenario(
    'command-open',
    'heal: cut',
    'run: { on: "{dc}", command: "echo \'hello" }',
    '12:39',
    /a quote is not closed/,
  ),
  scenario(
    'given',
    'steps:\n',
    'given: [form-clutser]\nsteps:\n',
    '3:9',
    /unknown scenario 'form-clutser', did you mean 'form-cluster'\?/,
  ),
  scenario('title-without-english', 'title: Cut and mend', 'title: { zh: 切断并恢复 }', '2:8', /missing key 'en'/),
  scenario(
    'ability',
    'steps:\n',
    'needs: { abilities: [lniks] }\nsteps:\n',
    '3:22',
    /unknown value 'lniks', did you mean 'links'\?/,
  ),
  scenario('id', 'id: cut-and-mend', 'id: Cut and mend', '1:5', /'Cut and mend' cannot be an id/),
  scenario(
    'expected-violation-audit',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: single-activ, because: so } ]',
    '13:37',
    /unknown value 'single-activ', did you mean 'single-active'\?/,
  ),
  scenario(
    'expected-violation-audit-far',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: colour, because: so } ]',
    '13:37',
    /unknown value 'colour'; known: settled, single-active, /,
  ),
  scenario(
    'expected-violation-because',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc } ]',
    '13:28',
    /missing key 'because'/,
  ),
  scenario(
    'expected-violation-because-empty',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, because: " " } ]',
    '13:54',
    /an empty text/,
  ),
  scenario(
    'expected-violation-because-without-english',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, because: { zh: 有原因 } } ]',
    '13:54',
    /missing key 'en'/,
  ),
  scenario(
    'expected-violation-unknown-key',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, becuase: so } ]',
    '13:45',
    /unknown key 'becuase', did you mean 'because'\?/,
  ),
  scenario(
    'expected-violation-any-of-nothing',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: any, because: so } ]',
    '13:28',
    /not of what/,
  ),
  scenario(
    'expected-violation-empty',
    'heal: cut',
    'heal: cut\n    expected-violations: []',
    '13:26',
    /too few entries/,
  ),
  scenario(
    'expected-violation-of-nothing',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, of: [], because: so } ]',
    '13:49',
    /too few entries/,
  ),
  scenario(
    'expected-violation-of-number',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, of: [24], because: so } ]',
    '13:50',
    /expected a resource, a node or an address, found a number/,
  ),
  scenario(
    'expected-violation-of-all',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, of: [all], because: so } ]',
    '13:50',
    /'all' is not one resource, node or address; leave of out/,
  ),
  scenario(
    'expected-violation-of-prefix',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-mac, of: [192.168.56.24/24], because: so } ]',
    '13:51',
    /'192\.168\.56\.24\/24' is not an IPv4 address; write it without a prefix/,
  ),
  scenario(
    'expected-violation-of-word',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-mac, of: ["{address vpi}"], because: so } ]',
    '13:51',
    /unknown address of lab linuxha 'vpi', did you mean 'vip'\?/,
  ),
  scenario(
    'expected-violation-of-role',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, of: ["{holdr of vip}"], because: so } ]',
    '13:50',
    /is not a role, did you mean '\{holder of vip\}'\?/,
  ),
  scenario(
    'expected-violation-of-node',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, of: ["{any other than ha-hots1}"], because: so } ]',
    '13:50',
    /unknown node of lab linuxha 'ha-hots1', did you mean 'ha-host1'\?/,
  ),
  scenario(
    'expected-violation-twice',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, because: so }, { audit: one-dc, because: thus } ]',
    '13:69',
    /'one-dc' is expected already, whatever it finds; keep one/,
  ),
  scenario(
    'expected-violation-twice-for-one',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-mac, of: ["{address vip}"], because: a }, { audit: one-mac, of: [b, 192.168.56.24], because: c } ]',
    '13:109',
    /'one-mac' is expected already for 192\.168\.56\.24/,
  ),
  scenario(
    'expected-violation-twice-in-one',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, of: ["{was dc}", "{ was  dc }"], because: a } ]',
    '13:62',
    /'one-dc' is expected already for \{was dc\}/,
  ),
  scenario(
    'expected-violation-after-whatever',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, because: a }, { audit: one-dc, of: [b], because: c } ]',
    '13:81',
    /'one-dc' is expected already, whatever it finds/,
  ),
  scenario(
    'expected-violation-before-whatever',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, of: [b], because: a }, { audit: one-dc, because: c } ]',
    '13:77',
    /'one-dc' is expected already; keep one/,
  ),
  scenario(
    'settle',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, because: so } ]\n    settle: 60',
    '14:13',
    /expected a time such as 30s, found a number/,
  ),
  scenario(
    'settle-constant',
    'heal: cut',
    'heal: cut\n    expected-violations: [ { audit: one-dc, because: so } ]\n    settle: 2 * tokn',
    '14:17',
    /unknown time constant 'tokn', did you mean 'token'\?/,
  ),
  scenario(
    'idle',
    '    heal: cut\n    expect:\n      - { nodes: all, are: online }\n',
    '    title: m\n',
    '11:5',
    /does nothing and expects nothing/,
  ),
  {
    name: 'scenario-several',
    kind: 'scenario',
    yaml: SCENARIO.replace('"{was holder of vip}", is', 'ha-host9, is')
      .replace('token + 5s', 'token + 5')
      .replace('heal: cut', 'heel: cut'),
    at: '8:17',
    says: /^3 problems in [\s\S]*:8:17: unknown node[\s\S]*:9:\d+: '5' has no unit[\s\S]*:12:5: unknown key 'heel'/,
  },
];

/** Files that must be refused, each with the place and the words of a problem. Scenarios are meant for the lab linuxha. */
export const BAD_FILES: readonly BadFile[] = [...BAD_LABS, ...BAD_SCENARIOS];
