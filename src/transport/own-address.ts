// The address under which others may reach this machine.
import { networkInterfaces } from 'node:os';

/** Finds an address of this machine that others may reach; undefined where there is none. */
export type OwnAddress = (family: 4 | 6) => string | undefined;

/** The first address of a network interface of the system that leads outward. */
export const systemAddress: OwnAddress = (family) => {
  const addresses = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  const named = family === 4 ? 'IPv4' : 'IPv6';
  return addresses.find((address) => address.family === named && !address.internal)?.address;
};
