// The public surface of `sip-retry/digest`: answering challenges (RFC 7616, RFC 8760).
export { Keyring } from './keyring.js';
export type { KeyringOptions, KeyringVerdicts, RealmOfKind, ServerProof } from './keyring.js';
export type { CredentialUse } from './verdicts.js';
export { authorize } from './authorize.js';
export type { AuthorizeOptions } from './authorize.js';
export { credentialsFor, readCredentials, readCredentialsList } from './credentials.js';
export type { Credentials, CredentialsInput, CredentialsProvider } from './credentials.js';
export { Secret, secret } from './secret.js';
export { digestResponse, ha1Of, rspauth } from './digest.js';
export type { DigestIdentity, DigestKey, DigestQuestion } from './digest.js';
export { nobleHashes } from './hash.js';
export type { HashFunctions } from './hash.js';
export { readChallenges } from '../sip/challenge.js';
export type { Challenge } from '../sip/challenge.js';
export type { DigestAlgorithm, DigestHash, DigestQop } from '../sip/digest-algorithm.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
