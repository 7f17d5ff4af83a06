import { type Language, LOCALES } from '../../shared/language.ts';
import { formatMoney, type Money } from '../../shared/money.ts';

/** Everything that mails say. `refund_is_…` and `refund_for_…` are said by their names in the code, as on the pages. */
const SENTENCES = {
  test: { en: 'TEST', sw: 'TEST' },
  testMode: {
    en: 'Test mode: no real money, and these tickets admit nobody.',
    sw: 'Hali ya majaribio: hakuna pesa halisi, na tiketi hizi haziruhusu kuingia.',
  },
  hello: { en: 'Hello {name},', sw: 'Habari {name},' },

  confirmation_subject: { en: 'Your tickets: {what}', sw: 'Tiketi zako: {what}' },
  confirmation_title: { en: 'You are booked', sw: 'Nafasi zako zimethibitishwa' },
  confirmation_text: {
    en: 'Your payment has arrived. Show a ticket at the door: the code below, or the PDF that comes with this mail.',
    sw: 'Malipo yako yamefika. Onyesha tiketi mlangoni: msimbo ulio hapa chini, au PDF iliyoambatishwa.',
  },
  booking_moved_subject: { en: 'Your booking was moved: {what}', sw: 'Uhifadhi wako umehamishwa: {what}' },
  booking_moved_title: { en: 'Your booking was moved', sw: 'Uhifadhi wako umehamishwa' },
  booking_moved_text: {
    en: 'It is now for the showing below.',
    sw: 'Sasa ni kwa onyesho lililo hapa chini.',
  },
  showing_moved_subject: { en: 'Another time or place: {what}', sw: 'Muda au mahali pamebadilika: {what}' },
  showing_moved_title: { en: 'Your showing was moved', sw: 'Onyesho lako limehamishwa' },
  showing_moved_text: {
    en: 'It was to be: {was}. The new time and place stand below.',
    sw: 'Awali lilikuwa: {was}. Muda na mahali papya viko hapa chini.',
  },
  codesStay: {
    en: 'The codes of your tickets stay the same; tickets that you printed before are good too.',
    sw: 'Misimbo ya tiketi zako haijabadilika; tiketi ulizochapisha awali bado ni halali.',
  },
  showing_cancelled_subject: { en: 'Cancelled: {what}', sw: 'Limeghairiwa: {what}' },
  showing_cancelled_title: { en: 'The showing was cancelled', sw: 'Onyesho limeghairiwa' },
  showing_cancelled_text: {
    en: 'We are sorry: the cinema has cancelled this showing.',
    sw: 'Samahani: sinema imeghairi onyesho hili.',
  },
  moneyStillComing: {
    en: 'Do not pay any more. Money that is still on its way to us goes back to you.',
    sw: 'Usilipe tena. Pesa ambazo bado ziko njiani kuja kwetu zitarudishwa kwako.',
  },
  refund_due_subject: { en: 'Your money goes back: {what}', sw: 'Pesa zako zitarudishwa: {what}' },
  refund_due_title: { en: 'We owe you a refund of {amount}', sw: 'Tunapaswa kukurudishia {amount}' },
  refund_due_text: {
    en: 'You need to do nothing. You get a mail when it was paid back.',
    sw: 'Huhitaji kufanya chochote. Utapata barua pepe zitakaporudishwa.',
  },
  refund_done_subject: { en: 'Your money went back: {what}', sw: 'Pesa zako zimerudishwa: {what}' },
  refund_done_title: { en: 'Your money went back', sw: 'Pesa zako zimerudishwa' },
  refund_done_text: {
    en: 'We have paid back {amount}.',
    sw: 'Tumekurudishia {amount}.',
  },
  money_reversed_subject: { en: 'Your payment was taken back: {what}', sw: 'Malipo yako yamerudishwa: {what}' },
  money_reversed_title: { en: 'Your payment was taken back', sw: 'Malipo yako yamerudishwa' },
  money_reversed_text: {
    en: 'The payment service took back the money for this booking.',
    sw: 'Huduma ya malipo imerudisha pesa za uhifadhi huu.',
  },
  ticketsVoid: {
    en: 'The tickets of this booking are not valid any more.',
    sw: 'Tiketi za uhifadhi huu si halali tena.',
  },
  ticketsStay: { en: 'Your tickets stay valid.', sw: 'Tiketi zako bado ni halali.' },

  refunds: { en: 'Refunds', sw: 'Marejesho ya pesa' },
  refundLine: { en: '{amount}: {state} ({reason})', sw: '{amount}: {state} ({reason})' },
  refund_is_due: { en: 'to be paid by the cinema', sw: 'italipwa na sinema' },
  refund_is_requested: { en: 'on its way', sw: 'iko njiani' },
  refund_is_done: { en: 'paid back', sw: 'imerudishwa' },
  refund_is_failed: { en: 'did not arrive; the cinema tries again', sw: 'haikufika; sinema itajaribu tena' },
  refund_is_unknown: { en: 'the cinema is finding out', sw: 'sinema inafuatilia' },
  refund_for_duplicate_payment: { en: 'paid twice', sw: 'ulilipa mara mbili' },
  refund_for_late_payment: { en: 'paid after the hold ended', sw: 'ulilipa muda ukiwa umeisha' },
  refund_for_showing_cancelled: { en: 'the showing was cancelled', sw: 'onyesho limeghairiwa' },
  refund_for_booking_cancelled: { en: 'the booking was cancelled', sw: 'uhifadhi umeghairiwa' },
  refund_for_overpaid: { en: 'paid too much', sw: 'ulilipa zaidi' },
  refund_for_abandoned_sale: { en: 'the sale was not finished', sw: 'mauzo hayakukamilika' },
  refund_for_reversed: { en: 'sent back by the payment service', sw: 'imerudishwa na huduma ya malipo' },
  refund_for_staff_decision: { en: 'the cinema decided so', sw: 'uamuzi wa sinema' },

  film: { en: 'Film', sw: 'Filamu' },
  when: { en: 'When', sw: 'Lini' },
  where: { en: 'Where', sw: 'Wapi' },
  places: { en: 'Places', sw: 'Nafasi' },
  total: { en: 'Total', sw: 'Jumla' },
  receipt: { en: 'Receipt', sw: 'Risiti' },
  reference: { en: 'Booking reference', sw: 'Namba ya kumbukumbu' },
  tickets: { en: 'Tickets', sw: 'Tiketi' },
  ticketOf: { en: 'Ticket {number} of {count}', sw: 'Tiketi {number} kati ya {count}' },
  qrOf: { en: 'QR code of {ticket}: {code}', sw: 'Msimbo wa QR wa {ticket}: {code}' },
  openBooking: { en: 'Open my booking', sw: 'Fungua uhifadhi wangu' },
  openWhy: {
    en: 'There you see your tickets and what becomes of your money. Who has this link can see your booking.',
    sw: 'Hapo utaona tiketi zako na kinachoendelea na pesa zako. Mwenye kiungo hiki anaweza kuona uhifadhi wako.',
  },
  contact: {
    en: 'Something unclear? Call or write, and give your reference {reference}.',
    sw: 'Kuna jambo halieleweki? Piga simu au andika, na utaje namba ya kumbukumbu {reference}.',
  },
  whyThisMail: {
    en: 'You get this mail because your address was given with booking {reference}.',
    sw: 'Umepata barua hii kwa sababu anwani yako ilitolewa kwenye uhifadhi {reference}.',
  },
} as const satisfies Record<string, Record<Language, string>>;

export type MailSentence = keyof typeof SENTENCES;

/** Everything a mail says, in one language. */
export interface MailWords {
  language: Language;
  say(key: MailSentence, values?: Record<string, string | number>): string;
  money(money: Money): string;
  /** `Sunday, 22 November 2026, 18:00`, by the clock of the venue. */
  when(instant: string | Date, timeZone: string): string;
}

export function mailWords(language: Language): MailWords {
  const locale = LOCALES[language];
  return {
    language,
    say: (key, values = {}) =>
      SENTENCES[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    money: money => formatMoney(money, locale),
    when(instant, timeZone) {
      const write = (parts: Intl.DateTimeFormatOptions) =>
        new Date(instant).toLocaleString(locale, { timeZone, ...parts });
      const day = write({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
      return `${day}, ${write({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`;
    },
  };
}
