import type { Random } from '../../../shared/random.ts';
import { type Answered, gatewayId, json, refusal } from './wire.ts';

type Refuse = (random: Random) => Answered;

/** Every answer but the expected one, by what it says (Daraja portal, error responses; issues and logs for the odd ones). */
export const REFUSALS = {
  invalidShortCode: says('400.002.02', 'Bad Request - Invalid BusinessShortCode'),
  invalidPhone: says('400.002.02', 'Bad Request - Invalid PhoneNumber'),
  invalidCheckout: says('400.002.02', 'Bad Request - Invalid CheckoutRequestID'),
  invalidPayload: says('400.002.05', 'Invalid Request Payload'),
  invalidToken: says('404.001.03', 'Invalid Access Token'),
  invalidToken400: says('400.003.01', 'Invalid Access Token'),
  invalidToken401: says('401.002.01', 'Error Occurred - Invalid Access Token - no such token'),
  invalidHeader: says('404.001.04', 'Invalid Authentication Header'),
  invalidAuthentication: says('400.008.01', 'Invalid Authentication passed'),
  invalidGrantType: says('400.008.02', 'Invalid grant type passed'),
  notFound: says('404.001.01', 'Resource not found'),
  unknownMerchant: says('500.001.1001', 'Merchant does not exist'),
  wrongCredentials: says('500.001.1001', 'Wrong credentials'),
  subscriberLocked: says(
    '500.001.1001',
    'Unable to lock subscriber, a transaction is already in process for the current subscriber',
  ),
  beingProcessed: says('500.001.1001', 'The transaction is being processed'),
  internalError: says('500.001.1001', 'Internal Server Error'),
  genericError: says('500.003.1001', 'Internal Server Error'),
  systemBusy: says('500.003.02', 'System is busy. Please try again in few minutes.'),
  spikeArrest: says('500.003.02', 'Error Occurred: Spike Arrest Violation'),
  quota: says('500.003.03', 'Quota Violation'),
  /** Apigee's own limit has a shape of its own. */
  rateLimited: () =>
    json(429, {
      fault: {
        faultstring:
          'Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, periodInMicroseconds=60000000, maxBurstMessageCount=1.0}',
        detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' },
      },
    }),
  xmlFault: () =>
    json(500, { Envelope: { Body: { Fault: { faultstring: 'Execution of ServiceCallout SC-Push failed.' } } } }),
  firewall: () => incapsula(503),
  forbidden: () => incapsula(403),
  emptyOk: () => ({ status: 200, headers: {}, body: '' }),
  /** What OAuth says to a wrong key or secret. */
  emptyBadRequest: () => ({ status: 400, headers: {}, body: '' }),
  notAccepted: random =>
    json(200, { MerchantRequestID: gatewayId(random), ResponseCode: '1', ResponseDescription: 'Rejected' }),
} as const satisfies Record<string, Refuse>;

export type RefusalName = keyof typeof REFUSALS;

function incapsula(status: number): Answered {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><meta name="ROBOTS" content="NOINDEX"></head><body>Request unsuccessful. Incapsula incident ID: 000-0000000000</body></html>',
  };
}

function says(errorCode: string, errorMessage: string): Refuse {
  return random => refusal(random, errorCode, errorMessage);
}
