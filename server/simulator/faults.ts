import type { Fault } from './fault.ts';

const MINUTE_MS = 60_000;
const NEVER = [] as const;

/** Everything that can go otherwise than hoped, one row each. A row is added here and in docs/simulator.md, nowhere else. */
export const FAULTS = {
  pays: { digits: '001', sentence: 'Pays by itself after three seconds; nothing goes wrong.', ends: 'paid' },
  ignores: { digits: '002', sentence: 'Nobody answers the prompt: 1037 when its time is over.', ends: 'ignored' },

  'result-1': { digits: '101', sentence: '1: not enough money.', ends: '1' },
  'result-2': { digits: '102', sentence: '2: below the smallest amount.', ends: '2' },
  'result-3': { digits: '103', sentence: '3: above the largest amount.', ends: '3' },
  'result-4': { digits: '104', sentence: '4: the daily limit is reached.', ends: '4' },
  'result-8': { digits: '108', sentence: '8: the merchant’s account is full.', ends: '8' },
  'result-17': { digits: '117', sentence: '17: the same amount twice within two minutes.', ends: '17' },
  'result-1019': { digits: '119', sentence: '1019: expired before it was processed.', ends: '1019' },
  'result-1025': { digits: '125', sentence: '1025: the prompt could not be sent.', ends: '1025' },
  'result-1032': { digits: '132', sentence: '1032: the customer cancels.', ends: '1032' },
  'result-1037': { digits: '137', sentence: '1037: the phone cannot be reached.', ends: '1037' },
  'result-2001': { digits: '121', sentence: '2001: wrong PIN.', ends: '2001' },
  'result-2028': { digits: '128', sentence: '2028: not permitted for this product.', ends: '2028' },
  'result-8006': { digits: '186', sentence: '8006: the PIN is locked.', ends: '8006' },
  'result-sfc': { digits: '133', sentence: 'SFC_IC0003: a code with letters in it.', ends: 'SFC_IC0003' },
  'result-26': { digits: '126', sentence: '26: the system is too busy.', ends: '26' },
  'result-1001': { digits: '110', sentence: '1001: another request is open on the phone.', ends: '1001' },
  'result-1031': { digits: '131', sentence: '1031: no PIN in time, in other words.', ends: '1031' },
  'result-1036': { digits: '136', sentence: '1036: the phone did not acknowledge the prompt.', ends: '1036' },
  'result-9999': { digits: '199', sentence: '9999: another name for 1025.', ends: '9999' },
  'result-unknown': { digits: '177', sentence: '7777: a code that no list mentions.', ends: '7777' },

  'callback-without-balance': {
    digits: '201',
    sentence: 'Paid; the callback has no Balance item.',
    callbacks: [{ shape: 'withoutBalance' }],
  },
  'callback-reordered': {
    digits: '202',
    sentence: 'Paid; the callback’s items come in another order.',
    callbacks: [{ shape: 'reordered' }],
  },
  'callback-whole-amount': {
    digits: '203',
    sentence: 'Paid; Amount is 1350, not 1350.00.',
    callbacks: [{ shape: 'wholeAmount' }],
  },
  'callback-balance-text': {
    digits: '204',
    sentence: 'Paid; Balance is a text with braces.',
    callbacks: [{ shape: 'balanceText' }],
  },
  'callback-masked-phone': {
    digits: '205',
    sentence: 'Paid; the phone number is masked.',
    callbacks: [{ shape: 'maskedPhone' }],
  },
  'callback-strings': {
    digits: '206',
    sentence: 'Paid; every number in the callback is a string, ResultCode too.',
    callbacks: [{ shape: 'strings' }],
  },
  'callback-extra-keys': {
    digits: '207',
    sentence: 'Paid; the callback has keys that nobody knows.',
    callbacks: [{ shape: 'extraKeys' }],
  },
  'callback-four-times': {
    digits: '210',
    sentence: 'Paid; the callback comes four times at once.',
    callbacks: [{ copies: 4 }],
  },
  'callback-again-later': {
    digits: '211',
    sentence: 'Paid; the callback comes again a minute later.',
    callbacks: [{}, { afterMs: MINUTE_MS }],
  },
  'callback-then-failure': {
    digits: '212',
    sentence: 'Paid; five seconds after the success a second callback says cancelled.',
    callbacks: [{}, { afterMs: 5_000, says: '1032' }],
  },
  'callback-after-failure': {
    digits: '213',
    sentence: 'Paid; a first callback says unreachable, the success follows 30 seconds later.',
    callbacks: [{ says: '1037' }, { afterMs: 30_000 }],
  },
  'callback-late': {
    digits: '214',
    sentence: 'Paid; the callback is ten minutes late.',
    callbacks: [{ afterMs: 10 * MINUTE_MS }],
  },
  'callback-late-alone': {
    digits: '217',
    sentence: 'Paid; the callback is ten minutes late, and until then queries say "still going": the hold may be over.',
    callbacks: [{ afterMs: 10 * MINUTE_MS }],
    query: ['stillGoing'],
  },
  'callback-lost': {
    digits: '215',
    sentence: 'Paid; the callback never comes, a query tells the truth.',
    callbacks: NEVER,
  },
  silence: {
    digits: '216',
    sentence: 'Paid; the callback never comes and queries say "still going" for ever.',
    callbacks: NEVER,
    query: ['stillGoing'],
  },
  'callback-wrong-amount': {
    digits: '220',
    sentence: 'Paid; the callback tells a shilling less than was taken.',
    callbacks: [{ shape: 'wrongAmount' }],
  },
  'callback-wrong-ids': {
    digits: '221',
    sentence: 'Paid; the callback carries ids that nobody knows.',
    callbacks: [{ shape: 'wrongIds' }],
  },
  'callback-no-items': {
    digits: '222',
    sentence: 'Paid; the callback’s list of items is empty.',
    callbacks: [{ shape: 'noItems' }],
  },
  'callback-no-metadata': {
    digits: '223',
    sentence: 'Paid; the callback says 0 and nothing more.',
    callbacks: [{ shape: 'noMetadata' }],
  },
  'callback-without-receipt': {
    digits: '224',
    sentence: 'Paid; the receipt number is missing.',
    callbacks: [{ shape: 'withoutReceipt' }],
  },
  'callback-others-receipt': {
    digits: '225',
    sentence: 'Paid; the callback carries the receipt number of the payment before.',
    callbacks: [{ shape: 'othersReceipt' }],
  },
  'callback-not-json': {
    digits: '226',
    sentence: 'Paid; the callback is no JSON, a query tells the truth.',
    callbacks: [{ shape: 'notJson' }],
  },

  'answer-after-callback': {
    digits: '301',
    sentence: 'Paid at once; the callback arrives before the push is answered.',
    push: { prompt: true, afterCallback: true },
  },
  'answer-after-failure': {
    digits: '302',
    sentence: 'Unreachable at once; that callback arrives before the push is answered.',
    ends: '1037',
    push: { prompt: true, afterCallback: true },
  },
  'answer-slow': {
    digits: '303',
    sentence: 'Paid; the push is answered after 12 seconds.',
    push: { prompt: true, afterMs: 12_000 },
  },
  'answer-hangs': {
    digits: '304',
    sentence: 'Paid; the push is never answered, the callback comes.',
    push: { prompt: true, answer: 'hang' },
  },
  'answer-reset': {
    digits: '305',
    sentence: 'Paid; the connection breaks instead of an answer, the callback comes.',
    push: { prompt: true, answer: 'reset' },
  },
  'answer-and-callback-lost': {
    digits: '306',
    sentence: 'Paid; neither an answer nor a callback ever comes.',
    push: { prompt: true, answer: 'reset' },
    callbacks: NEVER,
  },
  'answer-reset-unpaid': {
    digits: '307',
    sentence: 'The connection breaks and nothing reached the phone.',
    push: { prompt: false, answer: 'reset' },
  },
  'answer-hangs-unpaid': {
    digits: '308',
    sentence: 'The push is never answered and nothing reached the phone.',
    push: { prompt: false, answer: 'hang' },
  },
  'answer-error-paid': {
    digits: '309',
    sentence: 'Paid, although the push was answered "Internal Server Error".',
    push: { prompt: true, answer: 'internalError' },
  },
  'answer-busy-paid': {
    digits: '310',
    sentence: 'Paid, although the push was answered "System is busy".',
    push: { prompt: true, answer: 'systemBusy' },
  },
  'answer-empty-paid': {
    digits: '311',
    sentence: 'Paid, although the answer to the push was empty.',
    push: { prompt: true, answer: 'emptyOk' },
  },
  'answer-without-id': {
    digits: '312',
    sentence: 'Paid; the push was accepted without a CheckoutRequestID.',
    push: { prompt: true, answer: 'withoutId' },
  },
  'answer-numeric-code': {
    digits: '313',
    sentence: 'Paid; ResponseCode is the number 0, not a string.',
    push: { prompt: true, answer: 'numericCode' },
  },

  'refused-phone': {
    digits: '401',
    sentence: '400: invalid PhoneNumber.',
    push: { prompt: false, answer: 'invalidPhone' },
  },
  'refused-short-code': {
    digits: '402',
    sentence: '400: invalid BusinessShortCode.',
    push: { prompt: false, answer: 'invalidShortCode' },
  },
  'refused-merchant': {
    digits: '403',
    sentence: '500: the merchant does not exist.',
    push: { prompt: false, answer: 'unknownMerchant' },
  },
  'refused-credentials': {
    digits: '404',
    sentence: '500: wrong credentials.',
    push: { prompt: false, answer: 'wrongCredentials' },
  },
  'refused-locked': {
    digits: '405',
    sentence: '500: another request is open on the phone.',
    push: { prompt: false, answer: 'subscriberLocked' },
  },
  'refused-internal-error': {
    digits: '406',
    sentence: '500.001.1001: internal server error, nothing reached the phone.',
    push: { prompt: false, answer: 'internalError' },
  },
  'refused-generic-error': {
    digits: '407',
    sentence: '500.003.1001: internal server error, nothing reached the phone.',
    push: { prompt: false, answer: 'genericError' },
  },
  'refused-busy': {
    digits: '408',
    sentence: '500: the system is busy, nothing reached the phone.',
    push: { prompt: false, answer: 'systemBusy' },
  },
  'refused-spike': {
    digits: '409',
    sentence: '500: spike arrest.',
    push: { prompt: false, answer: 'spikeArrest' },
  },
  'refused-quota': { digits: '410', sentence: '500: quota.', push: { prompt: false, answer: 'quota' } },
  'refused-rate': {
    digits: '411',
    sentence: '429: Apigee’s spike arrest, in its own shape.',
    push: { prompt: false, answer: 'rateLimited' },
  },
  'refused-firewall': {
    digits: '412',
    sentence: '503: a page of HTML from the firewall.',
    push: { prompt: false, answer: 'firewall' },
  },
  'refused-firewall-403': {
    digits: '416',
    sentence: '403: the same page of HTML.',
    push: { prompt: false, answer: 'forbidden' },
  },
  'refused-empty': {
    digits: '413',
    sentence: '200 with an empty body, nothing reached the phone.',
    push: { prompt: false, answer: 'emptyOk' },
  },
  'refused-xml': {
    digits: '414',
    sentence: '500: an XML fault dressed as JSON.',
    push: { prompt: false, answer: 'xmlFault' },
  },
  'refused-code': {
    digits: '415',
    sentence: '200 with ResponseCode 1.',
    push: { prompt: false, answer: 'notAccepted' },
  },

  'token-expired': {
    digits: '501',
    sentence: '404: the token has just expired; paid once there is a new one.',
    token: { refusal: 'invalidToken', until: 'renewed' },
  },
  'token-expired-400': {
    digits: '502',
    sentence: '400: the same in other words.',
    token: { refusal: 'invalidToken400', until: 'renewed' },
  },
  'token-expired-401': {
    digits: '503',
    sentence: '401: the same in yet other words.',
    token: { refusal: 'invalidToken401', until: 'renewed' },
  },
  'token-refused': {
    digits: '504',
    sentence: '404: every token is refused.',
    token: { refusal: 'invalidToken', until: 'forever' },
  },
  'oauth-down': {
    digits: '505',
    sentence: 'The token has expired, and there is no new one: 503 from the firewall.',
    token: { refusal: 'invalidToken', until: 'forever' },
    oauth: 'firewall',
  },
  'oauth-credentials': {
    digits: '506',
    sentence: 'The token has expired, and key and secret are wrong: 400, empty.',
    token: { refusal: 'invalidToken', until: 'forever' },
    oauth: 'emptyBadRequest',
  },
  'oauth-numeric-expiry': {
    digits: '507',
    sentence: 'The token has expired; the new one’s expires_in is a number. Paid.',
    token: { refusal: 'invalidToken', until: 'renewed' },
    oauth: 'numericExpiry',
  },

  'query-slow-truth': {
    digits: '601',
    sentence: 'Paid, no callback; queries say "being processed", then 4999, then 0.',
    callbacks: NEVER,
    query: [{ refusal: 'beingProcessed' }, 'stillGoing', 'truth'],
  },
  'query-too-early': {
    digits: '602',
    sentence: 'Paid, no callback; the first query does not know the id yet.',
    callbacks: NEVER,
    query: [{ refusal: 'invalidCheckout' }, 'truth'],
  },
  'query-rate': {
    digits: '603',
    sentence: 'Paid, no callback; the first three queries get 429.',
    callbacks: NEVER,
    query: [{ refusal: 'rateLimited' }, { refusal: 'rateLimited' }, { refusal: 'rateLimited' }, 'truth'],
  },
  'query-denies': {
    digits: '604',
    sentence: 'Paid, with a callback; queries insist that it was cancelled.',
    query: [{ says: '1032' }],
  },
  'query-denies-first': {
    digits: '605',
    sentence: 'Paid; queries say unreachable from the start, the callback comes two minutes late.',
    callbacks: [{ afterMs: 2 * MINUTE_MS }],
    query: [{ says: '1037' }],
  },
  'query-claims': {
    digits: '606',
    sentence: 'Not paid (1037 when the prompt ends), but queries say 0 from the start.',
    ends: 'ignored',
    query: [{ says: '0' }],
  },
  'query-down': {
    digits: '607',
    sentence: 'Paid, no callback; queries get 503 and HTML, three times.',
    callbacks: NEVER,
    query: [{ refusal: 'firewall' }, { refusal: 'firewall' }, { refusal: 'firewall' }, 'truth'],
  },
  'query-failure': {
    digits: '608',
    sentence: 'Cancelled, no callback; queries tell so.',
    ends: '1032',
    callbacks: NEVER,
  },

  'twin-first': {
    digits: '701',
    sentence: 'Paid; the confirmation comes before the callback.',
    twin: 'first',
  },
  'twin-at-once': {
    digits: '702',
    sentence: 'Paid; confirmation and callback come at the same moment.',
    twin: 'atOnce',
  },
  'twin-only': {
    digits: '703',
    sentence: 'Paid; the confirmation comes, the callback never.',
    callbacks: NEVER,
  },
  'twin-never': {
    digits: '704',
    sentence: 'Paid; the callback comes, the confirmation never.',
    twin: 'never',
  },

  'reversal-insufficient': {
    digits: '801',
    sentence: 'Paid; giving it back fails with 1: not enough in the merchant’s account.',
    reversal: { ends: '1' },
  },
  'reversal-not-allowed': {
    digits: '821',
    sentence: 'Paid; giving it back fails with 21: the initiator may not.',
    reversal: { ends: '21' },
  },
  'reversal-already': {
    digits: '811',
    sentence: 'Paid; giving it back ends in R000001: somebody else already has.',
    reversal: { ends: 'R000001' },
  },
  'reversal-unknown': {
    digits: '812',
    sentence: 'Paid; giving it back fails with R000002: no such payment.',
    reversal: { ends: 'R000002' },
  },
  'reversal-initiator': {
    digits: '820',
    sentence: 'Paid; giving it back fails with 2001: the initiator is not the one.',
    reversal: { ends: '2001' },
  },
  'reversal-locked': {
    digits: '886',
    sentence: 'Paid; giving it back fails with 8006: the initiator is locked.',
    reversal: { ends: '8006' },
  },
  'reversal-unlisted': {
    digits: '877',
    sentence: 'Paid; giving it back ends in 7777, a code that no list mentions. No money goes back.',
    reversal: { ends: '7777' },
  },
  'reversal-one-parameter': {
    digits: '831',
    sentence: 'Paid, and given back; the result’s list of parameters is a single object.',
    reversal: { shape: 'oneParameter' },
  },
  'reversal-strings': {
    digits: '832',
    sentence: 'Paid, and given back; every number in the result is a string.',
    reversal: { shape: 'strings' },
  },
  'reversal-odd': {
    digits: '833',
    sentence:
      'Paid, and given back; the result has parameters twice, without a value, and lists where objects should be.',
    reversal: { shape: 'odd' },
  },
  'reversal-timeout': {
    digits: '841',
    sentence: 'Paid, and given back; the time-out URL is called first, the result comes a minute later.',
    reversal: { arrives: 'timeoutFirst' },
  },
  'reversal-timeout-only': {
    digits: '844',
    sentence: 'Paid, and given back; the time-out URL is called, and no result ever comes.',
    reversal: { arrives: 'timeoutOnly' },
  },
  'reversal-silent': {
    digits: '842',
    sentence: 'Paid, and given back; no result ever comes.',
    reversal: { arrives: 'never' },
  },
  'reversal-twice': {
    digits: '843',
    sentence: 'Paid, and given back; the result comes twice at once.',
    reversal: { arrives: 'twice' },
  },
  'reversal-reset': {
    digits: '851',
    sentence: 'Paid, and given back; the connection breaks instead of an acknowledgement, the result comes.',
    reversal: { answer: 'reset' },
  },
  'reversal-reset-silent': {
    digits: '852',
    sentence: 'Paid, and given back; neither an acknowledgement nor a result ever comes.',
    reversal: { answer: 'reset', arrives: 'never' },
  },
  'reversal-error': {
    digits: '853',
    sentence: 'Paid; giving it back is answered "Internal Server Error", and that is all.',
    reversal: { answer: 'internalError', forgotten: true },
  },
  'reversal-spike': {
    digits: '854',
    sentence: 'Paid; giving it back is refused: spike arrest.',
    reversal: { answer: 'spikeArrest', forgotten: true },
  },

  'statement-empty': {
    digits: '901',
    sentence: 'Paid, and only a statement tells; the next one is empty.',
    push: { prompt: true, answer: 'reset' },
    callbacks: NEVER,
    statement: 'empty',
  },
  'statement-odd': {
    digits: '902',
    sentence: 'Paid, and only a statement tells; the next one has rows that are none.',
    push: { prompt: true, answer: 'reset' },
    callbacks: NEVER,
    statement: 'odd',
  },
  'statement-error': {
    digits: '903',
    sentence: 'Paid, and only a statement tells; the next one is a 500.',
    push: { prompt: true, answer: 'reset' },
    callbacks: NEVER,
    statement: 'internalError',
  },
  'statement-rate': {
    digits: '904',
    sentence: 'Paid, and only a statement tells; the next one is a 429.',
    push: { prompt: true, answer: 'reset' },
    callbacks: NEVER,
    statement: 'rateLimited',
  },
  'statement-slow': {
    digits: '905',
    sentence: 'Paid, and only a statement tells; the next one takes half a minute.',
    push: { prompt: true, answer: 'reset' },
    callbacks: NEVER,
    statement: 'slow',
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** The rows as plain faults, for those who do not care which one it is. */
export function faultCalled(name: FaultName): Fault {
  return FAULTS[name];
}
