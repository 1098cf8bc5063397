// What resolving asks of DNS, behind an interface: the system's, or records that a test or a simulation gives.
import type { SrvRecord } from './srv-order.js';

/** A NAPTR record (RFC 3263 §4.1). */
export interface NaptrRecord {
  readonly order: number;
  readonly preference: number;
  readonly flags: string;
  readonly service: string;
  readonly regexp: string;
  readonly replacement: string;
}

/** Three questions. An empty list says that there are no such records; a rejection, that the answer is not known. */
export interface Dns {
  naptr(domain: string): Promise<readonly NaptrRecord[]>;
  srv(name: string): Promise<readonly SrvRecord[]>;
  /** A and AAAA together, numeric, in the order in which they are to be tried (RFC 6724). */
  addresses(host: string): Promise<readonly string[]>;
}
