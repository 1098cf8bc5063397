// Methods (RFC 3261 §7.1 and the extensions): what a method does to a dialog. Method names are case-sensitive.

const DIALOG_CREATING: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE', 'REFER']);
const TARGET_REFRESH: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY', 'REFER']);

/** Whether a 2xx to this method creates a dialog or a dialog usage (RFC 3261 §12.1, RFC 6665 §4.4.1, RFC 3515 §2.4.4). */
export function createsDialog(method: string): boolean {
  return DIALOG_CREATING.has(method);
}

/** Whether this is a target refresh request within a dialog (RFC 5057 §5.4). */
export function isTargetRefresh(method: string): boolean {
  return TARGET_REFRESH.has(method);
}
