import type { OfficeKey } from '../box-office/office-dictionary.ts';
import type { Words } from '../kit/words.ts';

/** What is said at the door, in both languages. */
export const DOOR_SENTENCES = {
  door_showing: { en: 'Showing', sw: 'Onyesho' },
  door_none: { en: 'There is no showing here tonight.', sw: 'Hakuna onyesho hapa leo.' },
  door_cancelled: { en: 'cancelled', sw: 'limefutwa' },
  door_counts: { en: '{admitted} of {sold} are in', sw: '{admitted} kati ya {sold} wameingia' },
  door_waiting: { en: '{count} still to come', sw: '{count} bado hawajafika' },
  door_camera: { en: 'Scan with the camera', sw: 'Soma kwa kamera' },
  door_cameraOff: { en: 'Stop the camera', sw: 'Zima kamera' },
  door_cameraOpening: { en: 'Opening the camera …', sw: 'Inafungua kamera …' },
  door_cameraView: { en: 'What the camera sees', sw: 'Kamera inavyoona' },
  door_cameraRefused: {
    en: 'The camera may not be used. Allow it in the browser’s settings for this site, or use a scanner.',
    sw: 'Kamera hairuhusiwi. Iruhusu kwenye mipangilio ya kivinjari, au tumia skana.',
  },
  door_cameraMissing: {
    en: 'No camera could be opened. Use a scanner, or type the code.',
    sw: 'Hakuna kamera iliyofunguka. Tumia skana, au andika msimbo.',
  },
  door_code: { en: 'Code on the ticket', sw: 'Msimbo wa tiketi' },
  door_codeHint: {
    en: 'A handheld scanner works at any time, without a tap here.',
    sw: 'Skana ya mkononi inafanya kazi wakati wowote, bila kugusa hapa.',
  },
  door_check: { en: 'Check', sw: 'Angalia' },
  door_gone: { en: 'No connection: tickets are not checked', sw: 'Hakuna mtandao: tiketi hazikaguliwi' },
  door_goneHelp: {
    en: 'The counts are old. Scanning works again as soon as the connection is back.',
    sw: 'Hesabu ni za zamani. Kusoma tiketi kutarudi mtandao ukirudi.',
  },
  door_next: { en: 'Next', sw: 'Endelea' },
  door_recent: { en: 'Last scans', sw: 'Zilizosomwa karibuni' },
  door_late: { en: '{verdict}: the answer came late', sw: '{verdict}: jibu limechelewa' },
  door_asOf: { en: 'as of {time}', sw: 'saa {time}' },

  verdict_checking: { en: 'Checking …', sw: 'Inakagua …' },
  verdict_admitted: { en: 'Let in', sw: 'Aingie' },
  verdict_already_admitted: { en: 'Already in', sw: 'Imeshatumika' },
  verdict_wrong_showing: { en: 'Another showing', sw: 'Onyesho lingine' },
  verdict_void: { en: 'Not valid any more', sw: 'Si halali tena' },
  verdict_refunded: { en: 'Refunded', sw: 'Pesa zimerudishwa' },
  verdict_unknown: { en: 'Not a ticket of ours', sw: 'Si tiketi yetu' },
  verdict_test_mode: { en: 'A test ticket', sw: 'Tiketi ya majaribio' },
  verdict_unchecked: { en: 'Not checked', sw: 'Haijakaguliwa' },

  about_already_admitted: { en: 'Let in at {time}, {ago} ago', sw: 'Iliingia saa {time}, {ago} zilizopita' },
  about_by: { en: 'by {by}', sw: 'na {by}' },
  about_where: { en: 'at {where}', sw: 'kwenye {where}' },
  about_wrong_showing: {
    en: 'It is for: {title}, {day} {time}, {screen}',
    sw: 'Ni ya: {title}, {day} {time}, {screen}',
  },
  about_void: { en: 'This ticket was cancelled.', sw: 'Tiketi hii imefutwa.' },
  about_refunded: { en: 'The money of this ticket went back.', sw: 'Pesa za tiketi hii zimerudishwa.' },
  about_unknown: { en: 'Scan it again, or look for the booking.', sw: 'Soma tena, au tafuta uhifadhi.' },
  about_test_mode: { en: 'It was never paid for: nobody gets in with it.', sw: 'Haikulipiwa: hairuhusu kuingia.' },
  about_offline: {
    en: 'There is no connection. Do not let anybody in by this screen.',
    sw: 'Hakuna mtandao. Usiruhusu mtu kwa skrini hii.',
  },
  about_silent: { en: 'The server did not answer. Scan it again.', sw: 'Seva haikujibu. Soma tena.' },

  undo: { en: 'Undo', sw: 'Batilisha' },
  undo_one: { en: 'Undo the entry of {reference}', sw: 'Batilisha kuingia kwa {reference}' },
  undo_title: { en: 'Undo this entry', sw: 'Batilisha kuingia huku' },
  undo_text: {
    en: 'The ticket will be good again. A supervisor must agree.',
    sw: 'Tiketi itakuwa halali tena. Msimamizi lazima akubali.',
  },
  undo_reason: { en: 'Reason', sw: 'Sababu' },
  undo_done: { en: 'The ticket {reference} is good again.', sw: 'Tiketi {reference} ni halali tena.' },
} as const satisfies Record<string, { en: string; sw: string }>;

export type DoorKey = keyof typeof DOOR_SENTENCES;
export type DoorWords = Words<DoorKey | OfficeKey>;
