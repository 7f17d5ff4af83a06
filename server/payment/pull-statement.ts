import { addMs } from '../../shared/clock.ts';
import type { GatewayName } from '../../shared/views.ts';
import { claimInstant } from '../database/claim-instant.ts';
import type { StatementLine } from '../gateway/gateway.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';
import type { GatewayLine, Parts } from '../parts.ts';
import { settlingNow } from './evidence.ts';
import { settlePayment } from './settle-payment.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVERY_MS = 15 * MINUTE_MS;
const NIGHTLY_MS = 20 * HOUR_MS; // Less than half of what is kept: what one pull did not bring, the next still does, also when one came late.
const WINDOW_MS = 2 * HOUR_MS; // Overlapping: what the last pull just missed is in the next.
const LONGEST_MS = 48 * HOUR_MS; // Daraja keeps no more.
const SILENT_MS = 5 * MINUTE_MS; // Before that, callbacks and queries have their turn.

/**
 * Looks for lost money in the gateways' statements, by our account references: every quarter of an hour while a payment
 * is silent, everything once a night. It is the only way to find money of a payment without the gateway's ids.
 */
export async function pullStatements(parts: Parts): Promise<void> {
  for (const line of parts.lines.values()) if (line.gateway.statement) await pullOne(parts, line);
}

async function pullOne(parts: Parts, { gateway, queries }: GatewayLine) {
  const { name } = gateway;
  const now = parts.clock.now();
  const nightly = (await pulledAt(parts, `${name}-nightly`)) <= addMs(now, -NIGHTLY_MS);
  const regular =
    (await pulledAt(parts, `${name}-statement`)) <= addMs(now, -EVERY_MS) && (await anySilent(parts, name, now));
  if ((!nightly && !regular) || !gateway.statement) return;
  const [what, everyMs] = nightly ? [`${name}-nightly`, NIGHTLY_MS] : [`${name}-statement`, EVERY_MS];
  if (!(await parts.database.write(em => claimInstant(em, what, now, addMs(now, -everyMs))))) return; // Another process does.
  await writeDown(parts, [`${name}-statement`], now);
  const { lines, stopped } = await gateway.statement(addMs(now, nightly ? -LONGEST_MS : -WINDOW_MS), now);
  if (stopped?.slowDown) await queries.slowDown();
  if (nightly && stopped) await writeDown(parts, [`${name}-nightly`], addMs(now, EVERY_MS - NIGHTLY_MS)); // Tomorrow some of it is out of reach.
  for (const one of lines) await settleLine(parts, name, one);
}

async function pulledAt({ database }: Parts, name: string): Promise<Date> {
  const row = await query(database.read())
    .selectFrom('remembered')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return new Date(row?.value ?? 0);
}

/** Written before the call: a gateway that fails is not asked every second. */
async function writeDown({ database }: Parts, names: string[], now: Date) {
  const value = now.toISOString();
  await database.write(async em => {
    for (const name of names)
      await query(em)
        .insertInto('remembered')
        .values({ name, value })
        .onConflict(known => known.column('name').doUpdateSet({ value }))
        .execute();
  });
}

async function anySilent({ database }: Parts, name: GatewayName, now: Date): Promise<boolean> {
  const silent = await query(database.read())
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', name)
    .where('state', 'in', UNRESOLVED)
    .where('closedAt', 'is', null)
    .where('startedAt', '<=', addMs(now, -SILENT_MS))
    .where('startedAt', '>=', addMs(now, -LONGEST_MS))
    .executeTakeFirst();
  return silent !== undefined;
}

/** Whose reference is not ours is somebody else's business with this account. */
async function settleLine(parts: Parts, gateway: GatewayName, { accountReference, ...line }: StatementLine) {
  const settled = await parts.database.write(async em => {
    const payment = await findOpen(em, gateway, accountReference, line.receiptNumber);
    if (!payment) return false;
    const outcome = { outcome: 'paid' as const, ...line };
    await settlePayment(em, payment.id, { source: 'statement', ids: null, outcome }, settlingNow(parts));
    return true;
  });
  if (settled) parts.wakeRelay();
}

/** The payment of that reference, unless this receipt was counted before. */
async function findOpen(em: Em, gateway: GatewayName, accountReference: string, receiptNumber: string) {
  const counted = await query(em)
    .selectFrom('receipt')
    .select('id')
    .where('gateway', '=', gateway)
    .where('number', '=', receiptNumber)
    .executeTakeFirst();
  if (counted) return undefined;
  return query(em)
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', gateway)
    .where('accountReference', '=', accountReference)
    .executeTakeFirst();
}
