import type { Section } from './draft.js';

/** Parts that are known, and of which ClusterState keeps nothing. */
export const passedOver: Section = {
  title:
    /^(?:Node Attributes|Operations|Migration Summary|Tickets|Fencing History|Failed Fencing Actions|Pending Fencing Actions|PCSD Status|Fencing Levels|Quorum Status|Negative Location Constraints|Transition Summary):$/i,
  read: () => true,
};
