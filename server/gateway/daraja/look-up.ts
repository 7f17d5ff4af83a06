import type { LookUp } from '../gateway.ts';
import type { CallDaraja } from './call-daraja.ts';
import { readLookUpResult } from './read-look-up-result.ts';
import { readReceiptNumber } from './read-money.ts';
import { readRefundAnswer } from './read-refund-answer.ts';
import { STATUS_PATH, statusFields } from './requests.ts';
import { securityCredential } from './security-credential.ts';
import type { DarajaSettings } from './settings.ts';

/** Daraja's Transaction Status. Null where no initiator may ask for it; throws when the initiator's certificate is none. */
export function createLookUp(settings: DarajaSettings, call: CallDaraja): LookUp | null {
  if (settings.initiator === null) return null;
  const initiator = { name: settings.initiator.name, securityCredential: securityCredential(settings.initiator) };
  return {
    async send(request) {
      if (readReceiptNumber(request.receiptNumber) !== request.receiptNumber)
        return { answer: 'refused', code: 'unsent:receipt', retry: { after: 'no' } };
      return readRefundAnswer(await call(STATUS_PATH, statusFields(settings, initiator, request))); // Acknowledged alike.
    },
    readCallback: body => readLookUpResult(body, [settings.shortCode, settings.tillNumber ?? settings.shortCode]),
  };
}
