// The public surface of `sip-retry/inspect` in a browser, which cannot serve a page: the official inspector's language alone.
export { createInspector } from './official/create-browser-inspector.js';
export type { BrowserInspector, BrowserInspectorOptions } from './official/create-browser-inspector.js';
export type { InspectionEvent } from './inspection-event.js';
export type { RedactOptions } from './redact.js';
export type { OfficialActor, OfficialEvent, OfficialMessage, OfficialSnapshot } from './official/official-message.js';
