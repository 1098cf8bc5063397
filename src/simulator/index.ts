// The public surface of `sip-retry/simulator`: call flows in virtual time, with the machines of a real user agent client.
export { simulate } from './simulate.js';
export type { SimulateOptions } from './simulate.js';
export { readScenario } from './read-scenario.js';
export type { LocatedDefect, ReadScenario } from './read-scenario.js';
export { renderTranscript, transcriptFormats } from './formats/render-transcript.js';
export type { RenderOptions, TranscriptFormat } from './formats/render-transcript.js';
export type { ScenarioDefect } from './scenario-defect.js';
export { ScenarioFault } from './scenario-fault.js';
export type { ScenarioPath } from './scenario-fault.js';
export { checkExpectations } from './expectations.js';
export type { CheckedExpectation } from './checked-expectation.js';
export type {
  Behaviour,
  BehaviourOf,
  Condition,
  Expectation,
  HeaderCondition,
  Scenario,
  ScenarioInput,
  ScriptStep,
  WrittenAnswers,
  WrittenBody,
  WrittenChallenge,
  WrittenHeaders,
  WrittenNetwork,
  WrittenRequest,
  WrittenServer,
  WrittenUac,
} from './scenario.js';
export type {
  AnswerEvent,
  AskEvent,
  DecisionEvent,
  OutcomeEvent,
  PartyEvent,
  Party,
  PassingMessage,
  StateEvent,
  TimerEvent,
  Transcript,
  TranscriptCounts,
  TranscriptEvent,
  TranscriptTransport,
  WaitEvent,
} from './transcript.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
