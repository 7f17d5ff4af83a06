import { randomHex } from '../../shared/random.ts';
import { BookingRequest, NumericId } from '../../shared/requests.ts';
import type { PaymentView } from '../../shared/views.ts';
import { letGo } from '../booking/end-hold.ts';
import { holdPlaces } from '../booking/hold-places.ts';
import { bookingOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { sendStarted } from '../payment/routes.ts';
import { startPayment } from '../payment/start-payment.ts';
import { nextShowing } from './list-movies.ts';
import { check, type Fields, fits, numberOf, refuseMissing, textOf } from './read-fields.ts';

/**
 * Holds places at the movie's next showing and starts their payment, in one transaction: where a rule refuses the
 * payment, there never was a hold. These pages send no idempotency key, so each request has its own; of a double click
 * the second finds the phone busy.
 */
export async function buyTickets(parts: Parts, fields: Fields): Promise<{ bookingId: string; payment: PaymentView }> {
  refuseMissing(fields, ['movieId', 'customerName', 'phoneNumber', 'quantity']);
  const { phone, ...request } = await readPurchase(parts, fields);
  const key = randomHex(parts.random);
  const { bookingId, started } = await parts.database.write(async em => {
    const id = await holdPlaces(em, parts, { ...request, phone }, key);
    const payment = { gateway: 'daraja', phone: phone ?? '' };
    return { bookingId: id, started: await startPayment(em, parts, bookingOf(id), payment, key) };
  });
  const payment = await sendStarted(parts, started);
  if (payment.state === 'failed') await release(parts, bookingId);
  return { bookingId, payment };
}

async function readPurchase(parts: Parts, fields: Fields): Promise<BookingRequest> {
  const movieId = numberOf(fields.movieId);
  const { showingId } = await nextShowing(parts, fits(NumericId, movieId) ? movieId : null);
  return check(BookingRequest, {
    showingId,
    quantity: numberOf(fields.quantity),
    customerName: fields.customerName,
    phone: textOf(fields.phoneNumber),
  });
}

/** The gateway refused: nobody can pay for this booking any more, for the page books anew with each try. */
async function release({ clock, database, wakeRelay }: Parts, bookingId: string) {
  await database.write(em => letGo(em, bookingId, 'push', clock.now()));
  wakeRelay();
}
