import type { Row, Run } from './shared-commits.ts';

const BOOKING = `select booking.id, reference, booking.version, booking.state, quantity, amount, booking.currency,
  customerNameSealed, phoneMasked, heldUntil, kept, showing.id as showing, showing.movie, title, startsAt, timeZone,
  showing.venue, venue.name as venueName, screen, cancelledAt, imageUrl, address, venue.phone as venuePhone,
  venue.email as venueEmail, createdAt, movedAt, movedFromStart, movedFromScreen
  from booking join showing on showing.id = booking.showing join movie on movie.id = showing.movie
  join venue on venue.id = showing.venue where booking.id = ?`;
const PAYMENTS = `select payment.id, payment.gateway, state, payment.amount, payment.currency, phoneMasked, phoneHash,
  startedAt, promptEndsAt, reason, live, liveUntil, frozen, redirectUrl, network, number
  from payment left join receipt on receipt.payment = payment.id and receipt.allocation != 'unallocated'
  where payment.id in (select payment.id from payment where payment.booking = ?
    or payment.sale in (select booking.sale from booking where booking.id = ?))
  order by startedAt desc, receipt.id`;
const TICKETS = 'select code, seat, state, admittedAt from ticket where booking = ? order by id';
const REFUNDS = 'select amount, currency, state, reason from refund where booking = ? order by createdAt';

const inserts = new Map<string, string>();

/** One row of a table; answers what `returning` asks for. */
export function insertRow(run: Run, table: string, row: Row, returning = ''): Promise<Row[]> {
  const names = Object.keys(row);
  const sql =
    inserts.get(table) ??
    `insert into ${table} (${names.map(name => `"${name}"`)}) values (${names.map(() => '?')}) ${returning}`;
  inserts.set(table, sql);
  return run(sql, Object.values(row));
}

/** A booking with everything that stands beside it. */
export async function see(run: Run, id: string) {
  const [booking] = await run(BOOKING, [id]);
  const payments = await run(PAYMENTS, [id, id]);
  const tickets = await run(TICKETS, [id]);
  return { booking, payments, tickets, refunds: await run(REFUNDS, [id]) };
}

/** Rows of the outbox are read and deleted after the commit, as many together as there are. */
export function createOutbox(read: Run, write: (work: (run: Run) => Promise<unknown>) => Promise<unknown>) {
  let isUnderWay = false;
  return async () => {
    if (isUnderWay) return;
    isUnderWay = true;
    for (;;) {
      const rows = await read('select id, topic, subject, showing from outbox order by id limit 200');
      const last = rows.at(-1)?.id;
      if (last === undefined) break;
      await write(run => run('delete from outbox where id <= ?', [last]));
    }
    isUnderWay = false;
  };
}
