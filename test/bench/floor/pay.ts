import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { writeDown } from './hold.ts';
import { insertRow } from './rows.ts';
import type { Run } from './shared-commits.ts';

const ITS = `(select payment.id from payment where (payment.booking = ?
  or payment.sale in (select booking.sale from booking where booking.id = ?)))`;
const PAYABLE = `select reference, booking.state, amount, booking.currency, country, cancelledAt, startsAt, kept, heldUntil,
  holdEndsAt, holdCapAt, emailSealed from booking join showing on showing.id = booking.showing
  join venue on venue.id = showing.venue where booking.id = ?`;
const COUNT = 'select count(*) as payments from payment where booking = ?';
const EARLIER = 'select id, bodyHash from payment where booking = ? and keyHash = ?';
const FROZEN = `select id from payment where id in ${ITS} and frozen = 1`;
const END = `update payment set live = 0 where live = 1 and liveUntil <= ? and (id in ${ITS} or phoneHash = ?)`;
const LIVE = `select id, gateway, liveUntil from payment where id in ${ITS} and live = 1`;
const ON_PHONE = "select id from payment where gateway = 'daraja' and phoneHash = ? and live = 1";
const EXTEND = 'update booking set holdEndsAt = ? where id = ?';
const HELD = "select id, holdEndsAt from booking where id = ? and state = 'held'";
const RENEW = 'update booking set heldUntil = ? where id = ?';
const RAISE = 'update booking set version = version + 1 where id = ? returning version, showing, sale';
const COUNT_CHANGE = 'update showing set bookingChanges = bookingChanges + 1 where id = ?';
const ADOPT = 'update payment set idsSealed = ?, idsHash = ? where id = ? and idsHash is null';
const PENDING = `update payment set state = 'pending', redirectUrl = null, promptEndsAt = ?, liveUntil = ?
  where id = ? and state in ('started', 'unknown')`;
const HEADERS = { 'content-type': 'application/json' };

/** The statements of a payment that begins. */
export async function pay(run: Run, booking: string): Promise<string> {
  const [now, id, phoneHash] = [Date.now(), randomUUID().replaceAll('-', ''), randomUUID()];
  await run(LIVE, [booking, booking]);
  const [payable] = await run(PAYABLE, [booking]);
  await run(COUNT, [booking]);
  await run(EARLIER, [booking, id]);
  await run(FROZEN, [booking, booking]);
  await run(END, [now, booking, booking, phoneHash]);
  await run(LIVE, [booking, booking]);
  await run(ON_PHONE, [phoneHash]);
  await insertRow(run, 'payment', {
    ...{ state: 'started', live: 1, liveUntil: now + 300_000, reachedPhone: 1, frozen: 0, startedAt: now, checks: 0 },
    ...{
      nextCheckAt: now + 25_000,
      id,
      booking,
      charge: null,
      sale: null,
      shift: null,
      gateway: 'daraja',
      network: null,
    },
    ...{ amount: Number(payable?.amount), currency: 'KES', phoneMasked: '', phoneSealed: phoneHash, phoneHash },
    ...{
      phoneTailHash: phoneHash,
      accountReference: id.slice(0, 12),
      callbackTokenHash: id,
      keyHash: id,
      bodyHash: '',
    },
  });
  await run(EXTEND, [now + 600_000, booking]);
  await renew(run, booking, now);
  await raise(run, booking, 'payment_started', id);
  return id;
}

/** Asks the gateway; what it answered is written down with `adopt`. */
export async function collect(gatewayUrl: string, paymentId: string) {
  const answer = await request(`${gatewayUrl}/mpesa/stkpush/v1/processrequest`, {
    ...{ method: 'POST', headers: HEADERS, body: JSON.stringify({ AccountReference: paymentId, Amount: 1_000 }) },
  });
  const { CheckoutRequestID } = (await answer.body.json()) as { CheckoutRequestID: string };
  return {
    adopt: (booking: string, payment: string) => async (run: Run) => {
      const now = Date.now();
      await run(ADOPT, [CheckoutRequestID, CheckoutRequestID, payment]);
      await run(PENDING, [now + 90_000, now + 120_000, payment]);
      await renew(run, booking, now);
      await raise(run, booking, 'push_accepted', payment);
    },
  };
}

async function renew(run: Run, booking: string, now: number) {
  await run(HELD, [booking]);
  await run(LIVE, [booking, booking]);
  await run(RENEW, [now + 600_000, booking]);
}

async function raise(run: Run, booking: string, happening: string, payment: string) {
  const [raised] = await run(RAISE, [booking]);
  const [showing, version] = [Number(raised?.showing), Number(raised?.version)];
  await run(COUNT_CHANGE, [showing]);
  await writeDown(run, { booking, showing, version, happening, payment });
}
