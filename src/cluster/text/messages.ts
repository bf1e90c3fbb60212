import type { Section, StatusDraft, StatusLine } from './draft.js';

/** What the tools put before an error: pcs `Error:`, crmsh `ERROR:`, libcrmcommon `error:`, crm_mon its name. */
const ERROR = /^(?:error|critical|fatal|crm_mon|crm_verify|crm_ticket|crm_resource|cibadmin|sudo|(?:-?ba)?sh): ?\S/i;
/** Errors without any of these. */
const ERROR_WORDS =
  /^(?:Could not connect to |Connection to (?:the )?(?:cluster|CIB)|cluster is not (?:currently running|available)|Unable to get PCSD status|Not connected to cluster|Failed to get fencing history|Signon to )/i;
/** It follows the block, after a blank line that may have been lost. */
const PACEMAKERD = /^Status of pacemakerd:/;
const WARNING = /^warning: ?(\S.*)$/i;
/**
 * A line of the log that goes to the terminal too, of something in the configuration or the history, and not of the command:
 * `unpack_rsc_op \terror: …`, `(unpack_status@unpack.c:1126) \twarning: …`.
 */
const LOGGED = /^(?:\([\w@.:-]{1,80}\)|[a-z]\w{0,40}_\w{1,40})\s{1,8}((?:error|warning|critical): \S.*)$/;

/** The block of pcs 0.10.7 and newer, where the messages of crm_verify stand too; `WARNING: …` lines before. */
export const warnings: Section = {
  part: 'warnings',
  titles: ['warnings:', 'full warnings:'],
  endsAtBlankLine: true,
  read({ text }, draft) {
    if (PACEMAKERD.test(text)) return false;
    draft.warnings.push(text);
    return true;
  },
};

/** An error or a warning may stand anywhere: both streams of a command are read as one. */
export function readMessage({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const warning = LOGGED.exec(text)?.[1] ?? WARNING.exec(text)?.[1];
  if (warning === undefined && !ERROR.test(text) && !ERROR_WORDS.test(text)) return false;
  if (warning !== undefined) draft.printed.add('warnings');
  const list = warning === undefined ? draft.errors : draft.warnings;
  list.push(warning?.trim() ?? text);
  draft.message = { list, indent };
  return true;
}

/** Lines indented deeper belong to the message above. */
export function readContinuation({ text, indent, bullet }: StatusLine, draft: StatusDraft): boolean {
  const { message } = draft;
  const last = message?.list.at(-1);
  if (message === undefined || last === undefined || bullet || indent <= message.indent) return false;
  message.list[message.list.length - 1] = `${last}\n${text}`;
  return true;
}
