import assert from 'node:assert/strict';
import { openSideDoor } from './side-door.ts';
import type { Tiketi } from './tiketi.ts';

export interface Said {
  checkoutRequestId: string;
  merchantRequestId: string;
  receiptNumber: string;
  /** Whole shillings. */
  amount: number;
}

/** The path to which the gateway was told to report on the newest push: the only place where its token stands. */
export function callbackPath({ simulator }: Pick<Tiketi, 'simulator'>): string {
  const newest = [...simulator.parts.checkouts.values()].at(-1);
  assert.ok(newest, 'something was pushed');
  return new URL(newest.callbackUrl).pathname;
}

/** What Daraja would say of a success. */
export function successBody({ checkoutRequestId, merchantRequestId, receiptNumber, amount }: Said): string {
  const items = [
    { Name: 'Amount', Value: amount },
    { Name: 'MpesaReceiptNumber', Value: receiptNumber },
    { Name: 'TransactionDate', Value: 20261122150000 },
    { Name: 'PhoneNumber', Value: 254712345678 },
  ];
  const ids = { MerchantRequestID: merchantRequestId, CheckoutRequestID: checkoutRequestId };
  const said = { ...ids, ResultCode: 0, ResultDesc: 'Processed.', CallbackMetadata: { Item: items } };
  return JSON.stringify({ Body: { stkCallback: said } });
}

export interface StoredCallback {
  payment: string | null;
  state: string;
  verdict: string | null;
  body: Buffer;
}

/** Everything that was kept of callbacks, the oldest first, with the bytes as they came. */
export function storedCallbacks({ server }: Pick<Tiketi, 'server'>): StoredCallback[] {
  const door = openSideDoor(server.parts.config.database);
  try {
    const rows = door.all<StoredCallback & { bodySealed: Uint8Array }>('select * from callback order by id');
    return rows.map(({ payment, state, verdict, bodySealed }) => ({
      ...{ payment, state, verdict },
      body: server.parts.vault.openBytes(bodySealed),
    }));
  } finally {
    door.close();
  }
}
