import { addMs } from '../../shared/clock.ts';
import type { Method } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { askGateway } from '../payment/ask-gateway.ts';
import { attempt } from './attempt.ts';

const DUE_MAX = 1_000; // Looked at in one round, to find the most pressing.

/** Asks about payments that are due, the most pressing first, until the query budget is used up. */
export async function askAboutSilent(parts: Parts): Promise<void> {
  const due = await readDue(parts.database.read(), parts.clock.now());
  const spent = new Set<Method>();
  for (const { id, gateway, idsHash } of byUrgency(due, parts)) {
    if (!spent.has(gateway) && !(await parts.lines.get(gateway)?.queries.has())) spent.add(gateway);
    if (idsHash === null || !spent.has(gateway)) await attempt(parts, askGateway(parts, id, true));
  }
}

function readDue(em: Em, now: Date) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .select([
      'payment.id',
      'payment.booking',
      'payment.charge',
      'payment.sale',
      'payment.amount',
      'gateway',
      'idsHash',
      'startedAt',
    ])
    .select(['notifiedAt', 'checkedAt', 'booking.state as bookingState', 'heldUntil'])
    .where('nextCheckAt', '<=', now)
    .where(one => one.or([one('leasedUntil', 'is', null), one('leasedUntil', '<=', now)]))
    .orderBy('nextCheckAt')
    .limit(DUE_MAX)
    .execute();
}

type Due = Awaited<ReturnType<typeof readDue>>[number];

/** What the gateway itself says is new, then a hold about to end, then somebody watching, then the larger amount, then the older payment. */
function byUrgency(due: Due[], { clock, config, watchers }: Parts): Due[] {
  const soon = addMs(clock.now(), config.rules.promptMs);
  const told = ({ notifiedAt, checkedAt }: Due) => Number(notifiedAt !== null && (checkedAt ?? 0) < notifiedAt);
  const ending = ({ bookingState, heldUntil }: Due) => Number(bookingState === 'held' && (heldUntil ?? soon) <= soon);
  const watched = ({ booking, charge, sale }: Due) => Number(sale !== null || watchers(booking ?? charge ?? '') > 0); // A queue looks at a sale.
  return due.sort(
    (a, b) =>
      told(b) - told(a) ||
      ending(b) - ending(a) ||
      watched(b) - watched(a) ||
      b.amount - a.amount ||
      +a.startedAt - +b.startedAt,
  );
}
