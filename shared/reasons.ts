/** Why a payment did not go through, and what to do now, in the customer's languages. Every gateway's codes end in one of these. */
export const REASONS = {
  cancelled_by_customer: {
    en: 'You cancelled the payment on your phone. You can try again.',
    sw: 'Umeghairi malipo kwenye simu yako. Unaweza kujaribu tena.',
  },
  insufficient_funds: {
    en: 'There is not enough money in the account. Top up, then try again.',
    sw: 'Salio halitoshi. Ongeza pesa, kisha ujaribu tena.',
  },
  wrong_pin: {
    en: 'The PIN was wrong. Try again, carefully: a few wrong PINs lock it.',
    sw: 'PIN si sahihi. Jaribu tena kwa uangalifu: ukikosea mara kadhaa itafungwa.',
  },
  pin_locked: {
    en: 'The PIN of this number is locked. Call your mobile operator, or pay with another number.',
    sw: 'PIN ya namba hii imefungwa. Piga simu kwa mtandao wako, au lipa kwa namba nyingine.',
  },
  phone_unreachable: {
    en: 'We could not reach your phone. Check that it is on, unlocked and has network, then try again.',
    sw: 'Hatukuweza kufikia simu yako. Hakikisha imewashwa, haijafungwa na ina mtandao, kisha ujaribu tena.',
  },
  expired: {
    en: 'The request on your phone ran out of time. Try again and enter your PIN within a minute.',
    sw: 'Muda wa ombi kwenye simu yako umeisha. Jaribu tena na uweke PIN ndani ya dakika moja.',
  },
  limit_exceeded: {
    en: 'This number has reached its payment limit. Pay with another number, or try tomorrow.',
    sw: 'Namba hii imefikia kikomo cha malipo. Lipa kwa namba nyingine, au jaribu kesho.',
  },
  amount_not_allowed: {
    en: 'This amount cannot be paid in one payment. Please book fewer places, or pay at the counter.',
    sw: 'Kiasi hiki hakiwezi kulipwa kwa mara moja. Weka nafasi chache, au lipa kwenye kaunta.',
  },
  duplicate_request: {
    en: 'A payment just like this one was tried a moment ago. Check your messages, wait two minutes, then try again.',
    sw: 'Malipo kama haya yamejaribiwa sasa hivi. Angalia ujumbe wako, subiri dakika mbili, kisha ujaribu tena.',
  },
  phone_busy: {
    en: 'Another request is open on your phone. Finish or close it, wait a minute, then try again.',
    sw: 'Kuna ombi lingine kwenye simu yako. Limalize au lifunge, subiri dakika moja, kisha ujaribu tena.',
  },
  invalid_phone: {
    en: 'This number cannot pay this way. Check the number, or use another one.',
    sw: 'Namba hii haiwezi kulipa kwa njia hii. Hakiki namba, au tumia nyingine.',
  },
  gateway_unavailable: {
    en: 'The payment service is not answering right now. Nothing was taken. Try again in a few minutes.',
    sw: 'Huduma ya malipo haipatikani kwa sasa. Hakuna pesa iliyokatwa. Jaribu tena baada ya dakika chache.',
  },
  under_review: {
    en: 'We received something that we must look at first. Do not pay again: the cinema will settle it with you.',
    sw: 'Tumepokea kitu ambacho lazima tukikague kwanza. Usilipe tena: sinema itakusaidia kulimaliza.',
  },
  refused: {
    en: 'The payment was refused. Nothing was taken. Try again later, or pay at the counter.',
    sw: 'Malipo yamekataliwa. Hakuna pesa iliyokatwa. Jaribu tena baadaye, au lipa kwenye kaunta.',
  },
} as const satisfies Record<string, { en: string; sw: string }>;

export type ReasonCode = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as ReasonCode[];
