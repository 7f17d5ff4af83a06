import { SENTENCES } from './dictionary.ts';

/** The dictionary's part about paying an amount: apart, so that whoever books a film does not fetch it. */
const ABOUT_CHARGES = {
  // Paying an amount
  payTitle: { en: 'Pay the cinema', sw: 'Lipa sinema' },
  payTagline: {
    en: 'Snacks, a hall, a gift: any amount, from your phone.',
    sw: 'Vitafunio, ukumbi, zawadi: kiasi chochote, kwa simu yako.',
  },
  payNowhere: {
    en: 'No cinema takes payments without a booking at the moment.',
    sw: 'Kwa sasa hakuna sinema inayopokea malipo yasiyo ya tiketi.',
  },
  chargeCinema: { en: 'Which cinema?', sw: 'Sinema ipi?' },
  amount: { en: 'Amount in {currency}', sw: 'Kiasi kwa {currency}' },
  amountRange: {
    en: 'Whole shillings, from {least} to {largest}.',
    sw: 'Shilingi kamili, kuanzia {least} hadi {largest}.',
  },
  amountWrong: {
    en: 'Type whole shillings, such as {example}.',
    sw: 'Andika shilingi kamili, kama {example}.',
  },
  purpose: { en: 'What is it for?', sw: 'Ni malipo ya nini?' },
  purposeHint: {
    en: 'Such as “Popcorn for ten”. It stands on your receipt.',
    sw: 'Kama “Bisi za watu kumi”. Itaandikwa kwenye risiti yako.',
  },
  purposeNeeded: { en: 'Say in a few words what it is for.', sw: 'Andika kwa maneno machache ni malipo ya nini.' },
  purposeTooLong: { en: 'At most {most} letters, please.', sw: 'Isizidi herufi {most}, tafadhali.' },
  yourCharges: { en: 'Your payments', sw: 'Malipo yako' },
  charge_is_open: { en: 'Not paid yet', sw: 'Bado haijalipwa' },
  charge_is_cancelled: { en: 'Cancelled', sw: 'Imeghairiwa' },
  charge_is_paid: { en: 'Paid', sw: 'Imelipwa' },
  charge_is_refunded: { en: 'Refunded', sw: 'Pesa imerudishwa' },

  // A charge: what is going on
  chargeUnknown: {
    en: 'We do not know this payment. Check the address.',
    sw: 'Hatuyajui malipo haya. Hakiki anwani.',
  },
  charge_open_title: { en: 'Ready to be paid', sw: 'Tayari kulipwa' },
  charge_open_text: { en: 'Pay {total} with your phone.', sw: 'Lipa {total} kwa simu yako.' },
  charge_too_much_title: {
    en: 'This is too much for one payment',
    sw: 'Kiasi hiki ni kikubwa kwa malipo ya mara moja',
  },
  charge_too_much_text: {
    en: 'Nothing was taken. Pay it in smaller amounts, or at the counter.',
    sw: 'Hakuna pesa iliyokatwa. Lipa kwa kiasi kidogo kidogo, au kwenye kaunta.',
  },
  charge_paid_title: { en: 'Paid, thank you', sw: 'Imelipwa, asante' },
  charge_paid_text: {
    en: '{total} has arrived. Keep the receipt below: print it, or keep the address of this page.',
    sw: '{total} imefika. Tunza risiti hapa chini: ichapishe, au tunza anwani ya ukurasa huu.',
  },
  charge_cancelled_title: { en: 'This payment was cancelled', sw: 'Malipo haya yameghairiwa' },
  charge_cancelled_text: { en: 'Nothing was taken.', sw: 'Hakuna pesa iliyokatwa.' },
  charge_cancelled_unresolved_title: { en: 'This payment was cancelled', sw: 'Malipo haya yameghairiwa' },
  charge_cancelled_unresolved_text: {
    en: 'Do not pay again: we are still asking {gateway} about {amount} from {phone}. If it was taken, you get it back.',
    sw: 'Usilipe tena: bado tunaiuliza {gateway} kuhusu {amount} kutoka {phone}. Kama ilikatwa, utarudishiwa.',
  },

  // A charge: what is known
  purposeLabel: { en: 'For', sw: 'Malipo ya' },
  amountLabel: { en: 'Amount', sw: 'Kiasi' },
  cinemaLabel: { en: 'To', sw: 'Kwa' },
  paidWithLabel: { en: 'Paid with', sw: 'Imelipwa kwa' },
  dateLabel: { en: 'Date', sw: 'Tarehe' },
  receiptNumberLabel: { en: 'Receipt number', sw: 'Namba ya risiti' },
  print: { en: 'Print', sw: 'Chapisha' },
  payAnother: { en: 'Pay another amount', sw: 'Lipa kiasi kingine' },
} as const satisfies Record<string, { en: string; sw: string }>;

export const WITH_CHARGES = { ...SENTENCES, ...ABOUT_CHARGES };
export type ChargeSentenceKey = keyof typeof ABOUT_CHARGES;
