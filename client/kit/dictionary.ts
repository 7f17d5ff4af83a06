/**
 * Everything the pages say, in both languages; the reasons of failed payments are in shared/reasons.ts. Words in braces
 * are filled in. What has a name in the code (a stage, a state, a problem) is said under that name: `refund_is_due`.
 */
export const SENTENCES = {
  // Every page
  testMode: { en: 'Test mode – no real money', sw: 'Hali ya majaribio – hakuna pesa halisi' },
  otherLanguage: { en: 'Kiswahili', sw: 'English' },
  myBooking: { en: 'My booking', sw: 'Tiketi zangu' },
  findMine: { en: 'Find my booking', sw: 'Tafuta tiketi' },
  skipToContent: { en: 'Skip to content', sw: 'Nenda kwenye maudhui' },
  allMovies: { en: 'All movies', sw: 'Filamu zote' },
  loading: { en: 'One moment …', sw: 'Subiri kidogo …' },
  close: { en: 'Close', sw: 'Funga' },
  tryAgain: { en: 'Try again', sw: 'Jaribu tena' },
  offlineTitle: { en: 'We could not reach the cinema', sw: 'Hatukuweza kuifikia sinema' },
  notFoundTitle: { en: 'There is nothing here', sw: 'Hakuna kitu hapa' },
  notFoundShowing: {
    en: 'We do not know this showing. It may have been taken off the programme.',
    sw: 'Hatulijui onyesho hili. Huenda limeondolewa kwenye ratiba.',
  },
  problem_not_found: {
    en: 'We do not know this booking. Check the address, or find it by its reference and your phone number.',
    sw: 'Hatuujui uhifadhi huu. Hakiki anwani, au utafute kwa namba ya kumbukumbu na namba yako ya simu.',
  },
  footer: {
    en: 'Times are the cinema’s own. Pay by mobile money; your ticket is on your phone within seconds.',
    sw: 'Saa ni za mahali sinema ilipo. Lipa kwa simu; tiketi inaingia kwenye simu yako kwa sekunde chache.',
  },

  // Times and numbers
  today: { en: 'Today', sw: 'Leo' },
  tomorrow: { en: 'Tomorrow', sw: 'Kesho' },
  localTime: { en: '{city} time', sw: 'saa za {city}' },
  duration: { en: '{hours} h {minutes} min', sw: 'saa {hours} dk {minutes}' },
  rated: { en: 'Rated {rating}', sw: 'Daraja {rating}' },
  place: { en: '{count} place', sw: 'nafasi {count}' },
  places: { en: '{count} places', sw: 'nafasi {count}' },
  placesLeft: { en: '{count} places left', sw: 'Zimebaki {count}' },
  lastPlaces: { en: 'Last {count} places', sw: 'Nafasi {count} za mwisho' },
  lastPlace: { en: 'Last place', sw: 'Nafasi ya mwisho' },
  soldOut: { en: 'Sold out', sw: 'Nafasi zimeisha' },
  opensSoon: { en: 'Payment opens soon', sw: 'Malipo yanakuja' },

  // Storefront
  whatsOn: { en: 'What’s on', sw: 'Filamu zilizopo' },
  tagline: {
    en: 'Pick a film, pay with your phone, walk in.',
    sw: 'Chagua filamu, lipa kwa simu, ingia ukumbini.',
  },
  cinema: { en: 'Cinema', sw: 'Sinema' },
  day: { en: 'Day', sw: 'Siku' },
  nextUp: { en: 'Next on screen', sw: 'Inayofuata' },
  nothingOn: {
    en: 'Nothing is on here at the moment. Please look again soon.',
    sw: 'Hakuna filamu hapa kwa sasa. Tafadhali angalia tena hivi karibuni.',
  },
  noProgramme: {
    en: 'We could not load the programme. Check your network.',
    sw: 'Hatukuweza kupata ratiba. Angalia mtandao wako.',
  },
  payAmount: { en: 'Pay the cinema an amount', sw: 'Lipa sinema kiasi' },
  yourBookings: { en: 'Your bookings', sw: 'Tiketi zako' },
  forget: { en: 'Remove {reference} from this device', sw: 'Ondoa {reference} kwenye kifaa hiki' },
  booking_is_held: { en: 'Waiting for payment', sw: 'Inasubiri malipo' },
  booking_is_lapsed: { en: 'Hold ended', sw: 'Muda umeisha' },
  booking_is_cancelled: { en: 'Cancelled', sw: 'Imeghairiwa' },
  booking_is_confirmed: { en: 'Booked', sw: 'Imethibitishwa' },
  booking_is_refunded: { en: 'Refunded', sw: 'Pesa imerudishwa' },
  findHelp: {
    en: 'Type the reference of your booking and the phone number that it was made with.',
    sw: 'Andika namba ya kumbukumbu ya tiketi zako na namba ya simu uliyotumia kuhifadhi.',
  },
  find: { en: 'Find it', sw: 'Tafuta' },
  finding: { en: 'Looking …', sw: 'Inatafuta …' },
  notFoundLookup: {
    en: 'There is no booking with this reference and this phone number. Check both.',
    sw: 'Hakuna tiketi zenye namba hii ya kumbukumbu na namba hii ya simu. Hakiki zote mbili.',
  },

  // Fields
  optional: { en: 'optional', sw: 'si lazima' },
  quantity: { en: 'How many places?', sw: 'Nafasi ngapi?' },
  more: { en: 'One more place', sw: 'Ongeza nafasi moja' },
  fewer: { en: 'One place fewer', sw: 'Punguza nafasi moja' },
  customerName: { en: 'Your name', sw: 'Jina lako' },
  phone: { en: 'Phone number', sw: 'Namba ya simu' },
  phoneWhy: {
    en: 'To find your booking again. Nobody calls you.',
    sw: 'Ili kupata tiketi zako tena. Hutapigiwa simu.',
  },
  email: { en: 'E-mail address', sw: 'Anwani ya barua pepe' },
  emailWhy: {
    en: 'For your tickets, and whatever changes about them. Nothing else is sent.',
    sw: 'Kwa tiketi zako, na mabadiliko yoyote. Hakuna kingine kitakachotumwa.',
  },
  emailWrong: { en: 'This is not an e-mail address.', sw: 'Hii si anwani ya barua pepe.' },
  phoneExample: { en: 'Such as {example}', sw: 'Mfano {example}' },
  reference: { en: 'Booking reference', sw: 'Namba ya kumbukumbu' },
  problem_too_many_places: { en: 'Choose from 1 to {most} places.', sw: 'Chagua nafasi 1 hadi {most}.' },
  nameTooLong: { en: 'This name is too long for a ticket.', sw: 'Jina hili ni refu mno kwa tiketi.' },
  problem_invalid_phone: {
    en: 'This is not a mobile number. Write it like {example}.',
    sw: 'Hii si namba ya simu ya mkononi. Andika kama {example}.',
  },
  phoneShort: {
    en: 'Some digits are missing. Write it like {example}.',
    sw: 'Tarakimu hazijatimia. Andika kama {example}.',
  },
  phoneNeeded: { en: 'Type the number that will pay.', sw: 'Andika namba itakayolipa.' },
  referenceWrong: {
    en: 'A reference has 6 to 8 letters and digits.',
    sw: 'Namba ya kumbukumbu ina herufi na tarakimu 6 hadi 8.',
  },

  // Showing
  howToGo: {
    en: 'Your places are kept while you pay: the next page counts the minutes.',
    sw: 'Nafasi zako zinashikiliwa unapolipa: ukurasa unaofuata unahesabu dakika.',
  },
  total: { en: 'Total', sw: 'Jumla' },
  perPlace: { en: '{price} a place', sw: '{price} kwa nafasi' },
  book: { en: 'Hold my places', sw: 'Shikilia nafasi zangu' },
  booking: { en: 'Holding your places …', sw: 'Tunashikilia nafasi zako …' },
  problem_sold_out: { en: 'Only {places} left. Choose fewer.', sw: 'Zimebaki {places} tu. Punguza idadi.' },
  soldOutNow: {
    en: 'Every place is taken. Unpaid places come back: this page tells you at once.',
    sw: 'Nafasi zote zimechukuliwa. Zisizolipiwa hurudi: ukurasa huu utakuambia papo hapo.',
  },
  opensSoonLong: {
    en: 'Payment for this cinema opens soon. Until then its places cannot be booked here.',
    sw: 'Malipo ya sinema hii yatafunguliwa hivi karibuni. Kwa sasa nafasi haziwezi kuhifadhiwa hapa.',
  },
  movedFrom: {
    en: 'This showing was moved. It was to be: {was}.',
    sw: 'Onyesho hili limehamishwa. Awali lilikuwa: {was}.',
  },
  showingCancelled: {
    en: 'The cinema has cancelled this showing. Whoever has paid gets the money back.',
    sw: 'Sinema imeghairi onyesho hili. Aliyelipa atarudishiwa pesa zake.',
  },
  problem_showing_over: {
    en: 'This showing can no longer be booked.',
    sw: 'Onyesho hili haliwezi kuhifadhiwa tena.',
  },

  // Whose turn it is
  turn_yours: { en: 'Your turn', sw: 'Zamu yako' },
  turn_providers: { en: 'Waiting for {gateway}', sw: 'Tunasubiri {gateway}' },
  turn_venues: { en: 'The cinema is looking into it', sw: 'Sinema inashughulikia' },
  turn_ours: { en: 'One moment', sw: 'Subiri kidogo' },
  turn_done: { en: 'Done', sw: 'Tayari' },
  turn_failed: { en: 'Not paid', sw: 'Haijalipwa' },
  gateway_daraja: { en: 'M-Pesa', sw: 'M-Pesa' },
  gateway_pesapal: { en: 'Pesapal', sw: 'Pesapal' },
  gateway_cash: { en: 'cash', sw: 'taslimu' },
  gateway_card: { en: 'card', sw: 'kadi' },
  gateway_complimentary: { en: 'compliments of the house', sw: 'hisani ya sinema' },

  // Booking: what is going on, and what to do
  hold_title: { en: 'Your places are held', sw: 'Nafasi zako zimeshikiliwa' },
  hold_text: { en: 'Pay {total} before the time runs out.', sw: 'Lipa {total} kabla muda haujaisha.' },
  hold_left: { en: 'Held for another', sw: 'Muda uliobaki' },
  hold_over_title: { en: 'The hold is ending', sw: 'Muda wa kushikilia unaisha' },
  hold_over_text: {
    en: 'The time is up. We are asking whether your places are still there.',
    sw: 'Muda umekwisha. Tunauliza kama nafasi zako bado zipo.',
  },
  prompt_title: {
    en: 'Check your phone and enter your {gateway} PIN',
    sw: 'Angalia simu yako na uweke PIN ya {gateway}',
  },
  prompt_text: {
    en: 'We sent a request for {amount} to {phone}. This page changes by itself once you have paid.',
    sw: 'Tumetuma ombi la {amount} kwa {phone}. Ukurasa huu utabadilika wenyewe ukishalipa.',
  },
  prompt_left: { en: 'The request closes in', sw: 'Ombi litafungwa baada ya' },
  page_opening_title: { en: 'Opening the {gateway} page', sw: 'Tunafungua ukurasa wa {gateway}' },
  page_opening_text: {
    en: 'There you pay {amount}.',
    sw: 'Utalipa {amount} hapo.',
  },
  hosted_page_title: {
    en: 'Finish the payment on the {gateway} page',
    sw: 'Kamilisha malipo kwenye ukurasa wa {gateway}',
  },
  hosted_page_text: {
    en: 'It is for {amount}. This page changes by itself once you have paid.',
    sw: 'Ni {amount}. Ukurasa huu utabadilika wenyewe ukishalipa.',
  },
  hosted_page_left: { en: 'That page closes in', sw: 'Ukurasa huo utafungwa baada ya' },
  hostedPage: { en: 'Payment page of {gateway}', sw: 'Ukurasa wa malipo wa {gateway}' },
  hostedChoose: { en: 'Choose {network} there.', sw: 'Chagua {network} hapo.' },
  hostedChooseAny: { en: 'Choose your network there.', sw: 'Chagua mtandao wako hapo.' },
  hostedConfirm: {
    en: 'Check that the number is {phone}, and confirm.',
    sw: 'Hakikisha namba ni {phone}, kisha uthibitishe.',
  },
  hostedPin: {
    en: 'A request comes up on your phone: enter your PIN there.',
    sw: 'Ombi litatokea kwenye simu yako: weka PIN yako hapo.',
  },
  hostedOpen: { en: 'Open it as a full page', sw: 'Fungua kwenye ukurasa mzima' },
  hostedMissing: {
    en: 'The page does not show here. Open it as a full page; nothing is lost.',
    sw: 'Ukurasa hauonekani hapa. Ufungue kwenye ukurasa mzima; hakuna kitakachopotea.',
  },
  hostedBack: {
    en: 'You are back. We are asking what came of it.',
    sw: 'Umerudi. Tunauliza matokeo yake.',
  },
  silent_title: { en: 'We have not heard from {gateway} yet', sw: 'Bado hatujasikia kutoka {gateway}' },
  silent_text: {
    en: 'Do not pay again. We keep asking {gateway} about {amount} from {phone} by ourselves; this page shows the answer as soon as it comes.',
    sw: 'Usilipe tena. Tunaendelea kuiuliza {gateway} kuhusu {amount} kutoka {phone}; jibu litaonekana hapa mara litakapokuja.',
  },
  unsure_title: {
    en: 'We do not know yet whether {gateway} took this',
    sw: 'Bado hatujui kama {gateway} imepokea ombi hili',
  },
  unsure_text: {
    en: 'Do not pay again. If a request for {amount} comes up on {phone}, you may enter your PIN. We keep asking {gateway}; if nothing was taken, you can try again here.',
    sw: 'Usilipe tena. Ombi la {amount} likitokea kwenye {phone}, unaweza kuweka PIN. Tunaendelea kuiuliza {gateway}; kama hakuna pesa iliyokatwa, utaweza kujaribu tena hapa.',
  },
  failed_title: { en: 'The payment did not go through', sw: 'Malipo hayakukamilika' },
  failed_left: { en: 'Your places are still held for', sw: 'Nafasi zako bado zipo kwa muda wa' },
  otherNumber: { en: 'Pay with another number below.', sw: 'Lipa kwa namba nyingine hapa chini.' },
  tooMuchAtOnce: {
    en: 'Trying again will not help: cancel this booking and book fewer places.',
    sw: 'Kujaribu tena hakutasaidia: ghairi uhifadhi huu kisha uweke nafasi chache.',
  },
  review_title: { en: 'The cinema must look at your payment', sw: 'Sinema lazima ikague malipo yako' },
  review_text: {
    en: 'Do not pay again. Nothing is lost: the staff see your payment and will settle it with you.',
    sw: 'Usilipe tena. Hakuna kilichopotea: wahudumu wanayaona malipo yako na watakusaidia kuyamaliza.',
  },
  confirmed_title: { en: 'You are booked', sw: 'Nafasi zako zimethibitishwa' },
  confirmed_text: {
    en: 'Show a ticket at the door: the code, the picture, or the PDF.',
    sw: 'Onyesha tiketi mlangoni: msimbo, picha, au PDF.',
  },
  lapsed_title: { en: 'Your hold ended', sw: 'Muda wa kushikilia nafasi umeisha' },
  lapsed_text: {
    en: 'The places went back before they were paid. Nothing was taken.',
    sw: 'Nafasi zimerudi kabla ya kulipiwa. Hakuna pesa iliyokatwa.',
  },
  lapsed_unresolved_title: { en: 'Your hold ended', sw: 'Muda wa kushikilia nafasi umeisha' },
  lapsed_unresolved_text: {
    en: 'Do not pay again: we are still asking {gateway} about {amount} from {phone}. If you paid, you get your places if they are free, or your money back.',
    sw: 'Usilipe tena: bado tunaiuliza {gateway} kuhusu {amount} kutoka {phone}. Kama ulilipa, utapata nafasi zako zikiwepo, au utarudishiwa pesa.',
  },
  cancelled_title: { en: 'This booking is cancelled', sw: 'Uhifadhi huu umeghairiwa' },
  cancelled_text: { en: 'The places went back. Nothing was taken.', sw: 'Nafasi zimerudi. Hakuna pesa iliyokatwa.' },
  cancelled_unresolved_title: { en: 'This booking is cancelled', sw: 'Uhifadhi huu umeghairiwa' },
  cancelled_unresolved_text: {
    en: 'Do not pay again: we are still asking {gateway} about {amount} from {phone}. If it was taken, you get it back.',
    sw: 'Usilipe tena: bado tunaiuliza {gateway} kuhusu {amount} kutoka {phone}. Kama ilikatwa, utarudishiwa.',
  },
  refund_due_title: { en: 'We owe you a refund of {amount}', sw: 'Tunapaswa kukurudishia {amount}' },
  refund_due_text: {
    en: 'The cinema will pay it back. Do not pay again. Keep your reference, and ask the cinema if it takes long.',
    sw: 'Sinema itakurudishia. Usilipe tena. Tunza namba yako ya kumbukumbu, na uulize sinema ikichelewa.',
  },
  refunded_title: { en: 'Your money went back', sw: 'Pesa zako zimerudishwa' },
  refunded_text: { en: 'Everything is settled.', sw: 'Kila kitu kimekamilika.' },

  // Booking: doing something
  payWith: { en: 'Pay {amount} with {gateway}', sw: 'Lipa {amount} kwa {gateway}' },
  paying: { en: 'Asking {gateway} …', sw: 'Tunawasiliana na {gateway} …' },
  tryAgainIn: { en: 'Try again in {time}', sw: 'Jaribu tena baada ya {time}' },
  whyWait: {
    en: 'The payment service refuses the same request too soon after the last one.',
    sw: 'Huduma ya malipo hukataa ombi lilelile likirudiwa mapema mno.',
  },
  whyNoWait: {
    en: 'This is another number: it need not wait.',
    sw: 'Hii ni namba nyingine: haihitaji kusubiri.',
  },
  payingPhone: { en: 'Number that pays', sw: 'Namba itakayolipa' },
  payingPhoneWhy: {
    en: 'A request appears on this phone: have it at hand.',
    sw: 'Ombi litatokea kwenye simu hii: uwe nayo karibu.',
  },
  network: { en: 'Network that pays', sw: 'Mtandao utakaolipa' },
  networkHint: {
    en: 'Choose yours if you kept the number when you changed networks.',
    sw: 'Chagua wako kama ulihama mtandao na namba yako.',
  },
  networkNeeded: { en: 'Choose the network that pays.', sw: 'Chagua mtandao utakaolipa.' },
  formerly: { en: '(formerly {name})', sw: '(zamani {name})' },
  checkNow: { en: 'Check now', sw: 'Angalia sasa' },
  checking: { en: 'Asking …', sw: 'Tunauliza …' },
  checkedNow: { en: 'Asked just now', sw: 'Tumeuliza sasa hivi' },
  cancel: { en: 'Cancel this booking', sw: 'Ghairi uhifadhi huu' },
  cancelTitle: { en: 'Cancel this booking?', sw: 'Ughairi uhifadhi huu?' },
  cancelText: {
    en: 'Your places go back and others can have them.',
    sw: 'Nafasi zako zitarudi na wengine wanaweza kuzichukua.',
  },
  cancelYes: { en: 'Yes, cancel it', sw: 'Ndiyo, ghairi' },
  cancelNo: { en: 'Keep my places', sw: 'Acha nafasi zangu' },
  bookAgain: { en: 'Book again', sw: 'Hifadhi tena' },
  bookAgainIn: {
    en: 'If we still know nothing, you can book again in {time}.',
    sw: 'Kama bado hatutajua, unaweza kuhifadhi tena baada ya {time}.',
  },

  // Booking: what is known
  referenceLabel: { en: 'Reference', sw: 'Kumbukumbu' },
  placesLabel: { en: 'Places', sw: 'Nafasi' },
  nameLabel: { en: 'Name', sw: 'Jina' },
  phoneLabel: { en: 'Phone', sw: 'Simu' },
  receiptLabel: { en: 'Receipt', sw: 'Risiti' },
  receiptFollows: { en: 'the receipt number follows', sw: 'namba ya risiti inafuata' },
  tickets: { en: 'Tickets', sw: 'Tiketi' },
  ticketOf: { en: 'Ticket {number} of {count}', sw: 'Tiketi {number} kati ya {count}' },
  seat: { en: 'Seat {seat}', sw: 'Kiti {seat}' },
  ticket_is_valid: { en: 'Valid', sw: 'Halali' },
  ticket_is_admitted: { en: 'Admitted {time}', sw: 'Ameingia {time}' },
  ticket_is_void: { en: 'Void', sw: 'Batili' },
  qrOf: { en: 'QR code of ticket {code}', sw: 'Msimbo wa QR wa tiketi {code}' },
  ticketsPdf: { en: 'Tickets as PDF', sw: 'Tiketi kwa PDF' },
  keepAddress: {
    en: 'Keep this page: bookmark it or add it to your home screen. Its address is your booking; share it only with those who come along.',
    sw: 'Tunza ukurasa huu: uhifadhi kwenye alamisho au skrini ya mwanzo. Anwani yake ndiyo tiketi yako; mpe tu anayekuja nawe.',
  },
  leaveSafely: {
    en: 'You can leave this page and come back: nothing is lost.',
    sw: 'Unaweza kuondoka na kurudi: hakuna kitakachopotea.',
  },
  refunds: { en: 'Refunds', sw: 'Marejesho ya pesa' },
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
  contactText: {
    en: 'Something unclear? Call or write, and give your reference {reference}.',
    sw: 'Kuna jambo halieleweki? Piga simu au andika, na utaje namba ya kumbukumbu {reference}.',
  },
  offline: {
    en: 'No connection. We keep trying; what you see is from {time}.',
    sw: 'Hakuna mtandao. Tunaendelea kujaribu; unachoona ni cha saa {time}.',
  },

  // When the server says no
  problem_no_answer: {
    en: 'We got no answer. Check your network and try again: nothing happens twice.',
    sw: 'Hatukupata jibu. Angalia mtandao kisha ujaribu tena: hakuna kitakachorudiwa mara mbili.',
  },
  problem_internal: {
    en: 'Something went wrong on our side. Try again: nothing happens twice.',
    sw: 'Kuna hitilafu upande wetu. Jaribu tena: hakuna kitakachorudiwa mara mbili.',
  },
  problem_invalid_body: {
    en: 'Something you typed does not fit. Please look it over.',
    sw: 'Kuna ulichoandika kisichofaa. Tafadhali kihakiki.',
  },
  problem_gateway_not_offered: {
    en: 'This way of paying is not offered here right now.',
    sw: 'Njia hii ya malipo haipatikani hapa kwa sasa.',
  },
  problem_payment_in_progress: {
    en: 'A payment is already under way. Do not pay again; look at your phone.',
    sw: 'Kuna malipo yanayoendelea. Usilipe tena; angalia simu yako.',
  },
  problem_not_cancelled: {
    en: 'It may still be paid, so it cannot be cancelled now. Unpaid, your places go back by themselves.',
    sw: 'Bado inaweza kulipwa, hivyo haiwezi kughairiwa sasa. Usipolipa, nafasi zako zitarudi zenyewe.',
  },
  problem_already_paid: { en: 'This is already paid.', sw: 'Hii imeshalipwa.' },
  problem_hold_lapsed: { en: 'The places are no longer held.', sw: 'Nafasi hazijashikiliwa tena.' },
  problem_retry_too_soon: {
    en: 'That is too soon after the last request to this phone. You can try again in {time}.',
    sw: 'Ni mapema mno baada ya ombi la mwisho kwa simu hii. Jaribu tena baada ya {time}.',
  },
  problem_too_many_holds: {
    en: 'This phone already holds places that are not paid. Pay or cancel those first: you find them under “Your bookings”.',
    sw: 'Simu hii tayari ina nafasi ambazo hazijalipiwa. Zilipie au uzighairi kwanza: ziko chini ya “Tiketi zako”.',
  },
  problem_too_many_requests: {
    en: 'That was too often. Wait {time}, then try again.',
    sw: 'Umejaribu mara nyingi mno. Subiri {time}, kisha ujaribu tena.',
  },
  aMinute: { en: 'a minute', sw: 'dakika moja' },
} as const satisfies Record<string, { en: string; sw: string }>;

export type SentenceKey = keyof typeof SENTENCES;

export const isSentence = (key: string): key is SentenceKey => key in SENTENCES;
