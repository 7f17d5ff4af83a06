import { BOARD_SENTENCES } from '../board/words.ts';

const { method_daraja, method_pesapal, method_cash, method_card, method_complimentary } = BOARD_SENTENCES;

/** What the page of reports says. */
export const REPORT_SENTENCES = {
  ...{ method_daraja, method_pesapal, method_cash, method_card, method_complimentary },
  by: { en: 'Sales by', sw: 'Mauzo kwa' },
  by_showing: { en: 'Showing', sw: 'Onyesho' },
  by_day: { en: 'Day', sw: 'Siku' },
  by_method: { en: 'Method', sw: 'Njia ya malipo' },
  by_cashier: { en: 'Cashier', sw: 'Mhudumu' },
  title_showing: { en: 'Sales by showing', sw: 'Mauzo kwa onyesho' },
  title_day: { en: 'Sales by day', sw: 'Mauzo kwa siku' },
  title_method: { en: 'Sales by method', sw: 'Mauzo kwa njia ya malipo' },
  title_cashier: { en: 'Sales by cashier', sw: 'Mauzo kwa mhudumu' },

  period: { en: 'Period', sw: 'Kipindi' },
  week: { en: 'This week', sw: 'Wiki hii' },
  last7: { en: 'Last 7 days', sw: 'Siku 7 zilizopita' },
  last30: { en: 'Last 30 days', sw: 'Siku 30 zilizopita' },
  from: { en: 'From', sw: 'Kuanzia' },
  to: { en: 'To', sw: 'Hadi' },
  dayHint: {
    en: 'A day goes from 06:00 to 06:00. What a shift took belongs to the day on which the shift began, as in its Z-report.',
    sw: 'Siku ni kuanzia 06:00 hadi 06:00. Zilizopokelewa kwenye zamu ni za siku ambayo zamu ilianza, kama kwenye ripoti yake ya Z.',
  },
  wrongPeriod: {
    en: 'Choose a first day, and a last one that is not before it, at most a year later.',
    sw: 'Chagua siku ya kwanza, na ya mwisho isiyoitangulia, isizidi mwaka mmoja.',
  },
  noVenue: { en: 'There is no cinema yet.', sw: 'Bado hakuna sinema.' },
  loading: { en: 'Adding up …', sw: 'Inajumlisha …' },
  nothingSold: { en: 'Nothing was sold in this period.', sw: 'Hakuna kilichouzwa katika kipindi hiki.' },
  asOf: { en: 'As of {time}.', sw: 'Hadi {time}.' },
  again: { en: 'Add up again', sw: 'Jumlisha tena' },
  csv: { en: 'For a spreadsheet (CSV)', sw: 'Kwa lahajedwali (CSV)' },
  print: { en: 'Print', sw: 'Chapisha' },

  gross: { en: 'Received', sw: 'Zilizopokelewa' },
  givenBack: { en: 'Given back', sw: 'Zilizorudishwa' },
  net: { en: 'Net', sw: 'Zilizobaki' },
  sold: { en: 'Tickets sold', sw: 'Tiketi zilizouzwa' },
  complimentary: { en: 'Complimentary', sw: 'Tiketi za bure' },
  admitted: { en: 'Admitted', sw: 'Walioingia' },
  charges: { en: 'Not for places: snacks, hire …', sw: 'Si za nafasi: vitafunio, ukodishaji …' },
  nothing: { en: 'Too much or twice: goes back', sw: 'Zimezidi au mara mbili: zinarudi' },
  online: { en: 'Online', sw: 'Mtandaoni' },

  chart: {
    en: '{title}, {period}. Net {total}. The most: {most}. Every number is in the table below.',
    sw: '{title}, {period}. Zilizobaki {total}. Nyingi zaidi: {most}. Namba zote ziko kwenye jedwali hapa chini.',
  },
  mostOf: { en: '{label}, {amount}', sw: '{label}, {amount}' },
  onlyLargest: { en: 'The {count} largest of {all}.', sw: '{count} kubwa zaidi kati ya {all}.' },
} as const satisfies Record<string, { en: string; sw: string }>;

export type ReportKey = keyof typeof REPORT_SENTENCES;
