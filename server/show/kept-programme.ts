import { sql } from 'kysely';
import { isAlone } from '../database/lock.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { seeMovies, seeProgrammeVersion } from '../view/showing-view.ts';

/** The answer to "what is on": all of it but the instant at which it was asked for. */
interface Kept {
  /** Which state of the database it shows. */
  changes: string;
  stamp: string;
  /** When the first of its showings begins, and is on no longer. */
  until: Date;
  rest: Buffer;
}

/**
 * What is on is read and written out once for each of its states, not once for each who asks: an on-sale begins with
 * thousands who do. Whether the bytes are still true is asked of the database every time, so they are never older than
 * what was committed before the question.
 */
export function createKeptProgramme(parts: Parts): (now: Date) => Promise<{ etag: string; body(): Buffer }> {
  let kept: Kept | undefined;
  let reading: Promise<Kept> | undefined;

  async function newest(now: Date): Promise<Kept> {
    const changes = await countChanges(parts.database.read());
    if (kept && changes !== null && kept.changes === changes && now < kept.until) return kept;
    await reading; // It may have begun before the change that we must show; the next one, which all who wait share, has not.
    reading ??= read(now).finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function read(now: Date): Promise<Kept> {
    const em = parts.database.read();
    const changes = (await countChanges(em)) ?? '';
    const { stamp, until } = await stampOf(em, now);
    kept =
      kept?.stamp === stamp ? { ...kept, changes } : { changes, stamp, until, rest: await writeOut(em, parts, now) };
    return kept;
  }

  return async now => {
    const { stamp, rest } = await newest(now);
    return { etag: `W/"${stamp}"`, body: () => Buffer.concat([Buffer.from(`{"now":"${now.toISOString()}",`), rest]) };
  };
}

/** Grows with whatever is written to a SQLite file, here or by another process. Null: this database counts nothing like it. */
async function countChanges(em: Em): Promise<string | null> {
  return isAlone(em) ? (await readChanges.one(em, { between: '-' })).counted : null;
}

const readChanges = prepared((em, { between }: { between: string }) =>
  query(em).selectNoFrom(
    sql<string>`total_changes() || ${between} || (select data_version from pragma_data_version)`.as('counted'),
  ),
);

/** Each change of a showing raises its version, every other one that a person makes is an entry, and time only takes showings away. */
async function stampOf(em: Em, now: Date) {
  const programme = await seeProgrammeVersion(em);
  const { count, versions, soonest } = await readShowings.one(em, { now });
  const until = soonest === null ? new Date(8.64e15) : new Date(soonest);
  return { stamp: [programme, count, versions ?? 0, soonest === null ? 0 : +until].join('-'), until };
}

const readShowings = prepared((em, { now }: { now: Date }) =>
  query(em)
    .selectFrom('showing')
    .select(one => [
      one.fn.countAll<number>().as('count'),
      one.fn.sum<number | null>('version').as('versions'),
      one.fn.min('startsAt').as('soonest'),
    ])
    .where('startsAt', '>', now)
    .where('cancelledAt', 'is', null),
);

/** The version before the movies: they are never older than it says. */
async function writeOut(em: Em, { config, lines }: Parts, now: Date): Promise<Buffer> {
  const version = await seeProgrammeVersion(em);
  const movies = await seeMovies(em, now, gatewaysOf(lines));
  return Buffer.from(JSON.stringify({ version, movies, testMode: config.mode === 'test' }).slice(1));
}
