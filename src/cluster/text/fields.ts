const SEPARATOR =
  /,? (?=(?:node|call|rc|status|exitreason|last-rc-change|last-run|queued|exec|delegate|client|origin|completed|last-failed|last-successful)=)/;

/** `call=35, status=Timed Out, exitreason='a, b'`: a value ends where the next known key begins. */
export function fieldsOf(printed: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of printed.split(SEPARATOR)) {
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals).trim(), unquoted(field.slice(equals + 1)));
  }
  return fields;
}

function unquoted(value: string): string {
  const bare = value.trim().replace(/,$/, '');
  return bare.length > 1 && bare.startsWith("'") && bare.endsWith("'") ? bare.slice(1, -1).trim() : bare;
}
