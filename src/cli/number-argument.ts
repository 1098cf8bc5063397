// A whole number on the command line.
import { InvalidArgumentError } from 'commander';

export function wholeNumber(written: string): number {
  const number = Number(written);
  if (!/^-?\d+$/.test(written) || !Number.isSafeInteger(number)) throw new InvalidArgumentError('Use a whole number.');
  return number;
}
