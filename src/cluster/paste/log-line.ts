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
const LONGEST = 2_048;

export function isLogLine(text: string): boolean {
  return text.length <= LONGEST && DATED.test(text);
}

/** The cause that a log line of pacemaker names, in pacemaker's words. */
export function causeLogged(text: string): string | undefined {
  if (!isLogLine(text) || !PACEMAKER.test(text)) return undefined;
  const said = SAID.exec(text)?.[1]?.trimEnd();
  return said !== undefined && CAUSES.some((cause) => cause.test(said)) ? said : undefined;
}
