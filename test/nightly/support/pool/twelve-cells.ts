/** A matrix of twelve cells on small labs. */
export const TWELVE_CELLS = `scenarios: [standby, group, failcount, monitor-failure]
labs: [two-node]
images: [debian-12]
repeat: 3
`;
