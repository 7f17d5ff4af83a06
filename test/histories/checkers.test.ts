import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reversal } from '../../server/simulator/ledger.ts';
import { Acknowledged } from './acknowledged.ts';
import { Commits } from './commits.ts';
import { corrupted } from './corrupted.ts';
import type { Disk } from './disk.ts';
import { neverEnded } from './ending.ts';
import { wronglyBack } from './given-back.ts';
import { type History, live, theDisk } from './history.ts';
import { HONEST } from './knowledge.ts';
import { missingMoney } from './money.ts';
import { brokenRules } from './rules.ts';
import { Watchers } from './watchers.ts';

const NOBODY = { foreign: new Set<string>(), byHand: new Set<string>() };
const LATER = new Date('2027-01-01T00:00:00.000Z');
const ONE_PAID = `(select payment from receipt where allocation = 'applied' and number is not null limit 1)`;
const ITS_BOOKING = `(select booking from payment where id = ${ONE_PAID})`;
const ANOTHER_RECEIPT = (number: string) =>
  `insert into receipt (gateway, number, payment, amount, currency, allocation, createdAt)
   select gateway, ${number}, payment, amount, currency, 'unallocated', createdAt from receipt where payment = ${ONE_PAID}`;

const A_REFUND = (state: string) =>
  `insert into refund (id, receipt, booking, amount, currency, state, reason, requestedAt, createdAt)
   select 'r1', r.id, p.booking, r.amount, r.currency, '${state}', 'staff_decision', 1, 1
   from receipt r join payment p on p.id = r.payment where p.id = ${ONE_PAID};
   update receipt set allocation = 'refund_due' where payment = ${ONE_PAID}`;
const AN_AUDIT = `insert into audit_entry (at, booking, version, actor, happening, details)
  select 1, id, version, 'staff:Wanjiru', 'refund_requested', '{"refund":"r1"}' from booking where id = ${ITS_BOOKING}`;

/** What somebody could have done to the database behind our back, and the rule that must notice. */
const CORRUPTIONS: [rule: RegExp, sql: string][] = [
  [/^I1 /, `update booking set quantity = quantity + 1 where id = ${ITS_BOOKING}`],
  [/^I2 money that is due back/, `update receipt set allocation = 'refund_due' where payment = ${ONE_PAID}`],
  [/^I2 money that went back is owed/, `${A_REFUND('due')}; update receipt set reversedAt = 1`],
  [/^I2 money that a person closed/, `update receipt set closedAt = 1 where payment = ${ONE_PAID}`],
  [/^I2 a refund is sent again/, `${AN_AUDIT}; ${AN_AUDIT}`],
  [/^I2 the refund of .* is done, and nothing went back/, A_REFUND('done')],
  [
    /^I2 what the gateway said of a refund/,
    `${A_REFUND('due')}; update callback set refund = 'r1', state = 'quarantined'`,
  ],
  [/^I2 a paid payment/, `update receipt set allocation = 'unallocated' where payment = ${ONE_PAID}`],
  [/^I2 .* was taken, and we believe/, `delete from receipt where payment = ${ONE_PAID}`],
  [/^I3 a showing that was cancelled/, `update showing set cancelledAt = 1`],
  [/^I3 tickets admit/, `delete from ticket where booking = ${ITS_BOOKING}`],
  [
    /^I3 no booking and no charge is paid more/,
    `insert into share (receipt, booking, amount) select receipt, booking, amount from share where booking is not null`,
  ],
  [/^I3 .* was never taken/, ANOTHER_RECEIPT("'X1'")],
  [/^I5 /, `${ANOTHER_RECEIPT('null')}; ${ANOTHER_RECEIPT('null')}`],
  [
    /^I6 /,
    `drop index payment_live_booking; drop index payment_live_phone; update payment set live = true, booking = ${ITS_BOOKING}`,
  ],
  [/^I7 .* for no payment/, `update payment set accountReference = 'X1' where id = ${ONE_PAID}`],
  [/^I10 every version/, `update booking set version = version + 1 where id = ${ITS_BOOKING}`],
  [/^I10 the outbox/, `insert into outbox (topic, subject, showing, version) values ('booking', 'x', 1, 1)`],
  [/^I12 a hold never ended/, `update booking set state = 'held' where id = ${ITS_BOOKING}`],
  [/^I12 a payment was never sent/, `update payment set state = 'started', frozen = false where id = ${ONE_PAID}`],
  [/^I12 somebody is still going to ask/, `update payment set nextCheckAt = 1 where id = ${ONE_PAID}`],
  [/^I12 a payment still stands in the way/, `update payment set live = true, liveUntil = 9e15 where id = ${ONE_PAID}`],
  [/^I12 the result of a refund/, A_REFUND('requested')],
  [/^I12 a callback was never settled/, `update callback set state = 'received'`],
  [/^I13 /, `update receipt set amount = amount + 100 where payment = ${ONE_PAID}`],
];

/** The first history of bookings alone that ends with two payments, one of them applied, and a callback; the disk is left as it ended. */
async function aHistory(): Promise<History> {
  for (let seed = 1; ; seed++) {
    const history = await live(seed);
    const met = (what: string) => (history.counts.get(what) ?? 0) > 0;
    const settled = met('receipt applied') && met('callback settled') && history.ledger.debits.length > 1;
    const odd =
      met('payment under review') || met('receipt applied without a number') || met('callback with another amount');
    const givenBack = met('refund_requested') || met('foreign reversal') || met('receipt closed');
    const charged = [...history.counts.keys()].some(what => what.startsWith('charge '));
    if (settled && !odd && !givenBack && !charged) return history;
  }
}

function everythingWrong(disk: Disk, { ledger }: History): string[] {
  return [
    ...brokenRules(disk),
    ...missingMoney(disk, ledger, HONEST),
    ...wronglyBack(disk, ledger, NOBODY),
    ...neverEnded(disk, LATER),
  ];
}

test('each rule notices when it is broken, and nothing when it is not', async () => {
  const history = await aHistory();
  const disk = await theDisk();
  assert.deepEqual(everythingWrong(disk, history), []);
  for (const [rule, sql] of CORRUPTIONS) {
    const wrong = corrupted(disk, sql, () => everythingWrong(disk, history));
    assert.ok(
      wrong.some(one => rule.test(one)),
      `${rule} did not notice: ${sql}\n${wrong.join('\n')}`,
    );
  }
  assert.deepEqual(everythingWrong(disk, history), []);
});

test('I4 I7 whoever watches the commits notices a state that goes back, a row that goes away, a payment that is not there', async () => {
  await aHistory();
  const disk = await theDisk();
  const commits = new Commits(disk);
  assert.deepEqual(commits.look(), []);
  const [payment] = disk.query<{ accountReference: string }>('select accountReference from payment')();
  assert.ok(commits.hasPayment(payment?.accountReference ?? '') && !commits.hasPayment('X1'));
  const steps: [RegExp, string][] = [
    [/^I4 booking .* went from confirmed to held/, `update booking set state = 'held' where id = ${ITS_BOOKING}`],
    [/^I4 payment .* went from paid to failed/, `update payment set state = 'failed' where id = ${ONE_PAID}`],
    [/^I4 a payment disappeared/, `delete from payment where id = ${ONE_PAID}`],
  ];
  for (const [rule, sql] of steps) {
    commits.look();
    const wrong = corrupted(disk, sql, () => commits.look());
    assert.ok(
      wrong.some(one => rule.test(one)),
      `${rule} did not notice: ${wrong}`,
    );
    commits.look();
  }
});

test('I4 whoever watches the commits notices an uncertain refund that is sent again, and a done one that is undone', async () => {
  await aHistory();
  const disk = await theDisk();
  const commits = new Commits(disk);
  for (const [was, is] of [
    ['unknown', 'requested'],
    ['done', 'due'],
  ] as const) {
    const wrong = corrupted(disk, A_REFUND(was), () => {
      commits.look();
      return corrupted(disk, `update refund set state = '${is}'`, () => commits.look());
    });
    assert.deepEqual(wrong, [`I4 refund r1 went from ${was} to ${is}`]);
  }
});

test('I2 money that went back twice, unheard of, by hand as well, or is believed to be ours is noticed', async () => {
  const { ledger } = await aHistory();
  const disk = await theDisk();
  const [receipt] = disk.query<{ number: string }>(`select number from receipt where payment = ${ONE_PAID}`)();
  const debit = ledger.debits.find(one => one.receiptNumber === receipt?.number);
  assert.ok(debit);
  const reversal = { ...debit, receiptNumber: 'X1', originalReceiptNumber: debit.receiptNumber };
  const look = (...reversals: Reversal[]) => wronglyBack(disk, { reversals }, NOBODY);
  assert.deepEqual(look(), []);
  assert.match(look(reversal).join(), /^I2 .* is applied without a refund that was sent$/);
  assert.match(
    look({ ...reversal, originalReceiptNumber: 'X2' }).join(),
    /^I2 X2 went back, and we never heard of it$/,
  );
  assert.deepEqual(
    wronglyBack(disk, { reversals: [reversal] }, { ...NOBODY, foreign: new Set([debit.receiptNumber]) }),
    [],
  );
  corrupted(disk, A_REFUND('failed'), () => assert.match(look(reversal).join(), /is refund_due without a refund/));
  corrupted(disk, A_REFUND('done'), () => {
    assert.deepEqual(look(reversal), []);
    assert.match(look(reversal, reversal).join(), /was given back twice/);
    const byHand = { ...NOBODY, byHand: new Set(['r1']) };
    assert.deepEqual(wronglyBack(disk, { reversals: [] }, byHand), []);
    assert.match(wronglyBack(disk, { reversals: [reversal] }, byHand).join(), /by hand and by the gateway/);
  });
});

test('I8 what was acknowledged and is gone is missed', async () => {
  await aHistory();
  const disk = await theDisk();
  const acknowledged = new Acknowledged();
  const [booking] = disk.query<{ id: string }>(`select id from booking where state = 'confirmed'`)();
  acknowledged.answer('POST', { status: 201, body: { booking: { bookingId: booking?.id } } });
  assert.deepEqual(acknowledged.missing(disk), []);
  acknowledged.answer('POST', { status: 201, body: { booking: { bookingId: 'x' } } });
  acknowledged.answer('POST', { status: 202, body: { booking: { bookingId: 'x' }, payment: { paymentId: 'y' } } });
  acknowledged.answer('DELETE', { status: 200, body: { bookingId: booking?.id } });
  acknowledged.callback(disk, `/callbacks/daraja/${'0'.repeat(32)}`);
  acknowledged.decision('refunds/r1/requests', 202, undefined);
  acknowledged.decision('payments/p1/closings', 409, { note: 'not possible now' });
  const missing = acknowledged.missing(disk).map(one => one.split(' ').slice(0, 2).join(' '));
  assert.deepEqual(missing, ['I8 booking', 'I8 payment', 'I8 booking', 'I8 1', 'I8 it']);
});

test('I14 a watcher who is told something older, or not told the newest, is noticed', async () => {
  await aHistory();
  const disk = await theDisk();
  const [booking] = disk.query<{ id: string; version: number }>('select id, version from booking')();
  assert.ok(booking);
  const watchers = new Watchers();
  watchers.join(disk, booking.id);
  assert.deepEqual(watchers.behind(disk), []);
  const view = (version: number) => ({ bookingId: booking.id, version }) as Parameters<Watchers['told']>[0];
  assert.deepEqual(watchers.told(view(booking.version)), []);
  assert.equal(watchers.told(view(booking.version - 1)).length, 1);
  watchers.told(view(booking.version + 1));
  assert.equal(watchers.behind(disk).length, 1);
});
