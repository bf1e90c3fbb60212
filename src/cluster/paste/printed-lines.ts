import { beginsLine, type PrintedLine } from '../text/lines.js';
import { isFence } from './pasted-lines.js';
import { bareCommandIn } from './segments.js';
import { unwrapped } from './wraps.js';

/**
 * The lines that belong to an output: without fences, remarks, log lines and what other programs print between them, and with
 * broken lines joined. Prompts are taken out before.
 */
export function printedLines(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  const printed = lines.filter(({ text }) => !isFromElsewhere(text) && !isLogLine(text));
  return unwrapped(printed).map(withoutRemark);
}

/** Lines that neither the cluster's tools printed nor anybody typed, each with its example; none of them is indented for a reason. */
const ELSEWHERE: readonly string[] = [
  // The labels of buttons that web pages put at a block of code, in Chinese too: "copy" and "copy the code".
  '(?:\u590d\u5236(?:\u4ee3\u7801)?|[Cc]opy(?: code| to clipboard)?|Copied!?|[Vv]iew raw)\\s*$',
  // Every 2.0s: pcs status
  'Every \\d+(?:[.,]\\d+)?s: ',
  // # this was on the first node
  '(?:#|//)\\s+\\S',
  // Warning: Permanently added 'alpha,192.0.2.1' (ECDSA) to the list of known hosts.
  'Warning: Permanently added .* to the list of known hosts\\.$',
  // Connection to alpha closed.
  '(?:Shared )?Connection to \\S+ closed\\.?$',
  // Last login: Mon Jan 10 09:00:00 2022 from 192.0.2.7
  'Last login: ',
  // [sudo] password for anna:
  '\\[sudo\\] password for ',
  // root@alpha's password:
  "[^\\s@]+@\\S+'s password:",
  // real    0m1.234s
  '(?:real|user|sys)\\s+\\d+m[\\d.,]+s$',
  '\\^C\\s*$',
  '--More--',
  // fatal: [alpha]: UNREACHABLE! => {…}
  '(?:fatal|ok|changed|skipping|failed|unreachable): \\[[^[\\]]+\\](?:$|:| =>)',
  // alpha | CHANGED | rc=0 >>
  '\\S+ \\| (?:CHANGED|SUCCESS|FAILED|UNREACHABLE!?)(?: \\||! =>| =>)',
  // TASK [status] ***
  '(?:PLAY|TASK|RUNNING HANDLER)(?: RECAP)?(?: \\[.*\\])? \\*{3,}',
  // clush: alpha: exited with exit code 1
  '(?:clush|pdsh@\\S+): \\S+: (?:ssh )?exited with exit code \\d+$',
  // alpha : ok=1    changed=1    unreachable=0    failed=0
  '\\S+\\s+: ok=\\d+\\s+changed=\\d+',
];
/** One pattern, because every line is held against it. */
const IS_ELSEWHERE = new RegExp(`^\\s*(?:${ELSEWHERE.join('|')})`);
/** Only the tools print such bullets. */
const BULLET = /^\s*[*+] /;
const LONGEST = 512;

function isFromElsewhere(text: string): boolean {
  if (text.length > LONGEST || BULLET.test(text)) return false;
  return (IS_ELSEWHERE.test(text) || isFence(text)) && bareCommandIn(text) === undefined;
}

/** `Jan 10 09:59:01 …`, `2022-01-10T09:59:01.123+01:00 …`: no line of a status begins with a date. */
const DATED =
  /^\s*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} (?:\d{4} )?\d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2})\S* \S/;
/** The programs of pacemaker, by their names of 1.1 and 2.0: `pengine[803]:`, `pacemaker-schedulerd  [803] (unpack_resources)`. */
const PACEMAKER =
  /\b(?:pacemaker-(?:schedulerd|controld|fenced|execd|attrd|based)|pacemakerd|pengine|crmd|stonith-ng|lrmd|cib|attrd)\b/;
/** `error: Resource start-up disabled …`, `error: unpack_resources: Resource start-up …`. */
const SAID = /\b(?:error|warning|crit|critical|notice):\s+(?:\w{1,60}:\s+)?(\S.*)$/i;
/** Sentences that name the cause of a state, as pacemaker's scheduler words them (`unpack_config` and `unpack_resources`). */
const CAUSES: readonly RegExp[] = [
  /^Resource start-up disabled since no (?:STONITH|fencing) resources have been defined/i,
  /^Fencing and resource management disabled due to lack of quorum/i,
  /^Blind faith: not fencing unseen nodes/i,
];
const LONGEST_OF_LOG = 2_048;

function isLogLine(text: string): boolean {
  return text.length <= LONGEST_OF_LOG && DATED.test(text);
}

/** The cause that a log line of pacemaker names, in pacemaker's words. */
export function causeLogged(text: string): string | undefined {
  if (!isLogLine(text) || !PACEMAKER.test(text)) return undefined;
  const said = SAID.exec(text)?.[1]?.trimEnd();
  return said !== undefined && CAUSES.some((cause) => cause.test(said)) ? said : undefined;
}

/** `Online: [ a ]   # both there`, ` vip (…): Started a   <--- here`: a remark behind a line. */
const REMARK = /\s+(?:#\s|\/\/\s|<[-=]+(?:\s|$)|\u2190).*$/;

/** What Ansible glues to the last line of a command that failed: `Error: cluster is not currently running on this nodenon-zero …`. */
const EXIT_CODE = 'non-zero return code';

/** Without a remark behind it, if what is left begins as lines of a status do; attributes may hold such marks themselves. */
function withoutRemark(line: PrintedLine): PrintedLine {
  const { raw, text } = line;
  if (text.endsWith(EXIT_CODE)) return { raw, text: text.slice(0, -EXIT_CODE.length) };
  const at = text.length > LONGEST || !/[#<\u2190]|\/\//.test(text) ? -1 : text.search(REMARK);
  if (at < 0) return line;
  const left = text.slice(0, at);
  return beginsLine(left) && isBalanced(left) ? { raw, text: left } : line;
}

function isBalanced(text: string): boolean {
  const count = (char: string) => text.split(char).length - 1;
  return count('(') === count(')') && count('[') === count(']');
}
