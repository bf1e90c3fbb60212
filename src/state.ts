/** What the package gives as `halab/state`: reading what a cluster's tools print. Beside it, `halab/chai` says what is expected of it. */
export { readAny } from './cluster/read-any.js';
export { parseStatusText } from './cluster/read-session.js';
export { type CrmMonReading, type CrmMonStatus, parseCrmMonXml } from './cluster/status-xml.js';
export type * from './model/cluster-state.js';
export { EMPTY_STATE } from './model/cluster-state.js';
export { baseId, instancesOf, type ResourceInstance } from './model/resource-tree.js';
