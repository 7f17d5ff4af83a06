import type { BookingView, ChargeView, PaymentView, ShowingView, VenueView } from '../../shared/views.ts';

export const NOW = '2026-11-22T12:00:00.000Z';

/** An instant so many seconds after {@link NOW}. */
export function later(seconds: number): string {
  return new Date(Date.parse(NOW) + seconds * 1_000).toISOString();
}

export function aBooking(change: Partial<BookingView> = {}): BookingView {
  return {
    now: NOW,
    bookingId: 'a'.repeat(32),
    reference: 'K7M2P9QR',
    version: 1,
    state: 'held',
    showing: {
      showingId: 7,
      movieId: 3,
      title: 'A film',
      imageUrl: '/posters/a-film.svg',
      startsAt: later(6 * 3_600),
      timeZone: 'Africa/Nairobi',
      venueId: 1,
      venue: 'A cinema',
      screen: 'Screen 1',
      cancelled: false,
      movedFrom: null,
    },
    venueContact: { address: 'A street', phone: '+254 20 000 0000', email: 'a@cinema.example' },
    gateways: ['daraja'],
    quantity: 3,
    seats: null,
    total: { amount: 450_000, currency: 'KES' },
    customerName: null,
    phone: '2547•••••678',
    heldUntil: later(600),
    payment: null,
    tickets: [],
    refunds: [],
    ...change,
  };
}

export function aPayment(change: Partial<PaymentView> = {}): PaymentView {
  return {
    paymentId: 'b'.repeat(32),
    gateway: 'daraja',
    network: null,
    state: 'pending',
    amount: { amount: 450_000, currency: 'KES' },
    phone: '2547•••••678',
    startedAt: later(-10),
    promptEndsAt: later(80),
    retryAfter: null,
    redirectUrl: null,
    receiptNumber: null,
    reason: null,
    ...change,
  };
}

export function aShowing(change: Partial<ShowingView> = {}): ShowingView {
  return {
    ...aBooking().showing,
    price: { amount: 150_000, currency: 'KES' },
    capacity: 230,
    placesLeft: 200,
    version: 1,
    gateways: ['daraja'],
    seats: null,
    ...change,
  };
}

export function aCharge(change: Partial<ChargeView> = {}): ChargeView {
  return {
    now: NOW,
    chargeId: 'c'.repeat(32),
    reference: 'P4X8T2WQ',
    version: 1,
    state: 'open',
    venueId: 2,
    venue: 'A cinema by the sea',
    timeZone: 'Africa/Dar_es_Salaam',
    venueContact: { address: 'A road', phone: '+255 22 000 0000', email: 'sea@cinema.example' },
    gateways: ['pesapal'],
    amount: { amount: 1_500_000, currency: 'TZS' },
    purpose: 'Popcorn for ten',
    payment: aPayment({ gateway: 'pesapal', network: 'mixx', amount: { amount: 1_500_000, currency: 'TZS' } }),
    refunds: [],
    ...change,
  };
}

export function aVenue(change: Partial<VenueView> = {}): VenueView {
  return {
    venueId: 2,
    name: 'A cinema by the sea',
    city: 'Dar es Salaam',
    country: 'TZ',
    currency: 'TZS',
    timeZone: 'Africa/Dar_es_Salaam',
    address: 'A road',
    phone: '+255 22 000 0000',
    email: 'sea@cinema.example',
    gateways: ['pesapal'],
    charges: { least: { amount: 100_000, currency: 'TZS' }, largest: { amount: 300_000_000, currency: 'TZS' } },
    ...change,
  };
}
