import { addMs } from '../../shared/clock.ts';
import { type Em, query } from '../model/entities.ts';

const SLICE = 1_000; // Lines looked at in one turn of the event loop: a few milliseconds.

/** So many lines that say the same. `gateway`: where they are about a payment. */
export interface Counted {
  happening: string;
  gateway: string | null;
  lines: number;
}

/** The audit trail, read on from where it ended the last time. So counting what happens costs those nothing who make it happen. */
export interface Tail {
  readOn(em: Em, now: Date, count: (counted: Counted) => void): Promise<void>;
}

/**
 * Begins at the end. `settleMs`: where several write at once, a lower number may be committed after a higher one; what was
 * the newest so long ago has none below it that is still to come.
 */
export async function startTail(em: Em, now: Date, settleMs: number): Promise<Tail> {
  let read = await newest(em);
  let marks = [{ id: read, at: now }];
  return {
    async readOn(em, now, count) {
      marks.push({ id: await newest(em), at: now });
      const upTo = marks.findLast(({ at }) => at <= addMs(now, -settleMs))?.id ?? read;
      marks = marks.filter(({ id }) => id > upTo);
      while (read < upTo) {
        const end = Math.min(upTo, read + SLICE);
        for (const counted of await readSlice(em, read, end)) count(counted);
        read = end;
        await new Promise(setImmediate); // A scrape has time; whoever books has not.
      }
    },
  };
}

async function newest(em: Em): Promise<number> {
  const row = await query(em)
    .selectFrom('audit_entry')
    .select(one => one.fn.max('id').as('id'))
    .executeTakeFirst();
  return Number(row?.id ?? 0);
}

async function readSlice(em: Em, after: number, upTo: number): Promise<Counted[]> {
  const rows = await query(em)
    .selectFrom('audit_entry')
    .leftJoin('payment', 'payment.id', 'audit_entry.payment')
    .select(['happening', 'gateway'])
    .select(one => one.fn.countAll<number>().as('lines'))
    .where('audit_entry.id', '>', after)
    .where('audit_entry.id', '<=', upTo)
    .groupBy(['happening', 'gateway'])
    .execute();
  return rows.map(row => ({ ...row, lines: Number(row.lines) }));
}
