import { type Config, readConfig } from '../../server/config.ts';
import { query } from '../../server/model/entities.ts';
import type { Currency } from '../../shared/money.ts';
import type { GatewayName } from '../../shared/views.ts';
import { KEYS } from '../support/gateway-keys.ts';
import type { Chance } from './chance.ts';
import type { Disk } from './disk.ts';

const HOUR_MS = 3_600_000;
/** So late that the statement of the second night, two days after the first, still tells of the first customer. */
export const OPENS_MS = (2 / 3) * HOUR_MS;
export const FAULTS_END_MS = OPENS_MS + 26 * HOUR_MS; // The latest callback is a day late.
const USUAL = {
  DATABASE_URL: 'sqlite::memory:',
  DATA_KEY: 'a key of at least thirty-two characters',
  SAMPLE_DATA: 'off',
  SIMULATOR: 'off',
};
const DARAJA = {
  ...USUAL,
  MPESA_BASE_URL: 'http://127.0.0.1:1',
  MPESA_CONSUMER_KEY: 'key',
  MPESA_CONSUMER_SECRET: 'secret',
  MPESA_PASSKEY: 'passkey',
  MPESA_BUSINESS_SHORT_CODE: '174379',
};
const PESAPAL = {
  ...USUAL,
  PESAPAL_API_DOMAIN: 'http://127.0.0.1:1/pesapalv3',
  PESAPAL_CONSUMER_KEY: 'key',
  PESAPAL_CONSUMER_SECRET: 'secret',
};
const SHORT_HOLDS = { HOLD_MINUTES: '1.5', HOLD_CAP_MINUTES: '3' };
export const INITIATOR = { name: 'initiator', password: 'its password' };

const VENUES = {
  daraja: { city: 'Nairobi', country: 'KE', currency: 'KES', timeZone: 'Africa/Nairobi' },
  pesapal: { city: 'Dar es Salaam', country: 'TZ', currency: 'TZS', timeZone: 'Africa/Dar_es_Salaam' },
} as const;
const PRICES = { daraja: 10_000, pesapal: 100_000 }; // In cents: what a tenth of a good seat costs.

/** A cinema, and the gateway that collects for it. */
export interface House {
  gateway: GatewayName;
  config: Config;
  venue: { currency: Currency; callingCode: string; price: number };
}

/**
 * Four in Kenya and two in Tanzania. Most histories happen under the usual rules, some where holds end under open prompts
 * and pages, some where asking is cheap.
 */
export const HOUSES: readonly House[] = [
  ...[DARAJA, DARAJA, { ...DARAJA, ...SHORT_HOLDS }, { ...DARAJA, DARAJA_QUERIES_PER_MINUTE: '60' }].map(kenyan),
  ...[PESAPAL, { ...PESAPAL, HOLD_MINUTES: '3', HOLD_CAP_MINUTES: '5' }].map(tanzanian),
];

function kenyan(settings: Record<string, string>): House {
  const venue = { currency: 'KES', callingCode: '254', price: PRICES.daraja } as const;
  return { gateway: 'daraja', config: readConfig(settings), venue };
}

function tanzanian(settings: Record<string, string>): House {
  const venue = { currency: 'TZS', callingCode: '255', price: PRICES.pesapal } as const;
  return { gateway: 'pesapal', config: readConfig(settings), venue };
}

/** The same house, where Daraja gives money back and, where it is switched on, tells what it took in statements. */
export function withInitiator({ config, ...house }: House, statements: boolean): House {
  const { daraja } = config;
  const initiator = { ...INITIATOR, certificate: KEYS.publicPem() };
  return { ...house, config: { ...config, daraja: daraja && { ...daraja, initiator, statements } } };
}

/** A hall with one to three showings, so small that places run out; some begin while people still pay. */
export async function openHouse(disk: Disk, plan: Chance, house: House, now: Date): Promise<number[]> {
  const { write } = disk.open();
  const place = VENUES[house.gateway];
  const { price } = house.venue;
  return write(async em => {
    const sql = query(em);
    const contact = { address: 'Street', phone: '+254', email: 'hall@example.com' };
    const charges = { leastCharge: price, largestCharge: 100 * price };
    await sql
      .insertInto('venue')
      .values({ name: 'Hall', ...place, ...contact, ...charges })
      .execute();
    const film = { title: 'Film', description: 'A film', imageUrl: '/poster', minutes: 90, rating: 'PG' };
    await sql.insertInto('movie').values(film).execute();
    const showings = Array.from({ length: plan.whole(1, 3) }, () => ({
      ...{ movie: 1, venue: 1, screen: 'Screen 1', currency: place.currency },
      startsAt: new Date(+now + Math.round(plan.between(0.25, 3) * HOUR_MS)),
      price: plan.whole(3, 10) * price,
      capacity: plan.whole(2, 6),
    }));
    const rows = await sql.insertInto('showing').values(showings).returning('id').execute();
    return rows.map(({ id }) => id);
  });
}
