import type { Delivery } from '../fault.ts';
import type { Parts } from '../parts.ts';
import { metadata, type Report, rawCode, SHAPES, writeCallback } from './callback-body.ts';
import type { Checkout } from './checkout.ts';
import { eatDigits } from './east-africa-time.ts';
import { RESULTS } from './results.ts';
import { send } from './send.ts';

const USUAL: readonly Delivery[] = [{}];

export function scheduleCallbacks(parts: Parts, checkout: Checkout): void {
  for (const delivery of deliveries(checkout))
    parts.clock.after(
      parts.settings.callbackDelayMs + (delivery.afterMs ?? 0),
      () => void deliver(parts, checkout, delivery),
    );
}

/** Returns when they have been answered. */
export async function sendCallbacksNow(parts: Parts, checkout: Checkout): Promise<void> {
  for (const delivery of deliveries(checkout)) await deliver(parts, checkout, delivery);
}

function deliveries({ fault }: Checkout): readonly Delivery[] {
  return fault?.callbacks ?? USUAL;
}

async function deliver(parts: Parts, checkout: Checkout, delivery: Delivery): Promise<void> {
  const body = write(parts, checkout, delivery);
  const { copies = 1 } = delivery;
  const { checkoutRequestId: id, callbackUrl: url } = checkout;
  await Promise.all(Array.from({ length: copies }, () => send(parts, { id, url, body })));
}

function write(parts: Parts, checkout: Checkout, { says, shape }: Delivery): string {
  if (shape === 'notJson') return 'ResultCode=0&ResultDesc=Success';
  const code = says ?? checkout.result ?? '0';
  const report: Report = {
    merchantRequestId: checkout.merchantRequestId,
    checkoutRequestId: checkout.checkoutRequestId,
    code: rawCode(code),
    text: RESULTS[code],
    items: code === '0' && checkout.debit ? metadata(told(checkout.debit)) : null,
    extra: '',
  };
  const before = parts.ledger.debits.findLast(debit => debit !== checkout.debit);
  return writeCallback(shape ? SHAPES[shape](report, { receiptNumber: before?.receiptNumber ?? null }) : report);
}

function told(debit: NonNullable<Checkout['debit']>) {
  return { ...debit, paidAt: eatDigits(debit.at) };
}
