import type { Section } from './section.js';

/** Parts that are known, and of which ClusterState keeps nothing. */
export const passedOver: Section = {
  titles: ['quorum status:', 'fencing levels:', 'corosync nodes:', 'transition summary:'],
  mayBeEmpty: true,
  read: () => true,
};
