import { type Language, LOCALES } from '../../shared/language.ts';
import type { BookingView } from '../../shared/views.ts';
import type { TicketPage } from './ticket-pages.ts';

const PLACE: Record<Language, (number: number, count: number) => string> = {
  en: (number, count) => `Ticket ${number} of ${count}`,
  sw: (number, count) => `Tiketi ${number} kati ya ${count}`,
};

const TEST: Record<Language, string> = {
  en: 'TEST MODE – NOT VALID FOR ADMISSION',
  sw: 'HALI YA MAJARIBIO – HAIRUHUSU KUINGIA',
};

/** What stands on a booking's tickets, in the language in which it was booked. */
export function pagesOf(
  { showing, reference, tickets }: BookingView,
  { testMode, language }: { testMode: boolean; language: Language },
): TicketPage[] {
  const when = new Date(showing.startsAt).toLocaleString(LOCALES[language], {
    timeZone: showing.timeZone,
    dateStyle: 'full',
    timeStyle: 'short',
  });
  return tickets.map(({ ticketCode, seat }, at) => ({
    title: showing.title,
    when,
    where: `${showing.venue} · ${showing.screen}`,
    reference,
    place: seat ?? PLACE[language](at + 1, tickets.length),
    code: ticketCode,
    testMode,
    warning: testMode ? TEST[language] : null,
  }));
}
