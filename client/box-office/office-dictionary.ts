import { SENTENCES } from '../kit/dictionary.ts';

/** What the box office says around its pages, in both languages; each page has its own words beside it. */
export const OFFICE_SENTENCES = {
  ...SENTENCES,
  boxOffice: { en: 'Box office', sw: 'Ofisi ya tiketi' },
  pages: { en: 'Pages', sw: 'Kurasa' },
  page_board: { en: 'Tonight', sw: 'Leo usiku' },
  page_booking: { en: 'Booking', sw: 'Uhifadhi' },
  page_till: { en: 'Till', sw: 'Kaunta' },
  page_shifts: { en: 'Shifts', sw: 'Zamu' },
  page_shift: { en: 'Shift report', sw: 'Ripoti ya zamu' },
  page_day: { en: 'Day report', sw: 'Ripoti ya siku' },
  page_exceptions: { en: 'Exceptions', sw: 'Yasiyo ya kawaida' },
  page_programme: { en: 'Programme', sw: 'Ratiba' },
  page_reports: { en: 'Reports', sw: 'Ripoti' },
  page_people: { en: 'People', sw: 'Watu' },
  page_door: { en: 'Door', sw: 'Mlango' },

  role_cashier: { en: 'Cashier', sw: 'Mhudumu' },
  role_supervisor: { en: 'Supervisor', sw: 'Msimamizi' },
  role_manager: { en: 'Manager', sw: 'Meneja' },
  venueOfMine: { en: 'Cinema', sw: 'Sinema' },
  allVenues: { en: 'All cinemas', sw: 'Sinema zote' },
  lock: { en: 'Lock', sw: 'Funga' },
  lockHelp: { en: 'Lock the screen', sw: 'Funga skrini' },
  signOut: { en: 'Sign out', sw: 'Ondoka' },
  cancel: { en: 'Cancel', sw: 'Acha' },
  putAway: { en: 'Put this message away', sw: 'Ondoa ujumbe huu' },

  signIn: { en: 'Sign in', sw: 'Ingia' },
  signingIn: { en: 'Signing in …', sw: 'Inaingia …' },
  name: { en: 'Name', sw: 'Jina' },
  whoAreYou: { en: 'Who are you?', sw: 'Wewe ni nani?' },
  someoneElse: { en: 'Someone else', sw: 'Mtu mwingine' },
  pin: { en: 'PIN', sw: 'PIN' },
  password: { en: 'Password', sw: 'Nenosiri' },
  newPassword: { en: 'A new password, at least 8 characters', sw: 'Nenosiri jipya, angalau herufi 8' },
  withPassword: { en: 'Sign in with a password', sw: 'Ingia kwa nenosiri' },
  withPin: { en: 'Sign in with a PIN', sw: 'Ingia kwa PIN' },
  withCode: { en: 'First start: I have a sign-in code', sw: 'Mara ya kwanza: nina msimbo wa kuingia' },
  firstCode: { en: 'Sign-in code', sw: 'Msimbo wa kuingia' },
  thisIs: { en: 'This is {device}, {venue}.', sw: 'Hiki ni {device}, {venue}.' },
  notEnrolled: {
    en: 'PINs do not work on this device yet. A manager signs in with a password, or enrols it as a till.',
    sw: 'PIN hazifanyi kazi kwenye kifaa hiki bado. Meneja aingie kwa nenosiri, au akisajili kama kaunta.',
  },
  enrolLink: { en: 'Enrol this device with a code', sw: 'Sajili kifaa hiki kwa msimbo' },
  enrolTitle: { en: 'Enrol this device', sw: 'Sajili kifaa hiki' },
  enrolHelp: {
    en: 'A manager makes the code on the page “People”. It works once. From then on, staff of the cinema sign in here with a PIN.',
    sw: 'Meneja hutengeneza msimbo kwenye ukurasa wa “Watu”. Unafanya kazi mara moja tu. Baada ya hapo wafanyakazi huingia hapa kwa PIN.',
  },
  enrolCode: { en: 'Code', sw: 'Msimbo' },
  enrolDo: { en: 'Enrol', sw: 'Sajili' },
  enrolled: {
    en: '{device} is enrolled. PINs work here now.',
    sw: '{device} kimesajiliwa. PIN zinafanya kazi hapa sasa.',
  },
  sessionOver: { en: 'You were signed out. Please sign in again.', sw: 'Umeondolewa. Tafadhali ingia tena.' },

  lockedTitle: { en: 'Locked', sw: 'Imefungwa' },
  lockedText: {
    en: '{name} has locked this screen. Nothing of what was going on is lost.',
    sw: '{name} amefunga skrini hii. Hakuna kilichopotea.',
  },
  unlock: { en: 'Unlock', sw: 'Fungua' },

  approvalTitle: { en: 'A supervisor’s approval', sw: 'Idhini ya msimamizi' },
  approve: { en: 'Approve', sw: 'Idhinisha' },
  approver: { en: 'Supervisor', sw: 'Msimamizi' },
  noApprovers: {
    en: 'Nobody here has a PIN to approve with. A manager can give one on the page “People”.',
    sw: 'Hakuna mwenye PIN ya kuidhinisha hapa. Meneja anaweza kuitoa kwenye ukurasa wa “Watu”.',
  },

  stale: {
    en: 'Connection lost. What you see is as of {time}. Trying again …',
    sw: 'Mtandao umekatika. Unachoona ni cha saa {time}. Inajaribu tena …',
  },
  backAgain: { en: 'The connection is back.', sw: 'Mtandao umerudi.' },
  unreachable: { en: 'The server does not answer.', sw: 'Seva haijibu.' },
  noSuchPage: {
    en: 'There is no such page, or it is not for your role.',
    sw: 'Hakuna ukurasa huo, au si wa kazi yako.',
  },
  toStart: { en: 'To the start', sw: 'Mwanzo' },
  comesSoon: { en: 'Nothing to see here yet.', sw: 'Bado hakuna kitu hapa.' },

  problem_not_signed_in: { en: 'Name and PIN or password do not fit.', sw: 'Jina na PIN au nenosiri havilingani.' },
  problem_forbidden: { en: 'Your role may not do this.', sw: 'Kazi yako hairuhusu hili.' },
  problem_screen_taken: {
    en: 'Something else is on this screen then.',
    sw: 'Kuna filamu nyingine kwenye ukumbi huu wakati huo.',
  },
  problem_note_needed: {
    en: 'Drawer and books do not agree: say why in a note.',
    sw: 'Droo na vitabu havilingani: eleza sababu kwenye maelezo.',
  },
  problem_locked: { en: 'The screen is locked.', sw: 'Skrini imefungwa.' },
  problem_approval_needed: { en: 'This needs a supervisor.', sw: 'Hili linahitaji msimamizi.' },
  problem_approval_refused: {
    en: 'Name and PIN do not fit, or may not approve here.',
    sw: 'Jina na PIN havilingani, au haviruhusiwi kuidhinisha hapa.',
  },
  problem_code_refused: {
    en: 'This code is wrong, too old, or was used.',
    sw: 'Msimbo huu si sahihi, umepitwa na wakati, au ulishatumika.',
  },
} as const satisfies Record<string, { en: string; sw: string }>;

export type OfficeKey = keyof typeof OFFICE_SENTENCES;
