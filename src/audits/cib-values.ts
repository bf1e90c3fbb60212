/** Pacemaker's words for true (crm_str_to_boolean() in lib/common/strings.c). */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|on|yes|y|1)$/i.test(value);
}

export function isFalse(value: string | undefined): boolean {
  return value !== undefined && /^(?:false|off|no|n|0)$/i.test(value);
}

/** A count or score; `otherwise` where it is not set or no number. INFINITY is a million. */
export function numberIn(value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (/^\+?infinity$/i.test(value)) return 1_000_000;
  return /^\d+$/.test(value) ? Number(value) : otherwise;
}
