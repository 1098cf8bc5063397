// The public surface of `sip-retry/inspect` in a browser, which cannot serve a page: the official inspector's language alone.
// The names and members are those of index.ts: TypeScript takes the types of Node where a bundler takes this file.
export { createInspector } from './official/create-browser-inspector.js';
export type { BrowserInspectorOptions } from './official/create-browser-inspector.js';
export type { Inspector, InspectorOptions } from './create-inspector.js';
export type { InspectionEvent } from './inspection-event.js';
export type { InspectionOptions } from './inspection.js';
export type { RedactOptions } from './redact.js';
export type { StoreLimits } from './recorder/entry-store.js';
export type { OfficialActor, OfficialEvent, OfficialMessage, OfficialSnapshot } from './official/official-message.js';
export type {
  ActorEntry,
  ChartEntry,
  DecisionEntry,
  InspectorEntry,
  MessageEntry,
  NoteEntry,
  OutcomeEntry,
  StepEntry,
  TimerEntry,
} from './inspector-entry.js';
