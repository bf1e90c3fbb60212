/** A line that output follows: the host in the prompt, if there is one, and the command, which may be empty. */
export interface Prompt {
  readonly host?: string;
  readonly command: string;
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
  /^\s*[#$]\s*((?:sudo\s+(?:-\S+\s+)*)?(?:pcs|crm\w*|cib\w+|corosync[\w-]*|cman_tool|stonith_admin|fence_\w+|attrd_updater|systemctl|service|journalctl|ssh|scp|tail|head|less|cat|z?grep|ip|ifconfig|ping|ps|df|mount|umount|lsblk|ls|vim?|kill|killall|reboot|poweroff|shutdown|halt|iptables|firewall-cmd|drbdadm|drbdsetup|docker|podman|virsh|sbd|date|uptime|hostname|yum|dnf|apt(?:-get)?|zypper|rpm|exit|clear)(?:\s.*)?)$/;
/** `alpha | CHANGED | rc=0 >>`: Ansible prints what a host answered below such a line, and not which command it was. */
const ANSWER_OF = /^\s*([\w.-]+) \| (?:CHANGED|SUCCESS|FAILED)(?: \| rc=\d+)? >>\s*$/;
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
  if (answering !== undefined) return promptOf(answering, '');
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

function withoutSsh(command: string): string {
  return command.replace(SSH, '').replace(/^["'](.*)["']$/, '$1');
}
