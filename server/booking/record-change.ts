import type { Actor, Happening } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { Outbox } from '../model/outbox.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';
import { prepared } from '../model/prepared.ts';
import { touchSale } from './touch-sale.ts';

export interface Change {
  happening: Happening;
  actor: Actor;
  at: Date;
  payment?: string;
  details?: Record<string, string | number | boolean | null>;
}

/** What has changed, as it stands now. Only a booking has a showing. */
interface Changed extends PaidFor {
  showing: number | null;
  version: number;
}

/**
 * Every change of a booking, a charge or a sale, or of its money, goes through here, in the transaction of the change
 * itself: the next version, one line in the audit trail, one row in the outbox. So the three can be counted against each
 * other. A sale is told anew with whatever is in it.
 */
export async function recordChange(em: Em, paidFor: PaidFor, change: Change): Promise<void> {
  const { booking, charge, sale } = paidFor;
  const raised = await raise(em, paidFor);
  await writeDown(em, { booking, charge, sale, showing: raised.showing, version: raised.version }, change);
  if (raised.within !== null) await touchSale(em, raised.within);
}

function raise(em: Em, { booking, charge, sale }: PaidFor): Promise<Raised> {
  if (booking !== null) return raiseBooking(em, booking);
  return charge !== null ? raiseCharge(em, charge) : raiseSale(em, sale);
}

interface Raised {
  version: number;
  showing: number | null;
  /** The sale that it is part of. */
  within: string | null;
}

async function raiseBooking(em: Em, id: string) {
  const raised = await raiseVersion.one(em, { id });
  await countChange.run(em, { showing: raised.showing });
  return raised;
}

const raiseVersion = prepared((em, { id }: { id: string }) =>
  query(em)
    .updateTable('booking')
    .set(booking => ({ version: booking('version', '+', 1) }))
    .where('id', '=', id)
    .returning(['version', 'showing', 'sale as within']),
);

const countChange = prepared((em, { showing: id }: { showing: number }) =>
  query(em)
    .updateTable('showing')
    .set(showing => ({ bookingChanges: showing('bookingChanges', '+', 1) }))
    .where('id', '=', id),
);

async function raiseCharge(em: Em, id: string | null) {
  const raised = await query(em)
    .updateTable('charge')
    .set(charge => ({ version: charge('version', '+', 1) }))
    .where('id', '=', id)
    .returning(['version', 'sale as within'])
    .executeTakeFirstOrThrow();
  return { ...raised, showing: null };
}

async function raiseSale(em: Em, id: string | null) {
  const { version } = await query(em)
    .updateTable('sale')
    .set(sale => ({ version: sale('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return { version, showing: null, within: null };
}

/** The first change of what was just made, with version 1. */
export async function writeDown(
  em: Em,
  { booking, charge, sale, showing, version }: Changed,
  { happening, actor, at, payment, details }: Change,
): Promise<void> {
  const entry = { at, booking, charge, sale, version, payment: payment ?? null, actor, happening };
  await insertEntry.run(em, { ...entry, details: details ?? {} });
  const { column: topic, id: subject } = columnOf({ booking, charge, sale });
  await insertOutbox.run(em, { topic, subject, showing, version });
}

type Entry = PaidFor & Pick<Changed, 'version'> & Required<Omit<Change, 'payment'>> & { payment: string | null };

const insertEntry = prepared((em, entry: Entry) => query(em).insertInto('audit_entry').values(entry));

const insertOutbox = prepared((em, row: Omit<Outbox, 'id'>) => query(em).insertInto('outbox').values(row));
