import type { ClusterState } from '../model/cluster-state.js';
import { stateOf } from './xml/state.js';
import { childNamed, childrenNamed, parseXml, type XmlElement } from './xml-tree.js';

/** crm_mon's own word on why it has nothing to tell; `code` as in `crm_error --list`, 0 for OK. */
export interface CrmMonStatus {
  readonly code: number;
  readonly message: string;
}

export interface CrmMonReading {
  readonly status: CrmMonStatus;
  /** Absent where crm_mon reports an error instead of a cluster. */
  readonly state?: ClusterState;
}

/**
 * Reads `crm_mon --as-xml` (`<crm_mon>`, 1.1 and 2.0) and `crm_mon --output-as=xml` or `pcs status xml`
 * (`<pacemaker-result>`, 2.0.3+). Throws Error for a document that is broken, cut off, or of another kind.
 */
export function parseCrmMonXml(source: string): CrmMonReading {
  return readingOf(parseXml(source));
}

/** Throws Error for a document of another kind; of one that is cut off it tells what was whole. */
export function readingOf(root: XmlElement): CrmMonReading {
  if (root.name !== 'crm_mon' && root.name !== 'pacemaker-result') {
    throw new Error(`<${root.name}> is not the output of crm_mon`);
  }
  const status = statusOf(root);
  if (childNamed(root, 'summary') === undefined && childNamed(root, 'nodes') === undefined) return { status };
  return { status, state: stateOf(root) };
}

/** 2.1.4 and newer say in `<crm-mon-disconnected>` what they could not connect to. */
function statusOf(root: XmlElement): CrmMonStatus {
  const status = childNamed(root, 'status');
  if (status === undefined) return { code: 0, message: 'OK' };
  const errors = childrenNamed(childNamed(status, 'errors'), 'error').map((error) => error.text);
  const said = [childNamed(root, 'crm-mon-disconnected')?.attributes.description ?? '', ...errors];
  const message = said.filter((each) => each !== '').join('; ') || (status.attributes.message ?? '');
  return { code: Number(status.attributes.code ?? 0), message };
}
