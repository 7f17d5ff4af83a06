import type { Phone, SimulatorState } from './simulator-state.ts';
import { phoneForPeople, shillings } from './wording.ts';

/** What somebody who cannot see the page should hear: a new prompt, a new message. */
export function whatIsNew(before: SimulatorState | undefined, after: SimulatorState): string {
  if (!before) return '';
  const known = new Map(before.phones.map(phone => [phone.number, phone]));
  return after.phones
    .map(phone => newsOf(phone, known.get(phone.number)))
    .filter(Boolean)
    .join(' ');
}

function newsOf({ number, prompt, messages }: Phone, before: Phone | undefined): string {
  const name = phoneForPeople(number);
  if (prompt && prompt.checkoutRequestId !== before?.prompt?.checkoutRequestId)
    return `${name} asks: pay ${shillings(prompt.amount, prompt.currency)} to ${prompt.merchant}, account ${prompt.accountReference}?`;
  const [newest] = messages;
  return newest && newest.at !== before?.messages[0]?.at ? `Message on ${name}: ${newest.text}` : '';
}
