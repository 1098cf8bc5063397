// What shows that a response answers another request (see src/sip/mismatches.ts).
export { mismatchesOf } from '../sip/mismatches.js';
