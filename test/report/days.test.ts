import assert from 'node:assert/strict';
import { bookAndPay, change, OFFICE, OTHER_PHONE } from '../support/office.ts';
import { signInByPin } from '../support/people.ts';
import { atCounter, card, popcorn } from '../support/till.ts';
import { salesOf, tell } from './sales-of.ts';

const HOUR = 3_600_000;

atCounter('in Nairobi a sale at 05:59 belongs to the day before, and one at 06:01 to the day itself', async (c, t) => {
  const { tiketi, baraka } = c;
  const nextDay = await tiketi.addShowing({ startsAt: new Date('2026-11-23T17:00:00Z') });
  await tiketi.pass(Date.parse('2026-11-23T02:59:00Z') - +tiketi.clock.now() - 2_000);
  await bookAndPay(tiketi, nextDay);
  const supervisor = await signInByPin(t, tiketi, baraka.till, 'Baraka');
  assert.deepEqual(await dayOf(supervisor), ['2026-11-22', 100_000], 'it is still yesterday');
  await tiketi.pass(2 * 60_000);
  await bookAndPay(tiketi, nextDay, OTHER_PHONE);
  assert.deepEqual(await dayOf(supervisor), ['2026-11-23', 100_000]);
  assert.deepEqual(tell(await salesOf(supervisor, 'day', '?from=2026-11-22&to=2026-11-23')), [
    '2026-11-22 1000-0, 2+0 tickets, 0 in',
    '2026-11-23 1000-0, 2+0 tickets, 0 in',
  ]);
});

const NIGHTS = [
  { before: '2027-03-27', day: '2027-03-28', six: '2027-03-28T05:00:00Z' }, // A clock skips an hour.
  { before: '2026-10-24', day: '2026-10-25', six: '2026-10-25T06:00:00Z' }, // A clock repeats one.
];
atCounter('after a night in which clocks change, the day still begins when they show six', async c => {
  const { tiketi, baraka, showing } = c;
  const { bookingId: early } = await bookAndPay(tiketi, showing);
  const { bookingId: late } = await bookAndPay(tiketi, showing, OTHER_PHONE);
  await change(tiketi, "update venue set timeZone = 'Europe/London' where id = 1");
  for (const { before, day, six } of NIGHTS) {
    await takenAt(early, Date.parse(six) - 60_000);
    await takenAt(late, Date.parse(six) + 60_000);
    assert.deepEqual(tell(await salesOf(baraka, 'day', `?from=${before}&to=${day}`)), [
      `${before} 1000-0, 2+0 tickets, 0 in`,
      `${day} 1000-0, 2+0 tickets, 0 in`,
    ]);
  }

  function takenAt(bookingId: string, at: number) {
    const its = `(select id from payment where booking = '${bookingId}')`;
    return change(tiketi, `update receipt set createdAt = ${at} where payment in ${its}`);
  }
});

atCounter('a shift that goes on past six belongs to the day on which it began, as in its report', async (c, t) => {
  const { tiketi, hire } = c;
  await tiketi.pass(11 * HOUR); // Two in the morning.
  const zuri = await hireLate();
  await tiketi.pass(5 * HOUR);
  await zuri.ask('/sales', { lines: [popcorn(300)], payment: card('slip 7') });
  const supervisor = await signInByPin(t, tiketi, zuri.boss.till, 'Neema');
  assert.deepEqual(tell(await salesOf(supervisor, 'day', '?from=2026-11-22&to=2026-11-23')), [
    '2026-11-22 300-0, 0+0 tickets, 0 in',
    '2026-11-23 0-0, 0+0 tickets, 0 in',
  ]);

  async function hireLate() {
    const boss = await hire('Neema', 'supervisor');
    const person = await hire('Zuri');
    const ask = async (path: string, body: object) => {
      const headers = { cookie: person.cookie, 'idempotency-key': `late-at-night-${path}` };
      const { status } = await tiketi.customer.ask('POST', OFFICE + path, body, headers);
      assert.ok(status < 300, `${path}: ${status}`);
    };
    await ask('/shifts', { float: { amount: 100_000, currency: 'KES' } });
    return { boss, ask };
  }
});

async function dayOf(who: Parameters<typeof salesOf>[0]): Promise<[string, number]> {
  const { from, total } = await salesOf(who, 'day');
  return [from, total.gross];
}
