import { LabError, messageOf } from '../model/errors.js';
import { childNamed, childrenNamed, parseXml } from './xml-tree.js';

interface AgentParameter {
  readonly name: string;
  readonly required: boolean;
}

interface AgentAction {
  readonly name: string;
  /** `interval`, `timeout`, `depth`, `role` … as the agent prints them. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface AgentMetadata {
  readonly name: string;
  readonly parameters: readonly AgentParameter[];
  readonly actions: readonly AgentAction[];
}

/** Reads `crm_resource --show-metadata` (OCF resource agent API 1.0 and 1.1). Throws LabError `status-unreadable`. */
export function parseAgentMetadata(source: string): AgentMetadata {
  try {
    const root = parseXml(source);
    if (root.name !== 'resource-agent') throw new Error(`<${root.name}> is no agent's metadata`);
    return {
      name: root.attributes.name ?? '',
      parameters: childrenNamed(childNamed(root, 'parameters'), 'parameter').map(({ attributes }) => ({
        name: attributes.name ?? '',
        required: /^(?:1|true|yes)$/i.test(attributes.required ?? ''),
      })),
      actions: childrenNamed(childNamed(root, 'actions'), 'action').map(({ attributes }) => {
        const { name = '', ...rest } = attributes;
        return { name, attributes: rest };
      }),
    };
  } catch (error) {
    throw new LabError('status-unreadable', `The agent's metadata cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
