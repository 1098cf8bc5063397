// The date on which every run begins: 1 January 2000 (UTC), as the virtual clock of tests and simulations.
export const EPOCH = 946_684_800_000;
