import { CompiledQuery } from 'kysely';
import * as v from 'valibot';
import { type Em, query } from '../model/entities.ts';
import { TOPICS } from '../model/outbox.ts';
import { NEWS_CHANNEL, NEWS_MAX_BYTES } from '../realtime/wire.ts';
import type { OutboxRow } from './tell-news.ts';

const ROOM_FOR_SENDER = 100; // Bytes around the rows.

/** Which process it comes from, and what has changed: never the state itself, which each reads for those who watch it there. */
const News = v.object({
  from: v.string(),
  rows: v.array(v.tuple([v.picklist(TOPICS), v.string(), v.nullable(v.number())])),
});

/** Rows of the outbox that no other process is taking. */
export function takeRows(em: Em, most: number) {
  return query(em)
    .selectFrom('outbox')
    .select(['id', 'topic', 'subject', 'showing'])
    .orderBy('id')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
}

/** In the transaction that deletes the rows: whoever hears of them can read them, and what is not heard is not deleted. */
export async function shareNews(em: Em, from: string, rows: readonly OutboxRow[]): Promise<void> {
  for (const part of inParts(rows))
    await em
      .getKysely()
      .executeQuery(
        CompiledQuery.raw('select pg_notify($1, $2)', [NEWS_CHANNEL, JSON.stringify({ from, rows: part })]),
      );
}

/** Undefined: this process said it itself, and has told its own watchers. */
export function hearNews(news: string, self: string): OutboxRow[] | undefined {
  const { from, rows } = v.parse(News, JSON.parse(news));
  return from === self ? undefined : rows.map(([topic, subject, showing]) => ({ topic, subject, showing }));
}

/** As many rows at once as a notification takes. */
function inParts(rows: readonly OutboxRow[]): unknown[][] {
  const parts: unknown[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { topic, subject, showing } of rows) {
    const row = [topic, subject, showing];
    const size = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes + size > NEWS_MAX_BYTES) {
      parts.push([]);
      bytes = ROOM_FOR_SENDER;
    }
    parts.at(-1)?.push(row);
    bytes += size;
  }
  return parts;
}
