import * as v from 'valibot';

/** Every error that a caller can act on: its stable code, HTTP status and sentence. */
export const PROBLEMS = {
  invalid_body: { status: 422, title: 'Something in the request is missing or wrong' },
  invalid_phone: { status: 422, title: 'This is not a mobile number we can reach' },
  too_many_places: { status: 422, title: 'That is more places than one booking can have' },
  gateway_not_offered: { status: 422, title: 'This way of paying is not offered here' },
  not_found: { status: 404, title: 'Not found' },
  sold_out: { status: 409, title: 'There are not enough places left' },
  seat_taken: { status: 409, title: 'Somebody else has one of these seats' },
  showing_over: { status: 410, title: 'This showing can no longer be booked' },
  payment_in_progress: { status: 409, title: 'A payment is under way' },
  already_paid: { status: 409, title: 'This booking is paid' },
  hold_lapsed: { status: 409, title: 'The places are no longer held' },
  screen_taken: { status: 409, title: 'Something else is on this screen then' },
  not_possible_now: { status: 409, title: 'This is not possible at the moment' },
  note_needed: { status: 409, title: 'This needs a note' },
  retry_too_soon: { status: 429, title: 'Too soon after the last payment request' },
  too_many_holds: { status: 429, title: 'This phone already holds places that are not paid' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  idempotency_key_missing: { status: 400, title: 'The Idempotency-Key header is missing or unusable' },
  idempotency_key_reused: { status: 409, title: 'This Idempotency-Key was used for something else' },
  body_too_large: { status: 413, title: 'The request is too large' },
  not_signed_in: { status: 401, title: 'Please sign in' },
  forbidden: { status: 403, title: 'You may not do this' },
  locked: { status: 423, title: 'The screen is locked' },
  secret_refused: { status: 403, title: 'The PIN or password is wrong' },
  code_refused: { status: 403, title: 'This code is wrong, too old, or was used' },
  approval_needed: { status: 403, title: 'This needs a supervisor' },
  approval_refused: { status: 403, title: 'Name and PIN do not fit, or may not approve here' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** `application/problem+json` (RFC 9457), as every error leaves the server. */
export const Problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  code: v.picklist(PROBLEM_CODES),
  errors: v.optional(v.array(v.object({ path: v.string(), message: v.string() }))),
  placesLeft: v.optional(v.number()),
  retryAfter: v.optional(v.pipe(v.string(), v.isoTimestamp())),
});
export type Problem = v.InferOutput<typeof Problem>;
