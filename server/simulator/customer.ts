import type { ResultCode } from './daraja/results.ts';
import { cancelPrompt, enterPin } from './daraja/run-prompt.ts';
import type { Parts } from './parts.ts';
import { cancelPesapalPrompt, type End, enterPesapalPin } from './pesapal/pay.ts';
import type { Phone } from './phones.ts';

/** Whichever gateway asks on a phone, its owner does the same; what came of it is in that gateway's words. */
export type PromptEnd = ResultCode | End;

/** Undefined when nothing is asked on that phone. */
export function answerWithPin(parts: Parts, phone: Phone, pin: string): PromptEnd | undefined {
  return phone.prompt?.gateway === 'pesapal' ? enterPesapalPin(parts, phone, pin) : enterPin(parts, phone, pin);
}

export function cancelOnPhone(parts: Parts, phone: Phone): PromptEnd | undefined {
  return phone.prompt?.gateway === 'pesapal' ? cancelPesapalPrompt(parts, phone) : cancelPrompt(parts, phone);
}
