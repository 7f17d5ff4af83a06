import type { PesapalFaultName } from '../../server/simulator/pesapal/faults.ts';

/** What an order under the row's magic number leads to, when it is submitted, paid on its page and left alone for half an hour. */
export interface Story {
  /** The answers to its being submitted again and again, each time with a new token and a new registration. */
  submit: string[];
  /** The answers to questions one after the other, once all is over. */
  status: string[];
  debits: number;
  /** How often the merchant is notified, forgeries included. */
  notified: number;
  /** What the last status must look like. */
  looks?: RegExp;
}

const accepted = '200 ok';
const PENDING = '200 payment_details_not_found';
const COMPLETED = '200 Completed';
const paid: Story = { submit: [accepted], status: [COMPLETED], debits: 1, notified: 1 };
const looks = (pattern: RegExp): Story => ({ ...paid, looks: pattern });
const failed = (pattern: RegExp): Story => ({ ...paid, status: ['200 Failed'], debits: 0, looks: pattern });
const code = (name: string) => failed(new RegExp(`"status_code":2,.*"payment_status_code":"${name}"`));
const refused = (...submit: string[]): Story => ({ submit, status: [], debits: 0, notified: 0 });
const lost = (answer: string): Story => ({ ...paid, submit: [answer, accepted, accepted] });
const asked = (...status: string[]): Story => ({ ...paid, status });

/** One story a row: the compiler sees to it that none is left out. */
export const PESAPAL_STORIES: Record<PesapalFaultName, Story> = {
  'pesapal-pays': paid,
  'pesapal-ignores': { ...paid, status: [PENDING, PENDING], debits: 0, notified: 0 },
  'pesapal-tries-twice': code('request_terminated_by_user'),
  'pesapal-back-first': paid,

  'pesapal-cancelled': code('request_terminated_by_user'),
  'pesapal-funds': code('insufficient_funds'),
  'pesapal-pin': code('invalid_pin'),
  'pesapal-locked': code('pin_locked'),
  'pesapal-limit': code('transaction_limit_exceeded'),
  'pesapal-unreachable': code('subscriber_not_reachable'),
  'pesapal-busy': code('another_transaction_in_progress'),
  'pesapal-expired': code('request_timed_out'),
  'pesapal-card-declined': failed(/"description":"The card was declined by its bank\.".*"payment_status_code":""/),
  'pesapal-silent': failed(/"description":null,.*"payment_status_code":""/),
  'pesapal-failed-first': { ...paid, notified: 2 },
  'pesapal-late': paid,
  'pesapal-after-cancel': { ...paid, status: [PENDING, PENDING], notified: 0 },
  'pesapal-dollars': looks(/"amount":6\.00,.*"currency":"USD"/),
  'pesapal-reversed': { ...paid, status: ['200 Reversed'], notified: 2, looks: /"status_code":3/ },

  'pesapal-notified-four-times': { ...paid, notified: 4 },
  'pesapal-notified-again': { ...paid, notified: 2 },
  'pesapal-notified-late': paid,
  'pesapal-not-notified': { ...paid, notified: 0 },
  'pesapal-notified-early': paid,
  'pesapal-notified-before-back': paid,
  'pesapal-notified-after-back': { ...paid, notified: 0 },
  'pesapal-forged': { ...paid, notified: 3 },

  'pesapal-answer-slow': { ...paid, submit: ['hang', accepted] },
  'pesapal-answer-hangs': lost('hang'),
  'pesapal-answer-reset': lost('reset'),
  'pesapal-answer-html': lost('502 html'),
  'pesapal-answer-empty': lost('200 empty'),
  'pesapal-answer-hangs-unmade': lost('hang'),
  'pesapal-answer-reset-unmade': lost('reset'),
  'pesapal-answer-html-unmade': lost('500 html'),
  'pesapal-answer-without-page': lost('200 without page'),
  'pesapal-answer-without-id': lost('200 without id'),
  'pesapal-answer-foreign-page': lost('200 foreign page'),

  'pesapal-refused-parameters': refused('200 invalid_api_request_parameters', '200 invalid_api_request_parameters'),
  'pesapal-refused-limit': refused('200 amount_exceeds_default_limit', '200 amount_exceeds_default_limit'),
  'pesapal-refused-test-limit': refused('200 maximum_amount_limit_exceeded', '200 maximum_amount_limit_exceeded'),
  'pesapal-refused-test-account': refused('200 TEST_TRANSACTIONS_EXCEEDED', '200 TEST_TRANSACTIONS_EXCEEDED'),
  'pesapal-refused-unlisted': refused('200 something_that_no_list_mentions', '200 something_that_no_list_mentions'),
  'pesapal-refused-firewall': refused('403 html', '403 html'),
  'pesapal-refused-ipn-id': refused('200 InvalidIpnId', '200 InvalidIpnId'),

  'pesapal-token-401': lost('401 invalid_api_credentials_provided'),
  'pesapal-token-200': lost('200 invalid_api_credentials_provided'),
  'pesapal-token-500': lost('500 invalid_api_credentials_provided'),
  'pesapal-token-refused': refused('401 invalid_api_credentials_provided', '401 invalid_api_credentials_provided'),
  'pesapal-token-down': lost('401 invalid_api_credentials_provided'),
  'pesapal-token-credentials': lost('401 invalid_api_credentials_provided'),
  'pesapal-token-hour': lost('401 invalid_api_credentials_provided'),
  'pesapal-ipn-forgotten': lost('200 InvalidIpnId'),
  'pesapal-ipn-down': lost('200 InvalidIpnId'),
  'pesapal-ipn-url': lost('200 InvalidIpnId'),

  'pesapal-status-slow': asked(PENDING, PENDING, COMPLETED, COMPLETED),
  'pesapal-status-silence': asked(PENDING, PENDING, PENDING, PENDING),
  'pesapal-status-html': asked('502 html', '502 html', '502 html', COMPLETED),
  'pesapal-status-hangs': asked('hang', COMPLETED),
  'pesapal-status-reset': asked('reset', COMPLETED),
  'pesapal-status-token': asked('200 invalid_api_credentials_provided', COMPLETED),
  'pesapal-status-rate': asked('429 html', '429 html', COMPLETED),
  'pesapal-status-upper': { ...asked('200 COMPLETED'), looks: /"status_code":1/ },
  'pesapal-status-old': looks(/^(?!.*account_number).*"error":null,"status":"200"\}$/),
  'pesapal-status-strings': looks(/"amount":"15000\.00",.*"status_code":"1"/),
  'pesapal-status-extra': looks(/"loyalty":\{"points":7\}/),
  'pesapal-status-unlisted': { ...asked('200 On hold'), looks: /"status_code":7/ },
  'pesapal-status-pending': { ...asked('200 Pending'), looks: /"status_code":0,.*"error":\{"error_type":null/ },
  'pesapal-status-amount': looks(/"amount":14999\.00/),
  'pesapal-status-reference': looks(/"merchant_reference":"somebody-elses-order"/),
  'pesapal-status-order': looks(/"order_tracking_id":"(?!ID)/),
  'pesapal-status-without-code': looks(/"confirmation_code":""/),
  'pesapal-status-others-code': looks(/"confirmation_code":"UKM[A-Z0-9]{7}"/),

  'pesapal-cancel-refused': paid,
  'pesapal-cancel-html': paid,
  'pesapal-cancel-html-done': paid,
  'pesapal-cancel-hangs': paid,
  'pesapal-cancel-reset': paid,

  'pesapal-refund-amount': paid,
  'pesapal-refund-already': paid,
  'pesapal-refund-parameters': paid,
  'pesapal-refund-html': paid,
  'pesapal-refund-html-done': paid,
  'pesapal-refund-hangs': paid,
  'pesapal-refund-reset': paid,
  'pesapal-refund-unapproved': paid,
  'pesapal-refund-slow': paid,
  'pesapal-refund-silent': paid,
};
