import { type Config, readConfig } from '../../server/config.ts';
import { query } from '../../server/model/entities.ts';
import type { Chance } from './chance.ts';
import type { Disk } from './disk.ts';
import { KEYS } from './gateway-keys.ts';

const HOUR_MS = 3_600_000;
/** So late that the statement of the second night, two days after the first, still tells of the first customer. */
export const OPENS_MS = (2 / 3) * HOUR_MS;
export const FAULTS_END_MS = OPENS_MS + 26 * HOUR_MS; // The latest callback is a day late.
const ACCOUNT = {
  DATABASE_URL: 'sqlite::memory:',
  DATA_KEY: 'a key of at least thirty-two characters',
  SAMPLE_DATA: 'off',
  SIMULATOR: 'off',
  MPESA_BASE_URL: 'http://127.0.0.1:1',
  MPESA_CONSUMER_KEY: 'key',
  MPESA_CONSUMER_SECRET: 'secret',
  MPESA_PASSKEY: 'passkey',
  MPESA_BUSINESS_SHORT_CODE: '174379',
};
export const INITIATOR = { name: 'initiator', password: 'its password' };

/** Most histories happen under the usual rules, some where holds end under open prompts, some where asking is cheap. */
export const HOUSES = [
  ...[ACCOUNT, ACCOUNT],
  { ...ACCOUNT, HOLD_MINUTES: '1.5', HOLD_CAP_MINUTES: '3' },
  { ...ACCOUNT, DARAJA_QUERIES_PER_MINUTE: '60' },
].map(readConfig);

/** The same house, whose gateway gives money back and, where it is switched on, tells what it took in statements. */
export function withInitiator(config: Config, statements: boolean): Config {
  if (!config.daraja) throw new Error('this house has no gateway');
  const initiator = { ...INITIATOR, certificate: KEYS.publicPem() };
  return { ...config, daraja: { ...config.daraja, initiator, statements } };
}

/** A hall with one to three showings, so small that places run out; some begin while people still pay. */
export async function openHouse(disk: Disk, plan: Chance, now: Date): Promise<number[]> {
  const { write } = disk.open();
  return write(async em => {
    const sql = query(em);
    const hall = { name: 'Hall', city: 'Nairobi', country: 'KE', currency: 'KES', timeZone: 'Africa/Nairobi' } as const;
    const contact = { address: 'Street', phone: '+254', email: 'hall@example.com' };
    await sql
      .insertInto('venue')
      .values({ ...hall, ...contact })
      .execute();
    const film = { title: 'Film', description: 'A film', imageUrl: '/poster', minutes: 90, rating: 'PG' };
    await sql.insertInto('movie').values(film).execute();
    const showings = Array.from({ length: plan.whole(1, 3) }, () => ({
      ...{ movie: 1, venue: 1, screen: 'Screen 1', currency: 'KES' as const },
      startsAt: new Date(+now + Math.round(plan.between(0.25, 3) * HOUR_MS)),
      price: plan.whole(3, 10) * 10_000,
      capacity: plan.whole(2, 6),
    }));
    const rows = await sql.insertInto('showing').values(showings).returning('id').execute();
    return rows.map(({ id }) => id);
  });
}
