// The request that was sent and what came back: by method, code and header fields, or as text.
import type { Inspection } from '../inspection.js';
import { changed, CODES, METHODS, usualHeaders, type TrialForm } from './trial-form.js';

export function MessagesForm({ inspection }: { readonly inspection: Inspection }) {
  const { form } = inspection;
  // Two changes may come within one frame.
  const change = (part: Partial<TrialForm>): void => inspection.update({ form: changed(inspection.form, part) });
  return (
    <form class="trial" onSubmit={(event) => event.preventDefault()}>
      <div class="segments" role="group" aria-label="How the messages are given">
        <button type="button" aria-pressed={!form.isRaw} onClick={() => change({ isRaw: false })}>
          Fields
        </button>
        <button type="button" aria-pressed={form.isRaw} onClick={() => change({ isRaw: true })}>
          Raw messages
        </button>
      </div>
      {form.isRaw ? <RawFields form={form} change={change} /> : <Fields form={form} change={change} />}
    </form>
  );
}

interface FieldsProps {
  readonly form: TrialForm;
  readonly change: (part: Partial<TrialForm>) => void;
}

function Fields({ form, change }: FieldsProps) {
  return (
    <>
      <div class="pair">
        <label>
          Method
          <select
            id="try-method"
            value={form.method}
            onChange={(event) => change({ method: event.currentTarget.value })}
          >
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </select>
        </label>
        <label class="wide">
          Request-URI
          <input type="text" value={form.uri} onInput={(event) => change({ uri: event.currentTarget.value })} />
        </label>
      </div>
      <label>
        Header fields of the request, one a line
        <textarea
          rows={2}
          spellcheck={false}
          value={form.requestHeaders}
          onInput={(event) => change({ requestHeaders: event.currentTarget.value })}
        />
      </label>
      <OutcomeField form={form} change={change} />
      {form.outcome === 'response' ? (
        <label>
          Header fields of the response, one a line
          <textarea
            id="try-headers"
            rows={2}
            spellcheck={false}
            value={form.responseHeaders}
            onInput={(event) => change({ responseHeaders: event.currentTarget.value })}
          />
        </label>
      ) : null}
    </>
  );
}

function OutcomeField({ form, change }: FieldsProps) {
  return (
    <div class="pair">
      <label class="wide">
        What came back
        <select value={form.outcome} onChange={(event) => change({ outcome: outcomeOf(event.currentTarget.value) })}>
          <option value="response">a response</option>
          <option value="timeout">no response in time</option>
          <option value="transportError">a transport error</option>
        </select>
      </label>
      {form.outcome === 'response' && !form.isRaw ? (
        <label>
          Code
          <input
            id="try-code"
            type="text"
            inputMode="numeric"
            list="codes"
            value={form.status}
            onInput={(event) => {
              const status = event.currentTarget.value;
              change({ status, responseHeaders: usualHeaders(status) });
            }}
          />
          <datalist id="codes">
            {CODES.map(([status, phrase]) => (
              <option key={status} value={String(status)}>
                {phrase}
              </option>
            ))}
          </datalist>
        </label>
      ) : null}
    </div>
  );
}

function RawFields({ form, change }: FieldsProps) {
  return (
    <>
      <label>
        The request
        <textarea
          id="try-request"
          rows={7}
          spellcheck={false}
          value={form.rawRequest}
          onInput={(event) => change({ rawRequest: event.currentTarget.value })}
        />
      </label>
      <OutcomeField form={form} change={change} />
      {form.outcome === 'response' ? (
        <label>
          The response
          <textarea
            id="try-response"
            rows={7}
            spellcheck={false}
            value={form.rawResponse}
            onInput={(event) => change({ rawResponse: event.currentTarget.value })}
          />
        </label>
      ) : null}
    </>
  );
}

function outcomeOf(value: string): TrialForm['outcome'] {
  return value === 'timeout' || value === 'transportError' ? value : 'response';
}
