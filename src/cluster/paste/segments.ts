import { beginsLine, type PrintedLine } from '../text/lines.js';
import { isFence } from './pasted-lines.js';

/** The lines that one command printed, or those before the first prompt. */
export interface Segment {
  /** The host in the prompt, or the one that answers. */
  readonly host?: string;
  readonly command?: string;
  /** One of several answers to one question: Ansible, pdsh and clush ask many hosts the same. */
  readonly isAnswer?: true;
  readonly lines: readonly PrintedLine[];
}

/** Splits a text at its prompts, at the answers of several hosts, and where a second output begins without one. Pure. */
export function segmentsOf(lines: readonly PrintedLine[]): readonly Segment[] {
  const typedIn = hasBarePrompts(lines) ? (text: string) => promptIn(text) ?? bareCommandIn(text) : promptIn;
  const segments: { prompt?: Prompt; lines: PrintedLine[] }[] = [{ lines: [] }];
  for (const line of lines) {
    const prompt = typedIn(line.text);
    if (prompt === undefined) segments.at(-1)?.lines.push(line);
    else segments.push({ prompt, lines: [] });
  }
  return segments.flatMap(({ prompt, lines: printed }) =>
    apartFromProse(withoutPrediction(printed))
      .flatMap(answersIn)
      .flatMap((answer) => outputsIn(answer.lines).map((part) => ({ ...prompt, ...answer, lines: part }))),
  );
}

/** `crm_simulate --simulate` prints what pacemaker would do, and the status that would follow from it, below the present one. */
const PREDICTION =
  /^\s*(?:Performing [Rr]equested [Mm]odifications|Executing [Cc]luster [Tt]ransition:|Revised [Cc]luster [Ss]tatus:)\s*$/;

function withoutPrediction(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  const at = lines.findIndex(({ text }) => PREDICTION.test(text));
  return at < 0 ? lines : lines.slice(0, at);
}

/** `alpha: Cluster name: demo`, as pdsh and clush print every line. */
const FROM_HOST = /^([\w.@-]+): ?(.*)$/;
/** `dshbak` and `clush -b` print a host between two lines of dashes, above what it answered. */
const RULE = /^-{10,}\s*$/;
const BETWEEN_RULES = /^((?:[\w.,-]|\[[\d,-]+\])+)(?: \(\d+\))?$/;
/** So many lines that a status has show that the words before them are hosts. */
const FEWEST = 2;

/** What each host answered, where a program asked several of them; otherwise the lines as they are. */
function answersIn(lines: readonly PrintedLine[]): readonly Segment[] {
  return belowRules(lines) ?? byPrefix(lines) ?? [{ lines }];
}

function byPrefix(lines: readonly PrintedLine[]): readonly Segment[] | undefined {
  const answers = new Map<string, PrintedLine[]>();
  for (const { raw, text } of lines) {
    const [, host, said = ''] = FROM_HOST.exec(text) ?? [];
    if (host === undefined && text.trim() !== '') return undefined;
    if (host !== undefined) answers.set(host, [...(answers.get(host) ?? []), { raw, text: said }]);
  }
  const all = [...answers].map(([host, said]) => ({ host, isAnswer: true as const, lines: said }));
  return all.flatMap((each) => each.lines.filter(({ text }) => beginsLine(text))).length < FEWEST ? undefined : all;
}

function belowRules(lines: readonly PrintedLine[]): readonly Segment[] | undefined {
  const rules = new Set(lines.flatMap(({ text }, at) => (RULE.test(text) ? [at] : [])));
  const hosts = [...rules].flatMap((rule) => {
    const names = rules.has(rule + 2) ? BETWEEN_RULES.exec(lines[rule + 1]?.text.trim() ?? '')?.[1] : undefined;
    return names === undefined ? [] : [{ at: rule + 1, host: firstHost(names) }];
  });
  const [first] = hosts;
  if (first === undefined) return undefined;
  const answers = hosts.map(({ at, host }, index) => {
    const end = hosts[index + 1]?.at ?? lines.length + 1;
    return { host, isAnswer: true as const, lines: lines.slice(at + 2, end - 1) };
  });
  return [{ lines: lines.slice(0, first.at - 1) }, ...answers];
}

/** Of `alpha[2-3]` or `alpha2,beta`, hosts that answered alike, the first. */
function firstHost(names: string): string {
  return names.replace(/\[(\d+)[\d,-]*\]/, '$1').replace(/,.*$/, '');
}

/** Splits off what stands outside of code fences and has no line of a status; a status may be spread over several fences. */
function apartFromProse(lines: readonly PrintedLine[]): readonly (readonly PrintedLine[])[] {
  if (!lines.some(({ text }) => isFence(text))) return [lines];
  const parts: PrintedLine[][] = [[]];
  for (const line of lines) {
    if (isFence(line.text)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  const status = parts.filter((part) => part.some(({ text }) => beginsLine(text)));
  return status.length === 0 ? [lines] : [status.flat(), ...parts.filter((part) => !status.includes(part))];
}

/** `# pcs status`: below such a line, `# pcs resource move web` is a command too, and no remark. */
function hasBarePrompts(lines: readonly PrintedLine[]): boolean {
  return lines.some(({ text }) => {
    const command = bareCommandIn(text)?.command;
    return command !== undefined && asksForStatus(command);
  });
}

/** The lines that an output begins with, or its nodes, or its resources. */
const PART =
  /^\s*(?:\* +)?(?:(Cluster name:|Cluster (?:Summary|Status):$|Status of pacemakerd:|Stack: |Current DC: |Last updated: )|(Node List:$|Online: ?\[)|(?:Full [Ll]ist of [Rr]esources|Active [Rr]esources|Inactive [Rr]esources):$)/;
const RESOURCE =
  /^\s*(?:\* +)?(?:[\w.:-]{1,100}\s{1,60}\((?:ocf|lsb|systemd|service|stonith|upstart|heartbeat):[^()]{1,120}\):|(?:Clone|Master\/Slave) Set: |Resource Group: |Container bundle)/;

/** A header below nodes or resources, nodes below resources, and a list that was there already begin another output. */
export function outputsIn(lines: readonly PrintedLine[]): readonly (readonly PrintedLine[])[] {
  const begins: number[] = [];
  let seen = { nodes: false, resources: false, titles: new Set<string>() };
  lines.forEach(({ text }, at) => {
    const part = PART.exec(text);
    if (part === null) {
      if (!seen.resources && RESOURCE.test(text)) seen.resources = true;
      return;
    }
    const [, header, nodes] = part;
    const title = header === undefined && nodes === undefined ? text.trim().toLowerCase() : undefined;
    const isSecond =
      (header !== undefined && (seen.nodes || seen.resources)) ||
      (nodes !== undefined && seen.resources) ||
      (title !== undefined && seen.titles.has(title) && lines.slice(at + 1).some(isFilled));
    if (isSecond) {
      begins.push(at);
      seen = { nodes: false, resources: false, titles: new Set() };
    }
    if (nodes !== undefined) seen.nodes = true;
    if (title === undefined) return;
    seen.titles.add(title);
    seen.resources = true;
  });
  return begins.length === 0 ? [lines] : [0, ...begins].map((begin, at) => lines.slice(begin, begins[at]));
}

function isFilled({ text }: PrintedLine): boolean {
  return text.trim() !== '';
}

/** A line that output follows: the host in the prompt, if there is one, and the command, which may be empty. */
interface Prompt {
  readonly host?: string;
  readonly command: string;
  readonly isAnswer?: true;
}

/** `[root@a ~]# ip a`, `root@node:~# …`, `hacluster@node1:~> …`, and on SLES `node1:~ # …`. */
const SHELL =
  /^\s*(?:\([\w.-]+\) ?)?(?:\[[^[\]@\s]+@([^[\]\s]+)[^[\]]*\]|[\w.-]+@([\w.-]+)(?::\S*)?|([\w.-]+):[~/]\S*) ?[#$%>](?:\s+(.*)|\s*)$/;
/** `crm(live)# status`, `crm(live/ha-host1)# status`. */
const CRM_SHELL = /^\s*crm\([^()/]*(?:\/([^()]*))?\)\S*[#>](?:\s+(.*)|\s*)$/;
/** `# pcs status --full`, `ha1:~ # crm_mon -1r`, `$ sudo crm_mon`, `sudo pcs status`. */
const STATUS =
  /^\s*(?:\S* ?[#$%>]\s*)?((?:sudo\s+(?:-\S+\s+)*)?(?:watch\s+(?:[-\d.]\S*\s+)*["']?(?:sudo\s+)?(?:pcs|crm|crm_mon)\b.*|pcs(?:\s+-\S+)*(?:\s+cluster)?\s+status(?:\s.*)?|crm(?:\s+-\S+)*\s+status(?:\s.*)?|crm_mon(?:\s+-.*)?))$/;
/** `# systemctl stop pacemaker`: the mark alone, which also begins a remark, so the program must be a known one. */
const BARE =
  /^\s*[#$]\s*((?:sudo\s+(?:-\S+\s+)*)?(?:pcs|crm\w*|cib\w+|corosync[\w-]*|cman_tool|stonith_admin|fence_\w+|attrd_updater|systemctl|service|journalctl|ssh|scp|pdsh|clush|ansible|tail|head|less|cat|z?grep|ip|ifconfig|ping|ps|df|mount|umount|lsblk|ls|vim?|kill|killall|reboot|poweroff|shutdown|halt|iptables|firewall-cmd|drbdadm|drbdsetup|docker|podman|virsh|sbd|date|uptime|hostname|yum|dnf|apt(?:-get)?|zypper|rpm|exit|clear)(?:\s.*)?)$/;
/** `alpha | CHANGED | rc=0 >>`: Ansible prints what a host answered below such a line, and not which command it was. */
const ANSWER_OF = /^\s*([\w.-]+) \| (?:(?:CHANGED|SUCCESS|FAILED)(?: \| rc=-?\d+)? >>|UNREACHABLE!? => .*)\s*$/;
/** No prompt is longer; the limit also bounds the cost of the patterns above. */
const LONGEST = 256;

/** Every prompt has a mark, and a command without one begins with its program; most lines have neither. */
const MAY_BE = /[#$%>]|^\s*(?:sudo|watch|pcs|crm)/;

/** What was typed here; `undefined` for a line that a program printed. */
export function promptIn(text: string): Prompt | undefined {
  if (text.length > LONGEST || !MAY_BE.test(text)) return undefined;
  const [shell, inBrackets, afterAt, before, typed] = SHELL.exec(text) ?? [];
  if (shell !== undefined) return promptOf(inBrackets ?? afterAt ?? before, typed);
  const [crm, node, asked] = CRM_SHELL.exec(text) ?? [];
  if (crm !== undefined) return promptOf(node, asked === undefined ? '' : `crm ${asked}`);
  const answering = ANSWER_OF.exec(text)?.[1];
  if (answering !== undefined) return { host: answering, command: '', isAnswer: true };
  const status = STATUS.exec(text)?.[1];
  return status === undefined ? undefined : { command: status.trim() };
}

/** The command behind a mark alone; a remark begins with the same mark, so this counts only beside other commands. */
export function bareCommandIn(text: string): Prompt | undefined {
  const command = text.length > LONGEST || !/[#$]/.test(text) ? undefined : BARE.exec(text)?.[1];
  return command === undefined ? undefined : { command: command.trim() };
}

function promptOf(host: string | undefined, command = ''): Prompt {
  return { ...(host ? { host } : {}), command: command.trim() };
}

/** Whether a command prints the status of a cluster. */
export function asksForStatus(command: string): boolean {
  return STATUS.test(withoutSsh(command));
}

/** The host that `ssh -t root@beta pcs status` asks. */
export function askedHost(command: string): string | undefined {
  return SSH.exec(command)?.[1];
}

const SSH = /^(?:sudo\s+)?ssh\s+(?:-\S+\s+)*(?:[\w.-]+@)?([\w.-]+)\s+/;
/** `pdsh -w alpha,beta pcs status`, `clush -ab sudo crm_mon -1`, `ansible ha -a "pcs status"`. */
const TO_MANY = /^(?:sudo\s+)?(?:pdsh|clush|ansible)\s.{0,200}?(?=["']?(?:sudo\s+)?(?:pcs|crm|crm_mon)\s)/;

function withoutSsh(command: string): string {
  return command
    .replace(SSH, '')
    .replace(TO_MANY, '')
    .replace(/^["'](.*)["']$/, '$1');
}
