import { systemClock } from '../../shared/clock.ts';
import { type BookingView, MovieAnswer, VenuesAnswer, type VenueView } from '../../shared/views.ts';
import { call } from '../kit/api.ts';
import type { QrPicture } from './booking-page-state.ts';

const AGAIN_MS = 5_000; // Without its venue nobody can pay.

/** What the page shows beside the booking itself, as it arrives. */
export class BookingExtras {
  readonly qrPictures = new Map<string, QrPicture>();
  posterUrl: string | null = null;
  #venues: VenueView[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  venueOf({ showing }: BookingView): VenueView | undefined {
    return this.#venues.find(({ venueId }) => venueId === showing.venueId);
  }

  async loadVenues(): Promise<void> {
    const answer = await call('/venues', VenuesAnswer);
    if ('trouble' in answer) return void systemClock.after(AGAIN_MS, () => void this.loadVenues());
    this.#venues = answer.value.venues;
    this.#changed();
  }

  async loadPoster({ showing }: BookingView): Promise<void> {
    const answer = await call(`/movies/${showing.movieId}`, MovieAnswer);
    if ('value' in answer) this.posterUrl = answer.value.movie.imageUrl;
    this.#changed();
  }

  async drawQrs({ tickets }: BookingView): Promise<void> {
    const { drawQr } = await import('./ticket-qr.ts');
    const missing = tickets.filter(({ ticketCode }) => !this.qrPictures.has(ticketCode));
    for (const { ticketCode } of missing) this.qrPictures.set(ticketCode, drawQr(ticketCode));
    this.#changed();
  }
}
