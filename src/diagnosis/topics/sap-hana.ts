import { message } from '../../messages/message.js';
import type { NodeAttribute } from '../../model/cluster-state.js';
import { type ExplanationTable, step } from '../explanation.js';
import type { Facts } from '../facts.js';
import { about, type DiagnosisItem, item, type Payloads } from '../item.js';

type Trouble = Payloads['sap-hana']['trouble'];

/**
 * What SAPHanaSR's agents write into node attributes (SAPHanaSR(7), SAPHanaSR-showAttr(8)): `hana_ha1_sync_state`,
 * `hana_ha1_site_srHook_WDF`, `hana_ha1_roles` as `4:P:master1:master:worker:master`, `hana_ha1_clone_state`.
 */
const RULES: readonly (readonly [name: RegExp, value: RegExp, Trouble])[] = [
  [/^hana_[a-z0-9]+_(?:sync_state|\w*srHook\w*)$/i, /^SFAIL$/, 'not-in-sync'],
  // The first field is what landscapeHostConfiguration.py returned: 4 is well, 1 an error or down, 0 an internal error.
  [/^hana_[a-z0-9]+_roles$/i, /^[01]:/, 'down'],
  [/^hana_[a-z0-9]+_clone_state$/i, /^(?:WAITING4\w+|UNDEFINED)$/, 'waiting'],
];

/** What the attributes of SAP HANA tell that no resource shows: with a secondary out of sync, everything is Started. */
export function sapHanaItems({ state }: Facts): readonly DiagnosisItem[] {
  return state.attributes.flatMap((attribute) => {
    const trouble = troubleIn(attribute);
    if (trouble === undefined) return [];
    const { node, name, value } = attribute;
    return [item('sap-hana', 'warning', about('node', node), { trouble, attribute: name, value })];
  });
}

function troubleIn({ name, value }: NodeAttribute): Trouble | undefined {
  return RULES.find(([names, values]) => names.test(name) && values.test(value))?.[2];
}

export const SAP_HANA_EXPLANATIONS = {
  'sap-hana': ({ payload: { trouble } }) => ({
    means: message(`sap-hana.means.${trouble}`),
    next: [
      step('SAPHanaSR-showAttr', 'sap-hana.show-attr'),
      trouble === 'not-in-sync'
        ? step('HDBSettings.sh systemReplicationStatus.py', 'sap-hana.replication')
        : step('HDBSettings.sh landscapeHostConfiguration.py', 'sap-hana.landscape'),
    ],
  }),
} satisfies Partial<ExplanationTable>;
