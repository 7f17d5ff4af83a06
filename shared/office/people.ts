import * as v from 'valibot';
import { NumericId } from '../requests.ts';
import { VenueView } from '../views.ts';

export const ROLES = ['cashier', 'supervisor', 'manager'] as const;
export type Role = (typeof ROLES)[number];

/** Whether somebody of this role may do what asks for at least `needed`. */
export const isAtLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

const NAME_MAX = 80;
export const PIN_MIN = 4;
export const PIN_MAX = 8;
export const PASSWORD_MIN = 8; // NIST SP 800-63B.
const PASSWORD_MAX = 200; // Hashing a megabyte would be somebody's way to keep us busy.
const CODE_MAX = 40;

const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(NAME_MAX), v.regex(/^[^\p{Cc}\p{Cs}]*$/u));
const Code = v.pipe(v.string(), v.trim(), v.toUpperCase(), v.maxLength(CODE_MAX));
const TypedPin = v.pipe(v.string(), v.regex(/^\d{4,8}$/, '4 to 8 digits'));
const TypedPassword = v.pipe(v.string(), v.minLength(1), v.maxLength(PASSWORD_MAX));
const Instant = v.pipe(v.string(), v.isoTimestamp());

/** A PIN that nobody guesses at the first try. */
const NewPin = v.pipe(
  TypedPin,
  v.check(pin => !isEasy(pin), 'Too easy to guess'),
);
const NewPassword = v.pipe(v.string(), v.minLength(PASSWORD_MIN, 'At least 8 characters'), v.maxLength(PASSWORD_MAX));

/** One digit again and again, or one after the other. */
export function isEasy(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 0);
}

/** By password; by PIN, on an enrolled device; or, as the first manager, with the `code` of the first start. */
export const SignInRequest = v.pipe(
  v.object({
    name: Name,
    password: v.optional(TypedPassword),
    pin: v.optional(TypedPin),
    code: v.optional(Code),
  }),
  v.forward(
    v.check(one => (one.pin === undefined) !== (one.password === undefined), 'A password or a PIN'),
    ['password'],
  ),
  v.forward(
    v.check(one => one.code === undefined || (one.password ?? '').length >= PASSWORD_MIN, 'At least 8 characters'),
    ['password'],
  ),
);
export type SignInRequest = v.InferOutput<typeof SignInRequest>;

/** Whoever signed in proves it again: with the PIN, or with the password where there is no PIN. */
export const UnlockRequest = v.pipe(
  v.object({ password: v.optional(TypedPassword), pin: v.optional(TypedPin) }),
  v.forward(
    v.check(one => (one.pin === undefined) !== (one.password === undefined), 'A password or a PIN'),
    ['password'],
  ),
);
export type UnlockRequest = v.InferOutput<typeof UnlockRequest>;

/** A supervisor's or manager's word for one request, given on the screen of whoever asks for it. */
export const Approval = v.object({ name: Name, pin: TypedPin });
export type Approval = v.InferOutput<typeof Approval>;

/** Somebody who works here; `venueId` null means all venues. */
export const StaffView = v.object({
  staffId: NumericId,
  name: v.string(),
  role: v.picklist(ROLES),
  venueId: v.nullable(NumericId),
});
export type StaffView = v.InferOutput<typeof StaffView>;

export const StaffRow = v.object({
  ...StaffView.entries,
  active: v.boolean(),
  hasPin: v.boolean(),
  hasPassword: v.boolean(),
  lastSignInAt: v.nullable(Instant),
});
export type StaffRow = v.InferOutput<typeof StaffRow>;

/** Somebody new. Only managers have passwords. */
export const StaffRequest = v.object({
  name: Name,
  role: v.picklist(ROLES),
  venueId: v.nullable(NumericId),
  pin: v.optional(NewPin),
  password: v.optional(NewPassword),
});
export type StaffRequest = v.InferOutput<typeof StaffRequest>;
export const StaffChange = v.object({ ...v.partial(StaffRequest).entries, active: v.optional(v.boolean()) });
export type StaffChange = v.InferOutput<typeof StaffChange>;

/** A till, a tablet or a phone on which PINs work. */
export const DeviceView = v.object({
  deviceId: NumericId,
  name: v.string(),
  venueId: NumericId,
  state: v.picklist(['waiting', 'enrolled', 'revoked']),
  /** When its code ends to work; null once it was used. */
  codeEndsAt: v.nullable(Instant),
  enrolledAt: v.nullable(Instant),
  lastUsedAt: v.nullable(Instant),
});
export type DeviceView = v.InferOutput<typeof DeviceView>;

export const EnrolmentRequest = v.object({ name: Name, venueId: NumericId });
export const EnrolmentAnswer = v.object({ device: DeviceView, code: v.string(), url: v.string(), endsAt: Instant });
export type EnrolmentAnswer = v.InferOutput<typeof EnrolmentAnswer>;
export const DeviceRequest = v.object({ code: Code });

/** What this browser is, before anybody has signed in: `names` are of those who can sign in on it by PIN. */
export const ThisDevice = v.object({
  device: v.nullable(v.object({ name: v.string(), venueId: NumericId, venue: v.string(), names: v.array(v.string()) })),
});
export type ThisDevice = v.InferOutput<typeof ThisDevice>;

/** Who is signed in, and where they may work. While `locked`, everything else refuses. */
export const SessionView = v.object({
  now: Instant,
  staff: StaffView,
  venues: v.array(VenueView),
  device: v.nullable(v.object({ name: v.string(), venueId: NumericId })),
  locked: v.boolean(),
  hasPin: v.boolean(),
});
export type SessionView = v.InferOutput<typeof SessionView>;

/** Who can approve at a venue. */
export const ApproversAnswer = v.object({ names: v.array(v.string()) });

/** One line of who came, who was refused, and who changed whom. */
export const StaffLogLine = v.object({
  at: Instant,
  happening: v.string(),
  name: v.nullable(v.string()),
  by: v.nullable(v.string()),
  device: v.nullable(v.string()),
  about: v.nullable(v.string()),
});
export type StaffLogLine = v.InferOutput<typeof StaffLogLine>;
