import { addMs } from '../../shared/clock.ts';
import { query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';
import { UNRESOLVED } from '../model/payment.ts';
import { paymentsFor } from '../model/payments-for.ts';
import type { Parts } from '../parts.ts';
import { askGateway } from './ask-gateway.ts';

const ASKED_LATELY = 2 / 9; // Of the prompt's time: 20 s.

/** Somebody looks at something to pay whose prompt is over and whose gateway is silent: it is asked in the background, if the budget allows. */
export async function askIfStale(parts: Parts, paidFor: PaidFor): Promise<void> {
  const now = parts.clock.now();
  const lately = addMs(now, -parts.config.rules.promptMs * ASKED_LATELY);
  const em = parts.database.read();
  const silent = await query(em)
    .selectFrom('payment')
    .select(['id', 'gateway'])
    .where('id', 'in', paymentsFor(em, paidFor))
    .where('state', 'in', UNRESOLVED)
    .where('frozen', '=', false)
    .where('idsHash', 'is not', null)
    .where('promptEndsAt', '<=', now)
    .where(one => one.or([one('checkedAt', 'is', null), one('checkedAt', '<=', lately)]))
    .executeTakeFirst();
  if (silent && (await parts.lines.get(silent.gateway)?.queries.has()))
    parts.inBackground('check', askGateway(parts, silent.id));
}
