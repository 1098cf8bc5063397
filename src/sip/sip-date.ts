// SIP-date (RFC 3261 §20.17, §25.1): the RFC 1123 form, always GMT: `Sat, 13 Nov 2010 23:29:00 GMT`.

/**
 * The moment of a SIP-date in milliseconds since 1970-01-01, or undefined. Anything but GMT is no SIP-date
 * (RFC 4475 §3.1.2.12).
 */
export function readSipDate(text: string): number | undefined {
  const match = SIP_DATE.exec(text.trim());
  if (match === null) return undefined;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = ''] = match;
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  if (monthIndex < 0 || +day < 1 || +day > 31 || +hour > 23 || +minute > 59 || +second > 60) return undefined;
  return Date.UTC(+year, monthIndex, +day, +hour, +minute, +second);
}

const SIP_DATE = /^[a-z]{3},\s*(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d{2}):(\d{2}):(\d{2})\s+GMT$/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
