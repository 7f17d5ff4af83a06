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

function giveUp(stage: Stage, id: string, state: string): Promise<void> {
  return act(stage, [
    `update booking set state = '${state}', version = version + 1 where id = '${id}'`,
    `update showing set held = held - 2 where held >= 2`,
    `insert into audit_entry (at, booking, version, actor, happening, details)
     select 0, id, version, 'janitor', 'booking_lapsed', '{}' from booking where id = '${id}'`,
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
