import { createHash, randomBytes } from 'node:crypto';
import { writeDown } from './hold.ts';
import { insertRow } from './rows.ts';
import type { Run } from './shared-commits.ts';

const FIND_TOKEN = 'select id, callbackTokenHash from payment where callbackTokenHash = ?';
const RECEIVED =
  "select payment, refund, confirmation, gateway, bodySealed, listed from callback where id = ? and state = 'received'";
const CLAIM = 'select claimedNumber from payment where id = ?';
const PAYMENT = `select id, booking, charge, sale, leftAt, claimedNumber, gateway, state, amount, currency, idsHash, idsSealed,
  frozen, startedAt, promptEndsAt, reportedAt, queriedCode, queriedCodeAt, verifyUntil from payment where id = ?`;
const UNNUMBERED = "select id from receipt where payment = ? and allocation != 'unallocated' and number is null";
const NUMBER = 'select id, payment, allocation, closedAt, reversedAt from receipt where gateway = ? and number = ?';
const PAID = `update payment set state = 'paid', live = 0, frozen = 0, reason = null, reasonCode = null, retryFrom = null,
  endedAt = ?, nextCheckAt = null, verifyUntil = null, reportedAt = ?
  where id = ? and state in ('started', 'unknown', 'pending', 'failed')`;
const RAISE = 'update booking set version = version + 1 where id = ? returning version, showing, sale';
const COUNT_CHANGE = 'update showing set bookingChanges = bookingChanges + 1 where id = ?';
const AMOUNT = 'select amount from receipt where id = ?';
const PART = `select booking.id, booking.state, quantity, showing, startsAt, cancelledAt, booking.amount as total, line,
  booking.sale, sale.state as saleState, kept, heldUntil, holdEndsAt, holdCapAt from booking
  join showing on showing.id = booking.showing left join sale on sale.id = booking.sale where booking.id = ?`;
const APPLIED = `select sum(share.amount) as applied from share join receipt on receipt.id = share.receipt
  where share.booking = ? and share.refund is null and reversedAt is null`;
const SELL =
  'update showing set held = held - ?, sold = sold + ?, version = version + 1 where id = ? and cancelledAt is null';
const CONFIRM = "update booking set state = 'confirmed' where id = ? and state in ('held', 'lapsed', 'cancelled')";
const APPLY = "update receipt set allocation = 'applied' where id = ?";
const SETTLED = "update callback set state = 'settled', verdict = null, settledAt = ? where id = ?";

/** Whose token it is. */
export async function findByToken(read: Run, token: string): Promise<string | undefined> {
  const [found] = await read(FIND_TOKEN, [createHash('sha256').update(token).digest('base64url')]);
  return found && String(found.id);
}

export async function store(run: Run, payment: string, body: string): Promise<number> {
  const [row] = await insertRow(
    run,
    'callback',
    {
      ...{
        gateway: 'daraja',
        payment,
        refund: null,
        state: 'received',
        verdict: null,
        confirmation: 0,
        bodySealed: body,
      },
      ...{ sourceAddress: '127.0.0.1', listed: 1, receivedAt: Date.now() },
    },
    'returning id',
  );
  return Number(row?.id);
}

/** The statements of a success, one after another. */
export async function settle(run: Run, callbackId: number): Promise<void> {
  const now = Date.now();
  const [callback] = await run(RECEIVED, [callbackId]);
  const items = JSON.parse(String(callback?.bodySealed)).Body.stkCallback.CallbackMetadata.Item;
  const payment = String(callback?.payment);
  await run(CLAIM, [payment]);
  const [paid] = await run(PAYMENT, [payment]);
  const number = items[1].Value;
  await run(UNNUMBERED, [payment]);
  const [known] = await run(NUMBER, ['daraja', number]);
  if (known) return void (await run(SETTLED, [now, callbackId])); // Posted twice, at the end of a burst.
  const receipt = { gateway: 'daraja', number, payment, amount: items[0].Value * 100, currency: 'KES' };
  const more = { paidAt: now, createdAt: now, allocation: 'unallocated' };
  const [{ id } = { id: 0 }] = await insertRow(run, 'receipt', { ...receipt, ...more }, 'returning id');
  await run(PAID, [now, now, payment]);
  const booking = String(paid?.booking);
  await raise(run, booking, 'payment_paid', payment);
  await run(AMOUNT, [id]);
  const [part] = await run(PART, [booking]);
  await run(APPLIED, [booking]);
  await run(SELL, [part?.quantity, part?.quantity, part?.showing]);
  await run(CONFIRM, [booking]);
  for (let place = 0; place < Number(part?.quantity); place++)
    await insertRow(run, 'ticket', { code: randomBytes(16).toString('hex'), booking, seat: null, state: 'valid' });
  await insertRow(run, 'share', { receipt: id ?? 0, booking, charge: null, amount: receipt.amount });
  await run(APPLY, [id]);
  await raise(run, booking, 'booking_confirmed', payment);
  await run(SETTLED, [now, callbackId]);
}

async function raise(run: Run, booking: string, happening: string, payment: string) {
  const [raised] = await run(RAISE, [booking]);
  const [showing, version] = [Number(raised?.showing), Number(raised?.version)];
  await run(COUNT_CHANGE, [showing]);
  await writeDown(run, { booking, showing, version, happening, payment });
}
