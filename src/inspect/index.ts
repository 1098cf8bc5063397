// The public surface of `sip-retry/inspect` on Node: a page that shows charts and messages while they happen.
export { createInspector } from './create-inspector.js';
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
