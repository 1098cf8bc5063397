// What chance does to a message: when each of its copies arrives, if any does.
import type { WrittenNetwork } from '../scenario.js';

const LATENCY_MS = 20;

/** The delays of the copies that arrive, in milliseconds; empty when the message is lost. */
export function fateOf(network: WrittenNetwork, isReliable: boolean, random: () => number): readonly number[] {
  const { loss = 0, duplication = 0, reordering = 0 } = network;
  const delay = delayOf(network, random);
  if (isReliable) return [delay];
  // Each of the three is drawn every time, so that changing one leaves the others as they were.
  const isLost = random() < loss;
  const isDoubled = random() < duplication;
  const isHeldBack = random() < reordering;
  const copy = delayOf(network, random);
  if (isLost) return [];
  const first = isHeldBack ? delay + Math.max(latencyOf(network), LEAST_HOLD_MS) : delay;
  return isDoubled ? [first, copy].sort((one, other) => one - other) : [first];
}

/** One way, without what chance adds. */
export function latencyOf({ latency = LATENCY_MS }: WrittenNetwork): number {
  return latency;
}

/** A message that is held back is overtaken by what is sent within this time, at least. */
const LEAST_HOLD_MS = 10;

function delayOf(network: WrittenNetwork, random: () => number): number {
  return latencyOf(network) + Math.floor(random() * (network.spread ?? 0));
}
