import { query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';
import { UNRESOLVED } from '../model/payment.ts';
import { paymentsFor } from '../model/payments-for.ts';
import type { Parts } from '../parts.ts';
import { askGateway, isWorthAsking } from './ask-gateway.ts';

/** "Check now": asks about the newest payment whose outcome nobody knows, if that could bring something new. */
export async function askNow(parts: Parts, paidFor: PaidFor): Promise<void> {
  const em = parts.database.read();
  const open = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('id', 'in', paymentsFor(em, paidFor))
    .where('state', 'in', UNRESOLVED)
    .orderBy('startedAt', 'desc')
    .executeTakeFirst();
  if (open) await askAbout(parts, open.id);
}

/** The same about one payment. False: asking brings nothing new now, or the gateway was asked enough. */
export async function askAbout(parts: Parts, paymentId: string): Promise<boolean> {
  return (await isWorthAsking(parts.database.read(), parts, paymentId)) && askGateway(parts, paymentId);
}
