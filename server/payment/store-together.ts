import type { Em } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { type Arrived, insertCallbacks, type NewCallback, rowOf } from './receive-callback.ts';

const MOST_IN_A_STATEMENT = 32;

interface Waiting {
  row: NewCallback;
  done(callbackId: number): void;
  failed(error: unknown): void;
}

/**
 * As `storeCallback`, for a burst: what comes while the database is busy with others is stored by one statement, as soon
 * as it is free. Nobody is answered before the commit; where the statement fails, each is stored, or refused, by itself.
 */
export function storeTogether(parts: Parts): (paymentId: string, arrived: Arrived) => Promise<number> {
  const { database } = parts;
  const waiting: Waiting[] = [];
  let isAsked = false;

  async function storeWaiting() {
    const taken: Waiting[] = [];
    const take = () => {
      isAsked = false;
      taken.push(...waiting.splice(0)); // Pushed: work that was overtaken begins again.
      return taken.map(({ row }) => row);
    };
    try {
      const ids = await database.write(em => insertAll(em, take()));
      for (const [at, { done }] of taken.entries()) done(ids[at] as number);
    } catch (error) {
      if (taken.length === 0) take(); // It failed before its turn.
      if (taken.length === 1) taken[0]?.failed(error);
      else for (const one of taken) void storeAlone(one);
    }
  }

  async function storeAlone({ row, done, failed }: Waiting) {
    try {
      const [id] = await database.write(em => insertAll(em, [row]));
      done(id as number);
    } catch (error) {
      failed(error);
    }
  }

  return (paymentId, arrived) =>
    new Promise((done, failed) => {
      waiting.push({ row: rowOf(parts, { payment: paymentId, refund: null }, arrived), done, failed });
      if (isAsked) return;
      isAsked = true;
      void storeWaiting();
    });
}

/** Few lengths, so that each has its statement ready. Answers their ids. */
async function insertAll(em: Em, rows: readonly NewCallback[]): Promise<number[]> {
  const ids: number[] = [];
  for (let at = 0; at < rows.length; ) {
    const length = Math.min(MOST_IN_A_STATEMENT, 2 ** Math.floor(Math.log2(rows.length - at)));
    const stored = await insertCallbacks(em, rows.slice(at, at + length));
    ids.push(...stored.map(({ id }) => id));
    at += length;
  }
  return ids;
}
