import { parseTarget } from '../fields/target.js';
import { parseDurationMs } from '../fields/time-expression.js';
import { fillWords } from '../fields/words.js';
import type { Lab } from '../model/lab.js';
import type { ProbeSpec } from '../model/scenario.js';
import type { RawProbe } from './probe-schema.js';

/** From the checked YAML form to the model; words in braces are filled in for the lab. */
export function probesFromRaw(
  raw: RawProbe | readonly RawProbe[] | undefined,
  stepId: string,
  lab: Lab,
): readonly ProbeSpec[] {
  if (raw === undefined) return [];
  return [raw].flat().map((one) => probeFromRaw(one, stepId, lab));
}

function probeFromRaw(raw: RawProbe, stepId: string, lab: Lab): ProbeSpec {
  const asked = {
    id: raw.id ?? stepId,
    target: fillWords(raw.target, lab),
    from: parseTarget(raw.from),
    everyMs: parseDurationMs(raw.every) ?? Number.NaN,
    ...(raw.resource === undefined ? {} : { resource: raw.resource }),
  };
  switch (raw.kind) {
    case 'tcp':
      return { ...asked, kind: 'tcp', port: raw.port };
    case 'http':
      return { ...asked, kind: 'http', port: raw.port ?? 80, path: raw.path ?? '/' };
    case 'writer':
      return { ...asked, kind: 'writer', port: raw.port ?? 8080 };
    default:
      return { ...asked, kind: raw.kind };
  }
}
