import { randomHex, systemRandom } from '../../shared/random.ts';
import type { Stage } from './stage.ts';

/**
 * The doors as careless people build them: they look in one transaction and act in another, on what they saw. Each is the
 * real step without its guard, so that a test can show that the orders it tries would have found the mistake.
 */

/** A success that asks whether the payment is paid, and then counts the money. */
export async function settleCarelessly(stage: Stage): Promise<void> {
  const [payment] = await look<{ id: string; booking: string; state: string }>(
    stage,
    'select id, booking, state from payment',
  );
  if (!payment || payment.state === 'paid') return;
  await act(stage, [
    `insert into receipt (gateway, number, payment, amount, currency, allocation, createdAt)
     select gateway, null, id, amount, currency, 'applied', 0 from payment where id = '${payment.id}'`,
    `insert into share (receipt, booking, amount) select max(id), '${payment.booking}', amount from receipt`,
    `update payment set state = 'paid', live = false where id = '${payment.id}'`,
    `update showing set held = held - 2, sold = sold + 2 where held >= 2`,
    `update booking set state = 'confirmed' where id = '${payment.booking}'`,
    ...[1, 2].map(
      () =>
        `insert into ticket (code, booking, state) values ('${randomHex(systemRandom)}', '${payment.booking}', 'valid')`,
    ),
  ]);
}

/** Lets go of a hold whose time was over when it looked. */
export async function expireCarelessly(stage: Stage): Promise<void> {
  const now = +stage.time.now();
  const ended = await look<{ id: string }>(
    stage,
    `select id from booking where state = 'held' and heldUntil <= ${now}`,
  );
  for (const { id } of ended) await giveUp(stage, id, 'lapsed');
}

/** Cancels a booking that was held when it looked. */
export async function cancelCarelessly(stage: Stage): Promise<void> {
  const [booking] = await look<{ id: string; state: string }>(stage, 'select id, state from booking');
  if (booking?.state === 'held') await giveUp(stage, booking.id, 'cancelled');
}

/** Gives back a booking that was paid when it looked: tickets, places, the money that is owed. */
export async function refundCarelessly(stage: Stage): Promise<void> {
  const [paid] = await look<{ id: string; receipt: number; amount: number }>(
    stage,
    `select b.id, r.id as receipt, r.amount from booking b join payment p on p.booking = b.id
     join receipt r on r.payment = p.id where b.state = 'confirmed' and r.allocation = 'applied'`,
  );
  if (!paid) return;
  await act(stage, [
    `update booking set state = 'refunded', version = version + 1 where id = '${paid.id}'`,
    `update ticket set state = 'void' where booking = '${paid.id}'`,
    `update showing set sold = sold - 2 where sold >= 2`,
    `update receipt set allocation = 'refund_due' where id = ${paid.receipt}`,
    `insert into refund (id, receipt, booking, amount, currency, state, reason, createdAt)
     values ('${randomHex(systemRandom)}', ${paid.receipt}, '${paid.id}', ${paid.amount}, 'KES', 'due', 'late_payment', 0)`,
    `update share set refund = (select id from refund where receipt = ${paid.receipt}) where receipt = ${paid.receipt}`,
    audit('refund_due', paid.id),
  ]);
}

/** Sends a refund that was due when it looked. */
export async function sendCarelessly(stage: Stage): Promise<void> {
  const [due] = await look<{ id: string; booking: string }>(
    stage,
    `select id, booking from refund where state in ('due', 'failed')`,
  );
  if (!due) return;
  await act(stage, [
    `update refund set state = 'requested', requestedAt = ${+stage.time.now()} where id = '${due.id}'`,
    `update booking set version = version + 1 where id = '${due.booking}'`,
    audit('refund_requested', due.booking, { refund: due.id }),
  ]);
}

function audit(happening: string, booking: string, details: object = {}): string {
  return `insert into audit_entry (at, booking, version, actor, happening, details)
    select 0, id, version, 'staff:Wanjiru', '${happening}', '${JSON.stringify(details)}' from booking where id = '${booking}'`;
}

function giveUp(stage: Stage, id: string, state: string): Promise<void> {
  return act(stage, [
    `update booking set state = '${state}', version = version + 1 where id = '${id}'`,
    `update showing set held = held - 2 where held >= 2`,
    audit('booking_lapsed', id),
  ]);
}

async function look<Row>({ disk, turn }: Stage, sql: string): Promise<Row[]> {
  await turn('look');
  return disk.query<Row>(sql)();
}

function act({ database }: Stage, statements: string[]): Promise<void> {
  return database.write(async em => {
    for (const sql of statements) await em.execute(sql);
  });
}
