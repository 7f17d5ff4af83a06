import { edit, type Mutant } from './mutant.ts';

const MOVE = 'server/booking/move-places.ts';
const END = 'server/booking/end-hold.ts';
const START = 'server/payment/start-payment.ts';
const HOLD = 'server/booking/hold-places.ts';
const MIGRATION = 'server/database/migrations/sqlite';
const GUARD = `
    .where('cancelledAt', 'is', null)
    .where(showing => showing(showing('held', '+', showing.ref('sold')), '<=', showing('capacity', '-', quantity)))`;

/** Places, holds and the requests that make them. */
export const PLACES: Mutant[] = [
  {
    name: 'a hold takes places without looking whether there are any',
    breaks: ['I1'],
    edits: [
      edit(
        MOVE,
        `held: showing('held', '+', quantity), version: showing('version', '+', 1) }))\n    .where('id', '=', showingId)${GUARD}`,
        `held: showing('held', '+', quantity), version: showing('version', '+', 1) }))\n    .where('id', '=', showingId)`,
      ),
    ],
    killedBy: ['test/booking/oversell.test.ts'],
  },
  {
    name: 'the guard of a hold forgets what is sold',
    breaks: ['I1'],
    edits: [
      edit(
        MOVE,
        `held: showing('held', '+', quantity), version: showing('version', '+', 1) }))\n    .where('id', '=', showingId)${GUARD}`,
        `held: showing('held', '+', quantity), version: showing('version', '+', 1) }))\n    .where('id', '=', showingId).where(showing => showing('held', '<=', showing('capacity', '-', quantity)))`,
      ),
    ],
    killedBy: ['test/http/problems.test.ts'],
  },
  {
    name: 'late money takes places without looking whether they are free',
    breaks: ['I1', 'I2'],
    edits: [
      edit(
        MOVE,
        `sold: showing('sold', '+', quantity), version: showing('version', '+', 1) }))\n    .where('id', '=', showingId)${GUARD}`,
        `sold: showing('sold', '+', quantity), version: showing('version', '+', 1) }))\n    .where('id', '=', showingId)`,
      ),
    ],
    killedBy: ['test/payment/success-by-booking-state.test.ts'],
  },
  {
    name: 'the table does not check that no more is sold than there is',
    breaks: ['I1'],
    edits: [edit(MIGRATION, 'check (\\`held\\` + \\`sold\\` <= \\`capacity\\`)', 'check (\\`held\\` >= 0)')],
    killedBy: ['test/booking/oversell.test.ts'],
  },
  {
    name: 'a hold that lapses keeps its places',
    breaks: ['I1', 'I12'],
    edits: [edit(END, 'await giveBackPlaces(em, lapsed.showing, lapsed.quantity);', '')],
    killedBy: ['test/booking/holds.test.ts'],
  },
  {
    name: 'a hold lapses although it was prolonged',
    breaks: ['I1', 'I4'],
    edits: [edit(END, `\n    .where('heldUntil', '<=', now)`, '')],
    killedBy: ['test/booking/expiry-races-payment.test.ts'],
  },
  {
    name: 'a booking that was paid lapses all the same',
    breaks: ['I1', 'I3', 'I4'],
    edits: [
      edit(
        END,
        `.set({ state: 'lapsed' })\n    .where('id', '=', bookingId)\n    .where('state', '=', 'held')`,
        `.set({ state: 'lapsed' })\n    .where('id', '=', bookingId)`,
      ),
    ],
    killedBy: ['test/booking/expiry-races-payment.test.ts'],
  },
  {
    name: 'the places go back while a prompt is open',
    breaks: ['I2', 'I12'],
    edits: [edit(END, 'later(until, liveUntil), holdEndsAt)', 'later(until, holdEndsAt), holdEndsAt)')],
    killedBy: ['test/booking/holds.test.ts'],
  },
  {
    name: 'payments prolong a hold past its cap',
    breaks: ['I12'],
    edits: [
      edit(
        START,
        'sooner(capAt, later(endsAt, addMs(now, HOLD_EXTENSION_MS)))',
        'later(endsAt, addMs(now, HOLD_EXTENSION_MS))',
      ),
    ],
    killedBy: ['test/booking/holds.test.ts'],
  },
  {
    name: 'a booking is cancelled while its prompt is open',
    breaks: ['I2'],
    edits: [edit('server/payment/cancel-booking.ts', `      if (open) throw`, '      if (open === null) throw')],
    killedBy: ['test/http/problems.test.ts'],
  },
  {
    name: 'the same key books again',
    breaks: ['I1'],
    edits: [edit(HOLD, 'if (earlier) return sameBooking(earlier, bodyHash);', '')],
    killedBy: ['test/http/problems.test.ts'],
  },
  {
    name: 'the same key takes any body',
    breaks: ['I1'],
    edits: [edit(HOLD, 'if (earlier.bodyHash === bodyHash) return earlier.id;', 'return earlier.id;')],
    killedBy: ['test/http/problems.test.ts'],
  },
];
