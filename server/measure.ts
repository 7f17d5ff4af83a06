import { lookingNow } from './box-office/looking.ts';
import { isPostgres } from './database/open-database.ts';
import type { Readiness } from './health/readiness.ts';
import type { Sights } from './metrics/look.ts';
import type { Instruments } from './metrics/prometheus.ts';
import type { Parts } from './parts.ts';
import type { Realtime } from './realtime/realtime.ts';
import { seeExceptions } from './view/worklist-view.ts';

const SETTLE_MS = 10_000; // Of PostgreSQL: no transaction of ours takes longer.

/** What must be there before anything can be looked at. */
interface Watched {
  realtime: Pick<Realtime, 'sockets' | 'office'>;
  readiness: Pick<Readiness, 'see'>;
}

export type Metrics = NonNullable<Awaited<ReturnType<typeof measure>>>;

/** The door of /metrics, where the settings say where; what it shows begins when there is something to look at. */
export async function measure(parts: Parts, instruments: Instruments | null) {
  const { metrics, database } = parts.config;
  if (metrics === null || instruments === null) return null;
  const { openMetrics } = await import('./metrics/open-metrics.ts');
  const { begin, ...open } = await openMetrics(metrics, instruments);
  const settleMs = isPostgres(database) ? SETTLE_MS : 0;
  return { ...open, begin: (watched: Watched) => begin(sightsOf(parts, watched), settleMs) };
}

function sightsOf(parts: Parts, { realtime, readiness }: Watched): Sights {
  const { clock, database, lines } = parts;
  return {
    clock,
    read: database.read,
    seeExceptions: em => seeExceptions(em, lookingNow(parts)),
    sockets: () => ({ '/': realtime.sockets(), '/box-office': realtime.office.listeners() }),
    breakers: () =>
      [...lines.values()].map(({ gateway, breaker }) => ({ gateway: gateway.name, isOpen: breaker.isOpen })),
    failed: error => parts.log.error({ err: error }, 'the figures could not be looked at'),
    seeHealth: async () => (await readiness.see()).map(({ part, trouble }) => ({ part, isWell: trouble === null })),
  };
}
