import { readJson } from '../answer.ts';

/** That something about a payment has changed. It carries no outcome and no signature: a hint which one to ask about. */
export interface PesapalNotification {
  /** `IPNCHANGE`, mostly. Null, here and below: it did not say, or nothing that could be meant. */
  type: string | null;
  trackingId: string | null;
  merchantReference: string | null;
}

const TEXT_LENGTH_MAX = 4_096;
const VALUE_LENGTH_MAX = 128;

/**
 * Reads what came to the notification URL: `query` as it stands behind the question mark, `body` as text. Pesapal registers
 * GET or POST, and nobody has written down what a POST looks like: JSON, a form and a query all will do, with names in any
 * case. Undefined where none of the three names is found. Never throws.
 */
export function readNotification(arrived: { query: string; body: string }): PesapalNotification | undefined {
  const fields = new Map<string, string>();
  for (const [name, value] of [...readFields(arrived.body), ...readFields(arrived.query)]) {
    const known = name.toLowerCase();
    if (isValue(value) && !fields.has(known)) fields.set(known, value);
  }
  const notification = {
    type: fields.get('ordernotificationtype') ?? null,
    trackingId: fields.get('ordertrackingid') ?? null,
    merchantReference: fields.get('ordermerchantreference') ?? null,
  };
  return Object.values(notification).some(value => value !== null) ? notification : undefined;
}

/** The answer that Pesapal waits for, repeating what it sent. Without it, it may notify again. */
export function acknowledge(notification: PesapalNotification | undefined): Record<string, string | number> {
  if (notification === undefined) return {};
  const { type, trackingId, merchantReference } = notification;
  return {
    ...(type !== null && { orderNotificationType: type }),
    ...(trackingId !== null && { orderTrackingId: trackingId }),
    ...(merchantReference !== null && { orderMerchantReference: merchantReference }),
    status: 200,
  };
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
