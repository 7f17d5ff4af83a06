import type { FaultName } from '../../server/simulator/faults.ts';

/** What a push to the row's magic number leads to within eleven minutes of the customer's doing nothing else. */
export interface Story {
  push: string;
  /** The result codes as they stand in the callbacks. */
  callbacks: string[];
  debits: number;
  /** What the first callback must look like. */
  looks?: RegExp;
  /** The answers to queries, one after the other, once all is over. */
  queries?: string[];
}

export const accepted = 'accepted';
const paid: Story = { push: accepted, callbacks: ['0'], debits: 1 };
const paidUnheard: Story = { push: accepted, callbacks: [], debits: 1, queries: ['0'] };
const paidUnsaid: Story = { push: 'reset', callbacks: [], debits: 1, queries: ['0'] };
const ends = (code: string): Story => ({ push: accepted, callbacks: [code], debits: 0, queries: [code] });
const looks = (pattern: RegExp): Story => ({ ...paid, looks: pattern });
const refused = (push: string): Story => ({ push, callbacks: [], debits: 0 });

const RECEIPT = '\\{"Name":"MpesaReceiptNumber","Value":"[A-Z0-9]{10}"\\}';

/** One story a row: the compiler sees to it that none is left out. */
export const STORIES: Record<FaultName, Story> = {
  pays: paid,
  ignores: ends('1037'),

  'result-1': ends('1'),
  'result-2': ends('2'),
  'result-3': ends('3'),
  'result-4': ends('4'),
  'result-8': ends('8'),
  'result-17': ends('17'),
  'result-1019': ends('1019'),
  'result-1025': ends('1025'),
  'result-1032': ends('1032'),
  'result-1037': ends('1037'),
  'result-2001': ends('2001'),
  'result-2028': ends('2028'),
  'result-8006': ends('8006'),
  'result-sfc': { ...ends('"SFC_IC0003"'), queries: ['SFC_IC0003'] },
  'result-26': ends('26'),
  'result-1001': ends('1001'),
  'result-1031': ends('1031'),
  'result-1036': ends('1036'),
  'result-9999': ends('9999'),
  'result-unknown': ends('7777'),

  'callback-without-balance': looks(/^(?!.*Balance).*"Amount","Value":1350\.00\}/),
  'callback-reordered': looks(/"Item":\[\{"Name":"PhoneNumber".*"Name":"Amount","Value":1350\.00\}\]/),
  'callback-whole-amount': looks(/"Name":"Amount","Value":1350\}/),
  'callback-balance-text': looks(/"Name":"Balance","Value":"\{Amount=\{BasicAmount=123\.45/),
  'callback-masked-phone': looks(/"Name":"PhoneNumber","Value":"254700\*\*\*205"/),
  'callback-strings': {
    ...looks(/"Value":"1350\.00"\}.*"TransactionDate","Value":"\d{14}".*"PhoneNumber","Value":"2547\d{8}"/),
    callbacks: ['"0"'],
  },
  'callback-extra-keys': looks(/"Name":"Promotion","Value":\{"Points":7\}\}\]\},"Channel":"SIM"\}\}\}$/),
  'callback-four-times': { ...paid, callbacks: ['0', '0', '0', '0'] },
  'callback-again-later': { ...paid, callbacks: ['0', '0'] },
  'callback-then-failure': { ...paid, callbacks: ['0', '1032'] },
  'callback-after-failure': { ...paid, callbacks: ['1037', '0'] },
  'callback-late': paid,
  'callback-late-alone': { ...paid, queries: ['4999', '4999'] },
  'callback-lost': paidUnheard,
  silence: { ...paidUnheard, queries: ['4999', '4999', '4999'] },
  'callback-wrong-amount': looks(/"Name":"Amount","Value":1349\.00\}/),
  'callback-wrong-ids': looks(/"CheckoutRequestID":"ws_CO_22112026133400000700000221\d"/),
  'callback-no-items': looks(/"CallbackMetadata":\{"Item":\[\]\}/),
  'callback-no-metadata': looks(/"ResultDesc":"[^"]+"\}\}\}$/),
  'callback-without-receipt': looks(/^(?!.*MpesaReceiptNumber).*"Amount"/),
  'callback-others-receipt': looks(new RegExp(RECEIPT)),
  'callback-not-json': { ...paid, callbacks: ['?'], looks: /^ResultCode=0&/, queries: ['0'] },

  'answer-after-callback': paid,
  'answer-after-failure': ends('1037'),
  'answer-slow': { ...paid, push: 'hang' },
  'answer-hangs': { ...paid, push: 'hang' },
  'answer-reset': { ...paid, push: 'reset' },
  'answer-and-callback-lost': { ...paid, push: 'reset', callbacks: [] },
  'answer-reset-unpaid': refused('reset'),
  'answer-hangs-unpaid': refused('hang'),
  'answer-error-paid': { ...paid, push: '500 500.001.1001 Internal Server Error' },
  'answer-busy-paid': { ...paid, push: '500 500.003.02 System is busy. Please try again in few minutes.' },
  'answer-empty-paid': { ...paid, push: '200 empty' },
  'answer-without-id': { ...paid, push: 'accepted without id' },
  'answer-numeric-code': { ...paid, push: 'accepted with a number' },

  'refused-phone': refused('400 400.002.02 Bad Request - Invalid PhoneNumber'),
  'refused-short-code': refused('400 400.002.02 Bad Request - Invalid BusinessShortCode'),
  'refused-merchant': refused('500 500.001.1001 Merchant does not exist'),
  'refused-credentials': refused('500 500.001.1001 Wrong credentials'),
  'refused-locked': refused(
    '500 500.001.1001 Unable to lock subscriber, a transaction is already in process for the current subscriber',
  ),
  'refused-internal-error': refused('500 500.001.1001 Internal Server Error'),
  'refused-generic-error': refused('500 500.003.1001 Internal Server Error'),
  'refused-busy': refused('500 500.003.02 System is busy. Please try again in few minutes.'),
  'refused-spike': refused('500 500.003.02 Error Occurred: Spike Arrest Violation'),
  'refused-quota': refused('500 500.003.03 Quota Violation'),
  'refused-rate': refused('429 fault'),
  'refused-firewall': refused('503 html'),
  'refused-firewall-403': refused('403 html'),
  'refused-empty': refused('200 empty'),
  'refused-xml': refused('500 xml'),
  'refused-code': refused('200 with ResponseCode 1'),

  'token-expired': refused('404 404.001.03 Invalid Access Token'),
  'token-expired-400': refused('400 400.003.01 Invalid Access Token'),
  'token-expired-401': refused('401 401.002.01 Error Occurred - Invalid Access Token - no such token'),
  'token-refused': refused('404 404.001.03 Invalid Access Token'),
  'oauth-down': refused('404 404.001.03 Invalid Access Token'),
  'oauth-credentials': refused('404 404.001.03 Invalid Access Token'),
  'oauth-numeric-expiry': refused('404 404.001.03 Invalid Access Token'),

  'query-slow-truth': { ...paidUnheard, queries: ['500 500.001.1001 The transaction is being processed', '4999', '0'] },
  'query-too-early': { ...paidUnheard, queries: ['400 400.002.02 Bad Request - Invalid CheckoutRequestID', '0', '0'] },
  'query-rate': { ...paidUnheard, queries: ['429 fault', '429 fault', '429 fault', '0'] },
  'query-denies': { ...paid, queries: ['1032', '1032'] },
  'query-denies-first': { ...paid, queries: ['1037', '1037'] },
  'query-claims': { ...ends('1037'), queries: ['0', '0'] },
  'query-down': { ...paidUnheard, queries: ['503 html', '503 html', '503 html', '0'] },
  'query-failure': { push: accepted, callbacks: [], debits: 0, queries: ['1032'] },

  'twin-first': paid,
  'twin-at-once': paid,
  'twin-only': paidUnheard,
  'twin-never': paid,

  'reversal-insufficient': paid,
  'reversal-not-allowed': paid,
  'reversal-already': paid,
  'reversal-unknown': paid,
  'reversal-initiator': paid,
  'reversal-locked': paid,
  'reversal-unlisted': paid,
  'reversal-one-parameter': paid,
  'reversal-strings': paid,
  'reversal-odd': paid,
  'reversal-timeout': paid,
  'reversal-timeout-only': paid,
  'reversal-silent': paid,
  'reversal-twice': paid,
  'reversal-reset': paid,
  'reversal-reset-silent': paid,
  'reversal-error': paid,
  'reversal-spike': paid,

  'statement-empty': paidUnsaid,
  'statement-odd': paidUnsaid,
  'statement-error': paidUnsaid,
  'statement-rate': paidUnsaid,
  'statement-slow': paidUnsaid,
};
