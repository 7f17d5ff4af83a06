import { type Clock, every, type Stop } from '../../shared/clock.ts';
import { ShiftView, TillWatched } from '../../shared/office/shifts.ts';
import { SaleView } from '../../shared/office/till.ts';
import type { OfficeTrouble } from '../box-office/office-api.ts';
import type { OfficeSocket } from '../box-office/office-socket.ts';

const ASK_EVERY_MS = 15_000; // A change that got lost costs no more than this.

export interface TillNews {
  /** All that is open at the venue, and one's own shift. `askedAt`: what was known then and is not there any more has ended. */
  watched(answer: TillWatched, knownThen: ReadonlySet<string>): void;
  sale(sale: SaleView): void;
  shift(shift: ShiftView): void;
  refused(trouble: OfficeTrouble): void;
  /** The sales that are open as far as this page knows. */
  known(): Set<string>;
}

/** Keeps the sales of a till right: asks at every connect and now and then, and hears what changes in between. */
export function watchTill(
  { clock, socket }: { clock: Clock; socket: Pick<OfficeSocket, 'ask' | 'isOpen' | 'on' | 'onOpen'> },
  venueId: number,
  news: TillNews,
): Stop {
  let asked = 0;
  let answered = 0;
  async function ask() {
    if (!socket.isOpen()) return; // The next connect asks.
    const round = ++asked;
    const knownThen = news.known();
    const answer = await socket.ask('till:watch', { venueId }, TillWatched);
    if (round < answered) return;
    answered = round;
    if ('value' in answer) news.watched(answer.value, knownThen);
    else if (answer.trouble.code !== 'no_answer') news.refused(answer.trouble);
  }
  const stops = [
    socket.on('sale:changed', SaleView, sale => {
      if (sale.venueId === venueId) news.sale(sale);
    }),
    socket.on('shift:changed', ShiftView, shift => {
      if (shift.venueId === venueId) news.shift(shift);
    }),
    socket.onOpen(() => void ask()),
    every(clock, ASK_EVERY_MS, ask),
  ];
  return () => stops.forEach(stop => void stop());
}
