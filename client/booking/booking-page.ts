import { BookingView } from '../../shared/views.ts';
import { bookingLine } from '../kit/connection.ts';
import { kept } from '../kit/device.ts';
import { SENTENCES, type SentenceKey } from '../kit/dictionary.ts';
import { createFetch } from '../kit/fetch-newest.ts';
import { rememberBooking } from '../kit/remembered-bookings.ts';
import { PayingPage, type Subject } from '../payment/paying-page.ts';
import { askForCheck, askForPayment, cancelBooking } from './ask-booking.ts';
import type { BookingPageState, QrPicture } from './booking-page-state.ts';
import { stageOf } from './booking-stage.ts';
import { bookingView } from './booking-view.ts';
import { bookingWords } from './booking-words.ts';
import { watchBooking } from './watch-booking.ts';

const qrPictures = new Map<string, QrPicture>();

/** `/bookings/:bookingId`: one booking, from the hold to the door. */
const booking: Subject<BookingView, BookingPageState, SentenceKey> = {
  sentences: SENTENCES,
  unknown: 'problem_not_found',
  line: bookingLine,
  fetchNewest: createFetch('/bookings', BookingView),
  watch: watchBooking,
  askForPayment,
  askForCheck,
  state: (view, knowing) => ({
    ...knowing,
    booking: view,
    payable: { ...view, amount: view.total },
    stage: stageOf(view, knowing.now),
    timeZone: view.showing.timeZone,
    qrPictures,
  }),
  said: bookingWords,
  body: (state, words, doings) => bookingView(state, words, doings, () => doings.take(cancelBooking(state.booking))),
  shown(view, draw) {
    rememberBooking(kept, view);
    if (view.tickets.length > 0) void drawQrs(view).then(draw);
  },
};

async function drawQrs({ tickets }: BookingView): Promise<void> {
  const { drawQr } = await import('./ticket-qr.ts');
  const missing = tickets.filter(({ ticketCode }) => !qrPictures.has(ticketCode));
  for (const { ticketCode } of missing) qrPictures.set(ticketCode, drawQr(ticketCode));
}

new PayingPage(booking).start();
