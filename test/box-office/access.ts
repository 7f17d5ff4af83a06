import type { Role } from '../../shared/office/people.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import type { Fixture } from './fixture.ts';

/** Who may knock: everybody, whoever is signed in however locked the screen is, or a role and those above it. */
export interface Access {
  who: 'anybody' | 'locked' | Role;
  /** What to send, so that somebody of another venue is refused for being that, and for nothing else. */
  body?: (own: Fixture) => object;
  query?: (own: Fixture) => string;
  /** How they are refused where that is neither `forbidden` nor `not_found`. */
  refusal?: ProblemCode;
  /** Of no venue in particular: people of another one may use it too. The reason stands beside it. */
  everywhere?: string;
}

const anybody: Access = { who: 'anybody' };
const office = '/api/v1/box-office';
const NOTE = { note: 'as agreed on the phone' };

/** Every route of the app. A route that is not here fails the test, and so does one here that is not in the app. */
export const ROUTES: Record<string, Access> = {
  // Whoever keeps it running: nothing but whether all is well.
  'GET /healthz': anybody,
  'GET /readyz': anybody,

  // Customers, their pages and gateways: by what they know, not by who they are.
  'GET /': anybody,
  'GET /showings/:showingId': anybody,
  'GET /bookings/:bookingId': anybody,
  'GET /pay': anybody,
  'GET /charges/:chargeId': anybody,
  'GET /box-office': anybody,
  'GET /box-office/{*rest}': anybody,
  'GET /door': anybody,
  'GET /posters/:name': anybody,
  'GET /api/v1/movies': anybody,
  'GET /api/v1/movies/:movieId': anybody,
  'GET /api/v1/showings/:showingId': anybody,
  'GET /api/v1/venues': anybody,
  'POST /api/v1/bookings': anybody,
  'POST /api/v1/bookings/lookups': anybody,
  'GET /api/v1/bookings/:bookingId': anybody,
  'POST /api/v1/bookings/:bookingId/payments': anybody,
  'POST /api/v1/bookings/:bookingId/checks': anybody,
  'DELETE /api/v1/bookings/:bookingId': anybody,
  'GET /api/v1/bookings/:bookingId/tickets.pdf': anybody,
  'POST /api/v1/charges': anybody,
  'GET /api/v1/charges/:chargeId': anybody,
  'POST /api/v1/charges/:chargeId/payments': anybody,
  'POST /api/v1/charges/:chargeId/checks': anybody,
  'POST /callbacks/daraja/:token': anybody,
  'POST /callbacks/daraja/:token/timeout': anybody,
  'POST /callbacks/daraja/c2b/:secret': anybody,
  'POST /callbacks/daraja/c2b/:secret/validation': anybody,
  'POST /callbacks/daraja/refunds/:token': anybody,
  'POST /callbacks/daraja/refunds/:token/timeout': anybody,
  'GET /callbacks/pesapal/:secret': anybody,
  'POST /callbacks/pesapal/:secret': anybody,
  'GET /return/pesapal/:token': anybody,
  'GET /api/movies': anybody,
  'GET /api/movies/:movieId': anybody,
  'POST /api/make-payment': anybody,
  'POST /api/query-payment-status': anybody,
  'GET /api/tickets/:ticketId': anybody,
  'POST /api/mpesa-callback': anybody,
  'POST /api/mpesa-callback/:token': anybody,

  // Signing in and out
  [`POST ${office}/sessions`]: anybody,
  [`DELETE ${office}/sessions`]: anybody,
  [`GET ${office}/sessions/current`]: { who: 'locked', everywhere: 'it is their own session' },
  [`POST ${office}/sessions/lock`]: { who: 'cashier', everywhere: 'it is their own session' },
  [`POST ${office}/sessions/unlock`]: { who: 'locked', everywhere: 'it is their own session' },
  [`GET ${office}/devices/current`]: anybody,
  [`POST ${office}/devices`]: anybody,

  // People
  [`GET ${office}/staff`]: { who: 'manager', everywhere: 'it lists their own venue’s' },
  [`POST ${office}/staff`]: { who: 'manager', body: ({ venueId }) => ({ name: 'Zawadi', role: 'cashier', venueId }) },
  [`PATCH ${office}/staff/:staffId`]: { who: 'manager', body: () => ({ role: 'supervisor' }) },
  [`GET ${office}/staff-log`]: { who: 'manager', everywhere: 'it lists their own venue’s' },
  [`GET ${office}/approvers`]: { who: 'cashier', query: ({ venueId }) => `venueId=${venueId}` },
  [`GET ${office}/devices`]: { who: 'manager', everywhere: 'it lists their own venue’s' },
  [`POST ${office}/devices/enrolments`]: { who: 'manager', body: ({ venueId }) => ({ name: 'Till', venueId }) },
  [`DELETE ${office}/devices/:deviceId`]: { who: 'manager' },

  // The till
  [`POST ${office}/sales`]: {
    who: 'cashier',
    body: ({ showingId }) => ({ lines: [{ showingId, quantity: 1 }] }),
    refusal: 'invalid_body',
  },
  [`GET ${office}/sales`]: { who: 'cashier', query: ({ venueId }) => `venueId=${venueId}` },
  [`GET ${office}/sales/:saleId`]: { who: 'cashier' },
  [`POST ${office}/sales/:saleId/payments`]: {
    who: 'cashier',
    body: () => ({ method: 'cash', given: shillings(1_000) }),
  },
  [`POST ${office}/sales/:saleId/checks`]: { who: 'cashier' },
  [`POST ${office}/sales/:saleId/abandonments`]: { who: 'cashier' },
  [`POST ${office}/sales/:saleId/reprints`]: { who: 'cashier', body: () => ({ reason: 'the paper jammed' }) },
  [`POST ${office}/shifts`]: { who: 'cashier', body: ({ venueId }) => ({ venueId, float: shillings(5_000) }) },
  [`GET ${office}/shifts`]: { who: 'supervisor', query: ({ venueId }) => `venueId=${venueId}` },
  [`GET ${office}/shifts/mine`]: { who: 'cashier', everywhere: 'it is their own' },
  [`POST ${office}/shifts/:shiftId/movements`]: {
    who: 'cashier',
    body: () => ({ kind: 'drop', amount: shillings(1_000), reason: 'to the safe' }),
  },
  [`POST ${office}/shifts/:shiftId/counts`]: { who: 'cashier', body: () => ({ counts: [] }) },
  [`POST ${office}/shifts/:shiftId/seals`]: { who: 'cashier' },
  [`GET ${office}/shifts/:shiftId/report`]: { who: 'supervisor' },
  [`GET ${office}/shifts/:shiftId/journal`]: { who: 'supervisor' },
  [`GET ${office}/venues/:venueId/days/:day/report`]: { who: 'supervisor' },
  [`POST ${office}/refunds/:refundId/cash`]: { who: 'cashier' },

  // Reports
  [`GET ${office}/reports/:by`]: { who: 'supervisor', query: ({ venueId }) => `venueId=${venueId}` },

  // Bookings
  [`GET ${office}/search`]: {
    who: 'cashier',
    query: ({ venueId, reference }) => `venueId=${venueId}&text=${reference}`,
  },
  [`GET ${office}/bookings/:bookingId`]: { who: 'cashier' },
  [`GET ${office}/bookings/:bookingId/moves`]: { who: 'cashier' },
  [`POST ${office}/bookings/:bookingId/moves`]: { who: 'cashier' },
  [`POST ${office}/bookings/:bookingId/payments`]: { who: 'cashier' },
  [`POST ${office}/bookings/:bookingId/reprints`]: { who: 'cashier' },
  [`POST ${office}/bookings/:bookingId/mails`]: { who: 'cashier' },
  [`POST ${office}/bookings/:bookingId/cancellations`]: { who: 'cashier' },
  [`POST ${office}/bookings/:bookingId/refunds`]: { who: 'cashier' },

  // Money that the rules leave to people
  [`GET ${office}/exceptions`]: { who: 'supervisor', everywhere: 'it lists their own venue’s' },
  [`GET ${office}/exceptions/:exceptionId`]: { who: 'supervisor' },
  [`GET ${office}/equation`]: { who: 'supervisor', query: ({ venueId }) => `venueId=${venueId}` },
  [`GET ${office}/equation/receipts`]: {
    who: 'supervisor',
    query: ({ venueId }) => `venueId=${venueId}&currency=KES&term=received`,
  },
  [`GET ${office}/bookings/:bookingId/history`]: { who: 'supervisor' },
  [`GET ${office}/charges/:chargeId/history`]: { who: 'supervisor' },
  [`GET ${office}/bookings/:bookingId/personal-data`]: { who: 'manager' },
  [`DELETE ${office}/bookings/:bookingId/personal-data`]: { who: 'manager' },
  [`POST ${office}/refunds`]: { who: 'manager', body: ({ bookingId }) => ({ bookingId, ...NOTE }) },
  [`POST ${office}/refunds/:refundId/requests`]: { who: 'manager' },
  [`POST ${office}/refunds/:refundId/placements`]: { who: 'manager' },
  [`POST ${office}/refunds/:refundId/closings`]: { who: 'manager' },
  [`GET ${office}/receipts/:receiptId/matches`]: { who: 'manager', query: ({ reference }) => `reference=${reference}` },
  [`POST ${office}/receipts/:receiptId/resolutions`]: { who: 'manager' },
  [`POST ${office}/receipts/:receiptId/reversals`]: { who: 'manager' },
  [`POST ${office}/payments/:paymentId/checks`]: { who: 'supervisor' },
  [`POST ${office}/payments/:paymentId/closings`]: { who: 'manager' },

  // The programme
  'POST /api/v1/venues': { who: 'manager' },
  'PATCH /api/v1/venues/:venueId': { who: 'manager' },
  'POST /api/v1/movies': { who: 'manager', everywhere: 'all venues play the same movies' },
  'PATCH /api/v1/movies/:movieId': { who: 'manager', everywhere: 'all venues play the same movies' },
  'POST /api/v1/showings': { who: 'manager', body: planned },
  'PATCH /api/v1/showings/:showingId': { who: 'manager' },
  [`GET ${office}/movies`]: { who: 'manager', everywhere: 'all venues play the same movies' },
  [`POST ${office}/posters`]: { who: 'manager', everywhere: 'all venues play the same movies' },
  [`GET ${office}/venues/:venueId/showings`]: { who: 'manager' },
  [`GET ${office}/venues/:venueId/programme-log`]: { who: 'manager' },
  [`POST ${office}/schedules`]: { who: 'manager', body: scheduled },
  [`POST ${office}/schedule-previews`]: { who: 'manager', body: scheduled },
  [`POST ${office}/showings/:showingId/cancellations`]: { who: 'manager' },

  // The door
  [`GET ${office}/door/showings`]: { who: 'cashier', query: ({ venueId }) => `venueId=${venueId}` },
  [`POST ${office}/admissions`]: {
    who: 'cashier',
    body: ({ showingId, ticketCode }) => ({ code: ticketCode, showingId }),
  },
  [`POST ${office}/admissions/withdrawals`]: {
    who: 'cashier',
    body: ({ showingId, ticketCode }) => ({ code: ticketCode, showingId, reason: 'a slip' }),
  },
};

/** What pages may ask by socket at the box office; each wish names a venue, or something of it. */
export const EVENTS: Record<string, { who: Role; wish: (own: Fixture) => object }> = {
  'board:watch': { who: 'cashier', wish: ({ venueId }) => ({ venueId }) },
  'till:watch': { who: 'cashier', wish: ({ venueId }) => ({ venueId }) },
  'door:watch': { who: 'cashier', wish: ({ venueId }) => ({ venueId }) },
  'exceptions:watch': { who: 'supervisor', wish: ({ venueId }) => ({ venueId }) },
};

/** What customers' pages may ask by socket. */
export const PUBLIC_EVENTS = ['booking:watch', 'charge:watch', 'programme:watch', 'showing:watch', 'showing:unwatch'];

function planned({ venueId }: Fixture) {
  const price = shillings(500);
  return { movieId: 1, venueId, screen: 'Screen 1', startsAt: '2026-12-24T17:00:00.000Z', price, capacity: 10 };
}

function scheduled({ venueId }: Fixture) {
  const price = shillings(500);
  return { movieId: 1, venueId, screen: 'Screen 1', days: ['2026-12-24'], times: ['17:00'], price, capacity: 10 };
}

function shillings(whole: number) {
  return { amount: whole * 100, currency: 'KES' };
}
