// Secrets in what a transcript shows: whatever is computed from a password is masked.
export { masked } from '../sip/masked.js';
