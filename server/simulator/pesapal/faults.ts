import type { PesapalFault } from './fault.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const NEVER = [] as const;

/** Everything that can go otherwise than hoped, one row each. A row is added here and in docs/simulator.md, nowhere else. */
export const PESAPAL_FAULTS = {
  'pesapal-pays': { digits: '001', sentence: 'Pays by itself after three seconds; nothing goes wrong.', ends: 'paid' },
  'pesapal-ignores': {
    digits: '002',
    sentence: 'Nobody answers the prompt; the order stays as it is, unpaid.',
    ends: 'ignored',
  },
  'pesapal-tries-twice': {
    digits: '003',
    sentence: 'The first try on the page is cancelled on the phone, the next one pays.',
    firstTry: 'cancelled',
  },
  'pesapal-back-first': {
    digits: '004',
    sentence: 'Paid; the browser is back at once, and only 20 seconds later anybody knows.',
    browser: 'atOnce',
    tells: [{ afterMs: 20 * SECOND_MS }],
  },

  'pesapal-cancelled': { digits: '101', sentence: 'Failed: request_terminated_by_user.', ends: 'cancelled' },
  'pesapal-funds': { digits: '102', sentence: 'Failed: insufficient_funds.', ends: 'funds' },
  'pesapal-pin': { digits: '103', sentence: 'Failed: invalid_pin.', ends: 'pin' },
  'pesapal-locked': { digits: '104', sentence: 'Failed: pin_locked.', ends: 'locked' },
  'pesapal-limit': { digits: '105', sentence: 'Failed: transaction_limit_exceeded.', ends: 'limit' },
  'pesapal-unreachable': { digits: '106', sentence: 'Failed: subscriber_not_reachable.', ends: 'unreachable' },
  'pesapal-busy': { digits: '107', sentence: 'Failed: another_transaction_in_progress.', ends: 'busy' },
  'pesapal-expired': { digits: '108', sentence: 'Failed: request_timed_out.', ends: 'expired' },
  'pesapal-card-declined': { digits: '109', sentence: 'Failed without a code, in the words of a bank.', ends: 'card' },
  'pesapal-silent': { digits: '110', sentence: 'Failed with neither a code nor a word.', ends: 'silent' },
  'pesapal-failed-first': {
    digits: '120',
    sentence: 'Paid; first it is told as failed, 30 seconds later as completed.',
    tells: [{ failure: 'unreachable' }, { afterMs: 30 * SECOND_MS }],
  },
  'pesapal-late': {
    digits: '121',
    sentence: 'Paid; Pesapal knows of it only 25 minutes later.',
    tells: [{ afterMs: 25 * MINUTE_MS }],
  },
  'pesapal-after-cancel': {
    digits: '122',
    sentence: 'Paid; Pesapal knows of it five seconds after the order was cancelled, which it accepts.',
    tells: [{ since: 'cancelled', afterMs: 5 * SECOND_MS }],
  },
  'pesapal-dollars': { digits: '130', sentence: 'Paid, but in US dollars.', charged: 'USD' },
  'pesapal-reversed': {
    digits: '140',
    sentence: 'Paid; a minute later somebody at Pesapal takes it back.',
    reversedAfterMs: MINUTE_MS,
  },

  'pesapal-notified-four-times': {
    digits: '201',
    sentence: 'Paid; the notification comes four times at once.',
    notifications: [{ copies: 4 }],
  },
  'pesapal-notified-again': {
    digits: '202',
    sentence: 'Paid; the notification comes again a minute later.',
    notifications: [{}, { afterMs: MINUTE_MS }],
  },
  'pesapal-notified-late': {
    digits: '203',
    sentence: 'Paid; the notification is ten minutes late.',
    notifications: [{ afterMs: 10 * MINUTE_MS }],
  },
  'pesapal-not-notified': { digits: '204', sentence: 'Paid; no notification ever comes.', notifications: NEVER },
  'pesapal-notified-early': {
    digits: '205',
    sentence: 'Paid; the only notification comes ten seconds before anything can be told.',
    tells: [{ afterMs: 11_500 }],
    notifications: [{ since: 'paid' }],
  },
  'pesapal-notified-before-back': {
    digits: '206',
    sentence: 'Paid; the browser is sent back when the notification has been answered.',
    browser: 'afterNotification',
  },
  'pesapal-notified-after-back': {
    digits: '207',
    sentence: 'Paid; the notification waits for the browser to be back.',
    notifications: [{ since: 'returned' }],
  },
  'pesapal-forged': {
    digits: '208',
    sentence: 'Paid; before the notification come two forged ones, of an unknown order and of a foreign reference.',
    notifications: [{ since: 'paid', forged: 'trackingId' }, { since: 'paid', forged: 'reference' }, {}],
    tells: [{ afterMs: 5 * SECOND_MS }],
  },

  'pesapal-answer-slow': {
    digits: '301',
    sentence: 'The order is answered after 12 seconds.',
    submit: { makesOrder: true, afterMs: 12 * SECOND_MS },
  },
  'pesapal-answer-hangs': {
    digits: '302',
    sentence: 'The order is there, and never answered; submitted again it is the same one.',
    submit: { makesOrder: true, answer: 'hang' },
  },
  'pesapal-answer-reset': {
    digits: '303',
    sentence: 'The order is there, and the connection breaks; submitted again it is the same one.',
    submit: { makesOrder: true, answer: 'reset' },
  },
  'pesapal-answer-html': {
    digits: '304',
    sentence: 'The order is there, although it was answered 502 and HTML; submitted again it is the same one.',
    submit: { makesOrder: true, answer: 'badGateway' },
  },
  'pesapal-answer-empty': {
    digits: '305',
    sentence: 'The order is there, although the answer was empty; submitted again it is the same one.',
    submit: { makesOrder: true, answer: 'emptyOk' },
  },
  'pesapal-answer-hangs-unmade': {
    digits: '306',
    sentence: 'The order is never answered and not there; submitted again it passes.',
    submit: { makesOrder: false, answer: 'hang', once: true },
  },
  'pesapal-answer-reset-unmade': {
    digits: '307',
    sentence: 'The connection breaks and the order is not there; submitted again it passes.',
    submit: { makesOrder: false, answer: 'reset', once: true },
  },
  'pesapal-answer-html-unmade': {
    digits: '308',
    sentence: '500 and HTML, and the order is not there; submitted again it passes.',
    submit: { makesOrder: false, answer: 'serverError', once: true },
  },
  'pesapal-answer-without-page': {
    digits: '309',
    sentence: 'The order is there; the answer has no redirect_url.',
    submit: { makesOrder: true, answer: 'withoutPage' },
  },
  'pesapal-answer-without-id': {
    digits: '310',
    sentence: 'The order is there; the answer has no order_tracking_id.',
    submit: { makesOrder: true, answer: 'withoutId' },
  },
  'pesapal-answer-foreign-page': {
    digits: '311',
    sentence: 'The order is there; the redirect_url leads to somebody else’s site.',
    submit: { makesOrder: true, answer: 'foreignPage' },
  },

  'pesapal-refused-parameters': {
    digits: '401',
    sentence: '200: invalid_api_request_parameters.',
    submit: { makesOrder: false, answer: 'invalidParameters' },
  },
  'pesapal-refused-limit': {
    digits: '402',
    sentence: '200: amount_exceeds_default_limit.',
    submit: { makesOrder: false, answer: 'overLimit' },
  },
  'pesapal-refused-test-limit': {
    digits: '403',
    sentence: '200: maximum_amount_limit_exceeded.',
    submit: { makesOrder: false, answer: 'overTestLimit' },
  },
  'pesapal-refused-test-account': {
    digits: '404',
    sentence: '200: TEST_TRANSACTIONS_EXCEEDED.',
    submit: { makesOrder: false, answer: 'testTransactionsExceeded' },
  },
  'pesapal-refused-unlisted': {
    digits: '405',
    sentence: '200: a code that no list mentions.',
    submit: { makesOrder: false, answer: 'unlisted' },
  },
  'pesapal-refused-firewall': {
    digits: '406',
    sentence: '403: a page of HTML from the firewall.',
    submit: { makesOrder: false, answer: 'firewall' },
  },
  'pesapal-refused-ipn-id': {
    digits: '407',
    sentence: '200: InvalidIpnId, whatever is registered.',
    submit: { makesOrder: false, answer: 'invalidIpnId' },
  },

  'pesapal-token-401': {
    digits: '501',
    sentence: '401: the token is no longer good; with a new one the order passes.',
    submit: { makesOrder: false, answer: 'badBearer401', once: true, killsTokens: true },
  },
  'pesapal-token-200': {
    digits: '502',
    sentence: '200: the same.',
    submit: { makesOrder: false, answer: 'badBearer200', once: true, killsTokens: true },
  },
  'pesapal-token-500': {
    digits: '503',
    sentence: '500: the same.',
    submit: { makesOrder: false, answer: 'badBearer500', once: true, killsTokens: true },
  },
  'pesapal-token-refused': {
    digits: '504',
    sentence: '401: every token is refused.',
    submit: { makesOrder: false, answer: 'badBearer401', killsTokens: true },
  },
  'pesapal-token-down': {
    digits: '505',
    sentence: 'The token is no longer good, and instead of a new one comes 502 and HTML.',
    submit: { makesOrder: false, answer: 'badBearer401', once: true, killsTokens: true },
    token: 'badGateway',
  },
  'pesapal-token-credentials': {
    digits: '506',
    sentence: 'The token is no longer good, and key and secret are wrong.',
    submit: { makesOrder: false, answer: 'badBearer401', once: true, killsTokens: true },
    token: 'invalidCredentials',
  },
  'pesapal-token-hour': {
    digits: '507',
    sentence: 'The token is no longer good; the new one claims an hour and dies after five minutes.',
    submit: { makesOrder: false, answer: 'badBearer401', once: true, killsTokens: true },
    token: 'hour',
  },
  'pesapal-ipn-forgotten': {
    digits: '511',
    sentence: '200: InvalidIpnId; registered anew, the order passes.',
    submit: { makesOrder: false, answer: 'invalidIpnId', once: true, forgetsUrls: true },
  },
  'pesapal-ipn-down': {
    digits: '512',
    sentence: '200: InvalidIpnId, and the registration is answered 500 and HTML, once.',
    submit: { makesOrder: false, answer: 'invalidIpnId', once: true, forgetsUrls: true },
    registration: 'serverError',
  },
  'pesapal-ipn-url': {
    digits: '513',
    sentence: '200: InvalidIpnId, and the registration is answered invalid_url, once.',
    submit: { makesOrder: false, answer: 'invalidIpnId', once: true, forgetsUrls: true },
    registration: 'invalidUrl',
  },

  'pesapal-status-slow': {
    digits: '601',
    sentence: 'Paid; the first two questions still hear "Pending Payment".',
    status: ['pending', 'pending', 'truth'],
  },
  'pesapal-status-silence': {
    digits: '602',
    sentence: 'Paid; whoever asks hears "Pending Payment" for ever.',
    status: ['pending'],
  },
  'pesapal-status-html': {
    digits: '603',
    sentence: 'Paid; the first three questions get 502 and HTML.',
    status: ['badGateway', 'badGateway', 'badGateway', 'truth'],
  },
  'pesapal-status-hangs': {
    digits: '604',
    sentence: 'Paid; the first question is never answered.',
    status: ['hang', 'truth'],
  },
  'pesapal-status-reset': {
    digits: '605',
    sentence: 'Paid; the connection breaks at the first question.',
    status: ['reset', 'truth'],
  },
  'pesapal-status-token': {
    digits: '606',
    sentence: 'Paid; the first question hears that its token is no longer good, under HTTP 200.',
    status: ['badBearer200', 'truth'],
  },
  'pesapal-status-rate': {
    digits: '607',
    sentence: 'Paid; the first two questions get 429.',
    status: ['rateLimited', 'rateLimited', 'truth'],
  },
  'pesapal-status-upper': {
    digits: '611',
    sentence: 'Paid; it is COMPLETED, as in the documentation.',
    looks: 'upperCase',
  },
  'pesapal-status-old': {
    digits: '612',
    sentence: 'Paid; there is no account_number, and error is null.',
    looks: 'older',
  },
  'pesapal-status-strings': {
    digits: '613',
    sentence: 'Paid; every number in the status is a string.',
    looks: 'strings',
  },
  'pesapal-status-extra': {
    digits: '614',
    sentence: 'Paid; the status has keys that nobody knows.',
    looks: 'extraKeys',
  },
  'pesapal-status-unlisted': {
    digits: '615',
    sentence: 'Paid; status_code is 7, which no list mentions.',
    looks: 'unlisted',
  },
  'pesapal-status-pending': {
    digits: '616',
    sentence: 'Paid; status_code is 0 and the description "Pending", without an error.',
    looks: 'pendingWord',
  },
  'pesapal-status-amount': {
    digits: '621',
    sentence: 'Paid; the status tells a shilling less than was taken.',
    looks: 'wrongAmount',
  },
  'pesapal-status-reference': {
    digits: '622',
    sentence: 'Paid; the status carries another merchant_reference.',
    looks: 'wrongReference',
  },
  'pesapal-status-order': {
    digits: '623',
    sentence: 'Paid; the status carries another order_tracking_id.',
    looks: 'wrongTrackingId',
  },
  'pesapal-status-without-code': {
    digits: '624',
    sentence: 'Paid; the confirmation_code is empty.',
    looks: 'withoutCode',
  },
  'pesapal-status-others-code': {
    digits: '625',
    sentence: 'Paid; the status carries the confirmation_code of the payment before.',
    looks: 'othersCode',
  },

  'pesapal-cancel-refused': {
    digits: '701',
    sentence: 'Cancelling the unpaid order is refused.',
    cancel: { answer: 'cannotBeCancelled', cancels: false },
  },
  'pesapal-cancel-html': {
    digits: '702',
    sentence: 'Cancelling is answered 502 and HTML, and nothing is cancelled.',
    cancel: { answer: 'badGateway', cancels: false },
  },
  'pesapal-cancel-html-done': {
    digits: '703',
    sentence: 'The order is cancelled, although it was answered 502 and HTML.',
    cancel: { answer: 'badGateway', cancels: true },
  },
  'pesapal-cancel-hangs': {
    digits: '704',
    sentence: 'The order is cancelled, and that is never answered.',
    cancel: { answer: 'hang', cancels: true },
  },
  'pesapal-cancel-reset': {
    digits: '705',
    sentence: 'The order is cancelled, and the connection breaks.',
    cancel: { answer: 'reset', cancels: true },
  },

  'pesapal-refund-amount': {
    digits: '801',
    sentence: 'Paid; giving it back is refused: invalid amount.',
    refund: { answer: 'refundInvalidAmount', received: false },
  },
  'pesapal-refund-already': {
    digits: '802',
    sentence: 'Paid, and given back; somebody else has asked for it already.',
    refund: { answer: 'refundReceivedAlready', received: true },
  },
  'pesapal-refund-parameters': {
    digits: '803',
    sentence: 'Paid; giving it back is refused: invalid_api_request_parameters.',
    refund: { answer: 'invalidParameters', received: false },
  },
  'pesapal-refund-html': {
    digits: '804',
    sentence: 'Paid; giving it back is answered 502 and HTML, and that is all.',
    refund: { answer: 'badGateway', received: false },
  },
  'pesapal-refund-html-done': {
    digits: '805',
    sentence: 'Paid, and given back, although that was answered 502 and HTML.',
    refund: { answer: 'badGateway', received: true },
  },
  'pesapal-refund-hangs': {
    digits: '806',
    sentence: 'Paid, and given back; the request for it is never answered.',
    refund: { answer: 'hang', received: true },
  },
  'pesapal-refund-reset': {
    digits: '807',
    sentence: 'Paid, and given back; the connection breaks instead of an answer.',
    refund: { answer: 'reset', received: true },
  },
  'pesapal-refund-unapproved': {
    digits: '808',
    sentence: 'Paid; giving it back is accepted, and never approved.',
    refund: { received: true, approvedAfterMs: 'never' },
  },
  'pesapal-refund-slow': {
    digits: '809',
    sentence: 'Paid, and given back an hour later.',
    refund: { received: true, approvedAfterMs: 60 * MINUTE_MS },
  },
  'pesapal-refund-silent': {
    digits: '810',
    sentence: 'Paid, and given back; no notification tells so.',
    refund: { received: true, silent: true },
  },
} as const satisfies Record<string, PesapalFault>;

export type PesapalFaultName = keyof typeof PESAPAL_FAULTS;
export const PESAPAL_FAULT_NAMES = Object.keys(PESAPAL_FAULTS) as PesapalFaultName[];

/** The rows as plain faults, for those who do not care which one it is. */
export function pesapalFaultCalled(name: PesapalFaultName): PesapalFault {
  return PESAPAL_FAULTS[name];
}
