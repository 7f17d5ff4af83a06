import { edit, type Mutant } from './mutant.ts';

const SETTLE = 'server/payment/settle-payment.ts';
const FAILURE = 'server/payment/settle-failure.ts';
const BANK = 'server/payment/bank-receipt.ts';
const PART = 'server/payment/pay-part.ts';
const IDS = 'server/payment/gateway-ids.ts';
const START = 'server/payment/start-payment.ts';
const JANITOR = 'server/janitor';
const MIGRATION = 'server/database/migrations/sqlite';
const ANY_ORDER = 'test/payment/settle-in-any-order.test.ts';
const BY_CALLBACK = 'test/payment/callback-evidence.test.ts';
const BY_QUERY = 'test/payment/query-evidence.test.ts';
const BY_STATE = 'test/payment/success-by-booking-state.test.ts';

/** Evidence, receipts and what they make of a booking. */
export const MONEY: Mutant[] = [
  {
    name: 'any token is the newest payment’s',
    breaks: ['I3', 'I16'],
    edits: [
      edit(
        'server/payment/receive-callback.ts',
        `  if (!TOKEN.test(token)) return undefined;
  const hash = plainHash(token);
  const found = await findByHash.first(em, { hash });`,
        `  const newest = await query(em).selectFrom('payment').select('id').orderBy('startedAt', 'desc').executeTakeFirst();
  if (newest) return newest.id;
  const hash = plainHash(token);
  const found = await findByHash.first(em, { hash });`,
      ),
    ],
    killedBy: ['test/http/callbacks.test.ts'],
  },
  {
    name: 'the gateway’s ids are not compared',
    breaks: ['I16'],
    edits: [edit(IDS, `return sameIds(known, ids) ? 'fits' : 'other ids than this payment has';`, `return 'fits';`)],
    killedBy: [BY_CALLBACK],
  },
  {
    name: 'half of the gateway’s ids is enough',
    breaks: ['I16'],
    edits: [
      edit(
        IDS,
        'one.trackingId === other.trackingId && one.requestId === other.requestId',
        'one.trackingId === other.trackingId',
      ),
    ],
    killedBy: [BY_CALLBACK],
  },
  {
    name: 'the amount is not compared',
    breaks: ['I3', 'I13'],
    edits: [edit(SETTLE, 'amount.amount === payment.amount && ', '')],
    killedBy: [BY_CALLBACK],
  },
  {
    name: 'the currency is not compared',
    breaks: ['I13'],
    edits: [edit(SETTLE, ' && amount.currency === payment.currency', '')],
    killedBy: [BY_CALLBACK],
  },
  {
    name: 'a query’s success is believed at once',
    breaks: ['I3'],
    edits: [edit(SETTLE, `rules.promptMs * BELIEVED_FROM) ? 'too early' : null`, `0) ? 'too early' : null`)],
    killedBy: [BY_QUERY],
  },
  {
    name: 'a query overrules the person who looks at a payment',
    breaks: ['I16'],
    edits: [edit(SETTLE, `if (payment.frozen) return 'under review';`, '')],
    killedBy: [BY_CALLBACK],
  },
  {
    name: 'a query’s failure is believed while the prompt is open',
    breaks: ['I9'],
    edits: [edit(FAILURE, 'if (!promptIsOver || !insists)', 'if (!insists)')],
    killedBy: [BY_QUERY],
  },
  {
    name: 'a query’s failure is believed at once',
    breaks: ['I9'],
    edits: [
      edit(FAILURE, 'if (payment.queriedCode !== failed.code || !payment.queriedCodeAt) {', 'if (!failed.code) {'),
      edit(FAILURE, 'addMs(payment.queriedCodeAt, rules.promptMs * SEEN_TWICE_APART) <= now', 'true'),
    ],
    killedBy: [BY_QUERY],
  },
  {
    name: 'a failure after the success takes the money back',
    breaks: ['I2', 'I4'],
    edits: [
      edit(FAILURE, `if (isMoney(payment)) return contradiction(em, payment, source, failed, now);`, ''),
      edit(FAILURE, `\n    .where('state', 'in', [...paymentStatesBelow('failed'), 'failed'])`, ''),
    ],
    killedBy: [ANY_ORDER],
  },
  {
    name: 'a success after the failure is not believed',
    breaks: ['I2', 'I4'],
    edits: [edit(SETTLE, 'if (isMoney(payment)) return;', `if (payment.state !== 'pending') return;`)],
    killedBy: [ANY_ORDER],
  },
  {
    name: 'money that does not fit is not written down',
    breaks: ['I2', 'I13'],
    edits: [
      edit(
        SETTLE,
        `await recordUnallocated(em, payment, paid, now);\n  if (!isMoney(payment))`,
        'if (!isMoney(payment))',
      ),
    ],
    killedBy: [BY_CALLBACK],
  },
  {
    name: 'the table takes the same receipt number twice',
    breaks: ['I5'],
    edits: [edit(MIGRATION, 'create unique index \\`receipt_number\\`', 'create index \\`receipt_number\\`')],
    killedBy: ['test/database/guards.test.ts'],
  },
  {
    name: 'a receipt is counted for a second payment',
    breaks: ['I5', 'I13'],
    edits: [edit(BANK, `if (same && same.allocation !== 'unallocated')`, `if (same && same.payment === payment.id)`)],
    killedBy: [BY_CALLBACK],
  },
  {
    name: 'the number of a receipt that a query told of makes a second receipt',
    breaks: ['I5', 'I13'],
    edits: [edit(BANK, `  if (unnumbered) {`, '  if (unnumbered && same) {')],
    killedBy: [BY_QUERY],
  },
  {
    name: 'money that was given to something else is counted again when a query tells of it',
    breaks: ['I3', 'I13'],
    edits: [edit(BANK, 'if (await findGivenAway(em, payment))', 'if (!em)')],
    killedBy: ['test/exceptions/matching.test.ts'],
  },
  {
    name: 'money for a booking that is confirmed already is not owed back',
    breaks: ['I2', 'I3'],
    edits: [
      edit(PART, `    case 'refunded':\n      return 'duplicate_payment';`, `    case 'refunded':\n      return null;`),
    ],
    killedBy: [BY_STATE],
  },
  {
    name: 'money for a cancelled booking is not owed back',
    breaks: ['I2'],
    edits: [
      edit(PART, `return booking.saleState === 'abandoned' ? 'abandoned_sale' : 'booking_cancelled';`, 'return null;'),
    ],
    killedBy: [BY_STATE],
  },
  {
    name: 'money for a showing that was called off confirms it',
    breaks: ['I2'],
    edits: [edit(PART, `if (booking.cancelledAt) return 'showing_cancelled';`, '')],
    killedBy: [BY_STATE],
  },
  {
    name: 'a debt is marked, but no refund is written down',
    breaks: ['I2'],
    edits: [edit('server/payment/owe-refund.ts', `await query(em).insertInto('refund').values(refund).execute();`, '')],
    killedBy: [BY_STATE],
  },
  {
    name: 'twice as many tickets as places',
    breaks: ['I3'],
    edits: [edit('server/ticket/issue-tickets.ts', 'place < quantity', 'place < quantity * 2')],
    killedBy: [BY_STATE],
  },
  {
    name: 'two payments may be live for one booking',
    breaks: ['I6'],
    edits: [
      edit(START, `if (await findLive.first(em, paidFor, {})) throw new ProblemError('payment_in_progress');`, ''),
      edit(MIGRATION, 'create unique index \\`payment_live_booking\\`', 'create index \\`payment_live_booking\\`'),
    ],
    killedBy: ['test/payment/push-limits.test.ts'],
  },
  {
    name: 'the table takes two live payments for one booking',
    breaks: ['I6'],
    edits: [
      edit(MIGRATION, 'create unique index \\`payment_live_booking\\`', 'create index \\`payment_live_booking\\`'),
    ],
    killedBy: ['test/database/guards.test.ts'],
  },
  {
    name: 'the same key pays again',
    breaks: ['I6'],
    edits: [edit(START, 'if (earlier) return { paymentId: earlier, isNew: false };', '')],
    killedBy: ['test/http/problems.test.ts'],
  },
  {
    name: 'a push that got no answer is called failed',
    breaks: ['I9'],
    edits: [
      edit(
        'server/gateway/not-accepted.ts',
        `return { answer: 'unknown', why: called.why };`,
        'return refused(NOT_REACHED, called.why);',
      ),
    ],
    killedBy: ['test/gateway/daraja-push.test.ts'],
  },
  {
    name: 'a code that nobody knows is a failure, also from a query',
    breaks: ['I9'],
    edits: [
      edit(
        'server/gateway/daraja/results.ts',
        `const UNLISTED: Result = { reason: 'refused', retry: wait(60), onQuery: 'going' };`,
        `const UNLISTED: Result = { reason: 'refused', retry: wait(60), onQuery: 'terminal' };`,
      ),
    ],
    killedBy: ['test/gateway/daraja-query.test.ts'],
  },
  {
    name: 'a push that lost its sender is called failed',
    breaks: ['I9'],
    edits: [edit(JANITOR, `.set({ state: 'unknown', promptEndsAt })`, `.set({ state: 'failed', promptEndsAt })`)],
    killedBy: ['test/booking/holds.test.ts'],
  },
  {
    name: 'the push’s late answer takes back what a callback has settled',
    breaks: ['I4'],
    edits: [edit('server/payment/push-payment.ts', `\n    .where('state', 'in', paymentStatesBelow(to.state))`, '')],
    killedBy: ['test/journeys/odd-messages.test.ts'],
  },
  {
    name: 'two janitors ask about the same payment at once',
    breaks: ['I12'],
    edits: [
      edit(
        'server/payment/ask-gateway.ts',
        `\n    .where(one => one.or([one('leasedUntil', 'is', null), one('leasedUntil', '<=', now)]))`,
        '',
      ),
    ],
    killedBy: ['test/janitor.test.ts'],
  },
];
