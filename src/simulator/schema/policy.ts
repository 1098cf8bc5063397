// A policy table and limits, as scenarios and fleets write them: checked by their own readers.
import { z } from 'zod';
import { complaintOf, type Defect } from '../../policy/defect.js';
import { limitDefects } from '../../policy/set-limits.js';
import { parsePolicy } from '../../policy/parse-policy.js';

/** A policy table. */
export const policy = z.unknown().superRefine((value, context) => {
  const parsed = parsePolicy(value);
  context.issues.push(...(parsed.ok ? [] : parsed.defects).map((defect) => issueOf(defect, value)));
});

/** Bounds on one request. */
export const limits = z.record(z.string(), z.unknown()).superRefine((value, context) => {
  context.issues.push(...limitDefects(value).map((defect) => issueOf(defect, value)));
});

/** Each defect is an issue at the place where it is, which its reader tells as one step. */
function issueOf(defect: Defect, input: unknown) {
  return { code: 'custom' as const, message: complaintOf(defect), path: [defect.path], input };
}
