import { readJson } from '../answer.ts';
import type { Notice } from '../gateway.ts';

const TEXT_LENGTH_MAX = 4_096; // Real ones have some 200.
const VALUE_LENGTH_MAX = 128;
const PAYMENT_ID = /-([0-9a-f]{32})$/; // At the end of the references that we give.

/**
 * Reads what came to the notification URL. It carries no outcome and no signature: a hint which payment to ask about.
 * Pesapal registers GET or POST, and nobody has written down what a POST looks like: JSON, a form and a query all will do,
 * with names in any case. Never throws.
 */
export function readNotice({ query, body }: { query: string; body: string }): Notice {
  const said = new Map<string, string>();
  for (const [name, value] of [...readFields(body), ...readFields(query)]) {
    const known = name.toLowerCase();
    if (isValue(value) && !said.has(known)) said.set(known, value);
  }
  const reference = said.get('ordermerchantreference') ?? '';
  return {
    trackingId: said.get('ordertrackingid') ?? null,
    paymentId: PAYMENT_ID.exec(reference)?.[1] ?? null,
    acknowledgement: acknowledge(said),
  };
}

/** Repeats what was said, in camel case; what was not said is left out, and to nothing there is nothing to say. */
function acknowledge(said: Map<string, string>): Notice['acknowledgement'] {
  const names = ['orderNotificationType', 'orderTrackingId', 'orderMerchantReference'];
  const repeated = names.flatMap(name => {
    const value = said.get(name.toLowerCase());
    return value === undefined ? [] : [[name, value]];
  });
  return repeated.length === 0 ? {} : { ...Object.fromEntries(repeated), status: 200 };
}

function readFields(text: string): [name: string, value: unknown][] {
  if (text.length > TEXT_LENGTH_MAX) return [];
  const json = readJson(text);
  if (json === undefined) return [...new URLSearchParams(text)];
  return typeof json === 'object' && json !== null ? Object.entries(json) : [];
}

function isValue(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= VALUE_LENGTH_MAX;
}
