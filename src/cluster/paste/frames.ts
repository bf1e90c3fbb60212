import { beginsLine } from './one-line.js';
import { bareCommandIn, promptIn } from './prompt.js';

/** Code fences of Markdown and Jira, and the directive of reStructuredText. */
const FENCE =
  /^\s*(?:(?:`{3,}|~{3,})\s*[\w+#.{}=:" -]*|\{(?:code|noformat)(?::[^{}]*)?\}|\.\. (?:code-block|code)::.*)\s*$/;
/** The labels of buttons that web pages put at a block of code, in Chinese too: "copy" and "copy the code". */
const BUTTON = /^\s*(?:\u590d\u5236(?:\u4ee3\u7801)?|Copy(?: code| to clipboard)?|Copied!?|View raw)\s*$/i;
/** The header of `watch pcs status`. */
const WATCH = /^Every \d+(?:[.,]\d+)?s: /;
/** No status has a line that begins so: `# this was on the first node`. */
const REMARK = /^\s*(?:#|\/\/)\s+\S/;
/** What ssh, sudo, the shell and the terminal add. Each line with its example. */
const TERMINAL: readonly RegExp[] = [
  // Warning: Permanently added 'alpha,192.0.2.1' (ECDSA) to the list of known hosts.
  /^\s*Warning: Permanently added .* to the list of known hosts\.$/,
  // Connection to alpha closed.
  /^\s*(?:Shared )?Connection to \S+ closed\.?$/,
  // Last login: Mon Jan 10 09:00:00 2022 from 192.0.2.7
  /^\s*Last login: /,
  // [sudo] password for anna:
  /^\s*\[sudo\] password for /,
  // root@alpha's password:
  /^\s*\S+@\S+'s password:/,
  // real    0m1.234s
  /^\s*(?:real|user|sys)\s+\d+m[\d.,]+s$/,
  /^\s*\^C\s*$/,
  /^\s*--More--/,
];
/** What Ansible prints around a command: `fatal: [alpha]: UNREACHABLE! => …`, `alpha | CHANGED | rc=0 >>`, `TASK [status] ***`. */
const ANSIBLE: readonly RegExp[] = [
  /^\s*(?:fatal|ok|changed|skipping|failed|unreachable): \[[^[\]]+\](?:$|:| =>)/,
  /^\s*\S+ \| (?:CHANGED|SUCCESS|FAILED|UNREACHABLE!?)(?: \||! =>| =>)/,
  /^\s*(?:PLAY|TASK|RUNNING HANDLER)(?: RECAP)?(?: \[.*\])? \*{3,}/,
  /^\s*\S+\s+: ok=\d+\s+changed=\d+/,
];
const ELSEWHERE: readonly RegExp[] = [FENCE, BUTTON, WATCH, REMARK, ...TERMINAL, ...ANSIBLE];
/** Only the tools print such bullets. */
const BULLET = /^\s*[*+] /;
const LONGEST = 512;

/** `Online: [ a ]   # both there`, ` vip (…): Started a   <--- here`: a remark behind a line. */
const BEHIND = /\s+(?:#\s|\/\/\s|<[-=]+(?:\s|$)|\u2190).*$/;

/** Without a remark behind it, if what is left begins as lines of a status do; attributes may hold such marks themselves. */
export function withoutRemark(text: string): string {
  const at = text.length > LONGEST || !/[#<\u2190]|\/\//.test(text) ? -1 : text.search(BEHIND);
  const left = at < 0 ? text : text.slice(0, at);
  return beginsLine(left) && isBalanced(left) ? left : text;
}

function isBalanced(text: string): boolean {
  const count = (char: string) => text.split(char).length - 1;
  return count('(') === count(')') && count('[') === count(']');
}

/** A line that pasting put around the output. */
export function isFence(text: string): boolean {
  return text.length <= LONGEST && FENCE.test(text);
}

/** A line that neither the cluster's tools printed nor anybody typed: a fence, a remark, what ssh or Ansible says. */
export function isFromElsewhere(text: string): boolean {
  if (text.length > LONGEST || BULLET.test(text)) return false;
  return ELSEWHERE.some((pattern) => pattern.test(text));
}

/** Any line that is no part of the output of a status. */
export function isFrame(text: string): boolean {
  return promptIn(text) !== undefined || (isFromElsewhere(text) && bareCommandIn(text) === undefined);
}
