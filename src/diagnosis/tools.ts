import type { ClusterState } from '../model/cluster-state.js';

/** The programs of the cluster that an output came from, where they are not pcs and systemd's: `crm` is crmsh's. */
export type Tools = readonly ('crm' | 'cman')[];

/** crmsh at a prompt, or in its own errors: `alpha:~ # crm status`, `crm(live)# status`, `ERROR: status: crm_mon (rc=102):`. */
const CRMSH =
  /(?:^|[#$>%] ?)(?:sudo )?crm (?:status|resource|configure|node|cluster)\b|\bcrm\(live|\bcrm_mon \(rc=\d+\)/;
/** SUSE's packages, which come with crmsh: `2.0.4+20200616.2deceaa3a-3.9.1`. */
const SUSE_VERSION = /^\d[\d.]*\+\d{8}\.[0-9a-f]{6,}/;

/** Pure. pcs is assumed, unless the output shows otherwise; what only pcs prints settles it. */
export function toolsOf(state: ClusterState): Tools {
  const isCman = state.stack === 'cman';
  return [...(isFromCrmsh(state) ? (['crm'] as const) : []), ...(isCman ? (['cman'] as const) : [])];
}

function isFromCrmsh(state: ClusterState): boolean {
  const { clusterName, daemons, pcsd, dc, dcVersion = '', request = '', errors, unparsed } = state;
  if (clusterName !== undefined || daemons.length > 0 || Object.keys(pcsd).length > 0) return false;
  const isSuse = SUSE_VERSION.test(dc?.version ?? dcVersion);
  return isSuse || [request, ...errors, ...unparsed].some((line) => CRMSH.test(line));
}

type Translation = readonly (readonly [RegExp, string])[];

/** `NODE` stands for the node that the statement is about. */
const CRM: Translation = [
  [/^(sudo )?pcs status$/, '$1crm status'],
  [/^pcs status --full$/, 'crm status inactive failcounts'],
  [/^pcs constraint location$/, 'crm configure show type:location'],
  [/^pcs constraint ticket$/, 'crm configure show type:rsc_ticket'],
  [/^pcs constraint$/, 'crm configure show type:location type:colocation type:order'],
  [/^pcs resource failcount show$/, 'crm_mon -1 --failcounts'],
  [/^pcs resource failcount show (\S+)$/, 'crm resource failcount $1 show NODE'],
  [/^pcs resource debug-(start|stop) (\S+)$/, 'crm_resource --force-$1 -r $2'],
  [/^pcs resource debug-monitor (\S+)$/, 'crm_resource --force-check -r $1'],
  [/^pcs resource meta (\S+) maintenance=$/, 'crm resource maintenance $1 off'],
  [/^pcs resource enable (.+)$/, 'crm resource start $1'],
  [/^pcs resource refresh (\S+) node=(\S+)$/, 'crm resource refresh $1 $2'],
  [/^pcs resource promotable (\S+)$/, 'crm configure clone CLONE $1 meta promotable=true'],
  [/^pcs resource create …$/, 'crm configure primitive …'],
  [/^pcs (?:resource|stonith) config (\S+)$/, 'crm configure show $1'],
  [/^pcs stonith config$/, 'crm configure show type:primitive'],
  [/^pcs stonith cleanup (\S+)$/, 'crm resource cleanup $1'],
  [/^pcs resource (cleanup|clear|manage) (.+)$/, 'crm resource $1 $2'],
  [/^pcs stonith list$/, 'crm ra list stonith'],
  [/^pcs stonith create NAME AGENT …$/, 'crm configure primitive NAME stonith:AGENT …'],
  [/^pcs stonith update (\S+) .*$/, 'crm configure edit $1'],
  [/^pcs stonith history cleanup (\S+)$/, 'stonith_admin --cleanup --history $1'],
  [/^pcs stonith confirm (\S+)$/, 'stonith_admin --confirm $1'],
  [/^pcs stonith sbd status$/, 'systemctl status sbd'],
  [/^pcs property set (.+)$/, 'crm configure property $1'],
  [/^pcs property config (\S+)$/, 'crm_attribute --query --name $1'],
  [/^pcs node unstandby --all$/, 'crm node online NODE'],
  [/^pcs node unstandby (.+)$/, 'crm node online $1'],
  [/^pcs node unmaintenance (.+)$/, 'crm node ready $1'],
  [/^pcs cluster start\b.*$/, 'crm cluster start'],
  [/^pcs cluster enable --all$/, 'systemctl enable pacemaker'],
  [/^pcs booth config$/, 'cat /etc/booth/booth.conf'],
];

/** Clusters with cman are EL 6's: no systemd, no journal, votes in cman, and pcs 0.9. */
const CMAN: Translation = [
  [/^systemctl status corosync pacemaker(?: pcsd)?$/, 'service cman status; service pacemaker status'],
  [/^systemctl status (\S+)$/, 'service $1 status'],
  [/^systemctl is-enabled (\S+)$/, 'chkconfig --list $1'],
  [/^systemctl enable (?:--now )?(\S+)$/, 'chkconfig $1 on'],
  [/^journalctl\b.*$/, 'less /var/log/messages'],
  [/^corosync-quorumtool -s$/, 'cman_tool status'],
  [/^corosync-cfgtool -s$/, 'cman_tool nodes'],
  [/^corosync-cmapctl nodelist$/, 'cman_tool nodes -a'],
  [/^pcs property config (\S+)$/, 'pcs property show $1'],
  [/^pcs host auth (.+)$/, 'pcs cluster auth $1'],
  [/^pcs node (unstandby .+)$/, 'pcs cluster $1'],
];

const TABLES: { readonly [T in Tools[number]]: Translation } = { crm: CRM, cman: CMAN };

/** Pure. The command as the cluster's own tools have it. */
export function commandIn(command: string, tools: Tools, node: string): string {
  return tools.reduce((before, tool) => translated(before, TABLES[tool]).replace(/\bNODE\b/, node), command);
}

function translated(command: string, table: Translation): string {
  const found = table.find(([pattern]) => pattern.test(command));
  return found === undefined ? command : command.replace(found[0], found[1]);
}

/** `(pcs cluster unstandby, up to 0.9)`, which is nothing to say where there is no pcs. */
const ABOUT_PCS = / ?[(（][^()（）]*\bpcs\b[^()（）]*[)）]/g;

export function reasonIn(why: string, tools: Tools): string {
  return tools.includes('crm') ? why.replace(ABOUT_PCS, '') : why;
}
