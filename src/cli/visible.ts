// Text from the wire for a terminal (see src/sip/visible.ts).
export { visible } from '../sip/visible.js';
