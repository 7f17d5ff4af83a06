import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { hashesOfName } from '../../server/booking/keep-name.ts';
import { keepPhone } from '../../server/booking/read-phone.ts';
import { openDatabase } from '../../server/database/open-database.ts';
import type { Vault } from '../../server/database/vault.ts';
import { type Random, randomHex, randomReadable } from '../../shared/random.ts';
import { seededFraction, seededRandom } from '../support/seeded-random.ts';

const START = Date.parse('2024-01-01T12:00:00Z');
const A_SHOWING = 200; // Bookings.
const TOGETHER = 20_000; // Bookings a transaction.
const SOME = 1_000; // Remembered, to be looked for.
const VENUES = 3; // Most is sold at the first one.
const OWED_EVERY = 3_000; // A refund is due.
const SILENT_EVERY = 5_000; // A payment of which nobody knows.
const FIRST = 'Wanjiru Achieng Mary John Amina Otieno Njeri Fatuma Peter Grace Kamau Joseph Esther Mwangi Halima'.split(
  ' ',
);
const LAST =
  'Kamau Otieno Mwangi Odhiambo Njoroge Wanjala Kiptoo Mutua Hassan Ouma Ndungu Cheruiyot Omondi Waweru'.split(' ');
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const SYLLABLES = 'wa nja mu chi ki ru no re ma si ba to ha le di go ny ng tho mbu ku pe'.split(' ');

export interface Seeded {
  some: { reference: string; receipt: string; ticketCode: string; phone: string; name: string }[];
  firstNames: string[];
  lastNames: string[];
}

interface Sold {
  id: string;
  reference: string;
  receipt: string;
  tickets: string[];
  phone: string;
  name: string;
  venue: number;
  showing: number;
  at: number;
  number: number;
}

/** Years of bookings, paid, with tickets, as they stand in the tables; made once a file, which takes minutes. `odd`: with some money that people must look at. */
export async function seedBookings(
  file: string,
  vault: Vault,
  bookings: number,
  { odd = true }: { odd?: boolean } = {},
): Promise<Seeded> {
  const isNew = !existsSync(file);
  const names = { firstNames: namesFrom(FIRST, 300, 1), lastNames: namesFrom(LAST, 2_000, 2) };
  if (isNew) await (await openDatabase(file)).close();
  const database = new Database(file);
  const some: Seeded['some'] = [];
  const insert = createInsert(database);
  const make = seller(names);
  if (isNew) fill(database, insert);
  database.pragma('synchronous = off');
  database.pragma('cache_size = -1500000');
  for (let from = 0; from < bookings; from += TOGETHER)
    database.transaction(() => {
      for (let number = from; number < Math.min(from + TOGETHER, bookings); number++) {
        const sold = make(number);
        if (number % Math.ceil(bookings / SOME) === 0 && sold.venue === 1)
          some.push({ ...sold, ticketCode: sold.tickets[0] ?? '' });
        if (isNew) write(insert, vault, sold, odd);
      }
    })();
  database.pragma('wal_checkpoint(truncate)');
  database.close();
  return { some, ...names };
}

/** The first few are what half of all people are called. */
function namesFrom(common: string[], count: number, seed: number): string[] {
  const chance = seededFraction(seed);
  const syllable = () => SYLLABLES[Math.floor(chance() * SYLLABLES.length)] ?? '';
  const rare = Array.from({ length: count }, () => {
    const name = syllable() + syllable() + syllable();
    return name.charAt(0).toUpperCase() + name.slice(1);
  });
  return [...common, ...new Set(rare)];
}

function seller({ firstNames, lastNames }: Pick<Seeded, 'firstNames' | 'lastNames'>) {
  const random: Random = seededRandom(3);
  const chance = seededFraction(4);
  const one = (names: string[]) => names[Math.floor(chance() ** 4 * names.length)] ?? '';
  return (number: number): Sold => {
    const showing = Math.floor(number / A_SHOWING) + 1;
    return {
      number,
      id: randomHex(random),
      reference: referenceOf(number),
      receipt: `S${randomReadable(random, 9)}`,
      tickets: [randomHex(random), randomHex(random)],
      phone: `2547${String(Math.floor(chance() * 1e8)).padStart(8, '0')}`,
      name: `${one(firstNames)} ${one(lastNames)}`,
      venue: venueOf(showing),
      showing,
      at: START + number * 60_000,
    };
  };
}

/** Far apart and never the same: by chance two of a million would be alike. */
function referenceOf(number: number): string {
  let rest = (BigInt(number) * 582_300_000_007n + 99_991n) % BigInt(LETTERS.length) ** 8n;
  let reference = '';
  for (let letter = 0; letter < 8; letter++) {
    reference += LETTERS[Number(rest % BigInt(LETTERS.length))];
    rest /= BigInt(LETTERS.length);
  }
  return reference;
}

const venueOf = (showing: number) => (showing % 5 === 0 ? 1 + (showing % VENUES) : 1);

type Insert = (table: string, row: Record<string, string | number | null>) => void;

function createInsert(database: Database.Database): Insert {
  const known = new Map<string, Database.Statement>();
  return (table, row) => {
    const names = Object.keys(row);
    const sql = `insert into ${table} (${names.map(name => `"${name}"`)}) values (${names.map(() => '?')})`;
    const statement = known.get(sql) ?? database.prepare(sql);
    known.set(sql, statement);
    statement.run(Object.values(row));
  };
}

function fill(database: Database.Database, insert: Insert) {
  const place = { city: 'Nairobi', country: 'KE', currency: 'KES', timeZone: 'Africa/Nairobi' };
  for (let id = 1; id <= VENUES; id++)
    insert('venue', { id, name: `Cinema ${id}`, ...place, address: '', phone: '', email: '' });
  const movie = { title: 'A film', description: '', imageUrl: '', minutes: 100, rating: '' };
  insert('movie', { id: 1, ...movie });
  void database;
}

function write(insert: Insert, vault: Vault, sold: Sold, odd: boolean) {
  const { id, showing, at, number, venue } = sold;
  if (number % A_SHOWING === 0)
    insert('showing', {
      ...{ id: showing, movie: 1, venue, screen: 'Screen 1', startsAt: at + 86_400_000, price: 50_000 },
      ...{ currency: 'KES', capacity: 2 * A_SHOWING, held: 0, sold: 2 * A_SHOWING },
    });
  const money = { amount: 100_000, currency: 'KES' };
  const phone = { ...keepPhone(sold.phone, vault) };
  insert('booking', {
    ...{ id, reference: sold.reference, showing, state: 'confirmed', quantity: 2, ...money, ...phone },
    ...{ customerNameSealed: vault.seal(sold.name), heldUntil: at, holdEndsAt: at, holdCapAt: at },
    ...{ keyHash: `k${id}`, bodyHash: '', createdAt: at },
  });
  for (const beginning of hashesOfName(sold.name, vault)) insert('booking_name', { venue, beginning, booking: id });
  insert('audit_entry', {
    ...{ at, booking: id, version: 1, payment: null, actor: 'customer', happening: 'places_held', details: '{}' },
  });
  const isSilent = odd && number % SILENT_EVERY === 0;
  insert('payment', {
    ...{
      id: `p${id.slice(1)}`,
      booking: id,
      gateway: 'daraja',
      state: isSilent ? 'unknown' : 'paid',
      ...money,
      ...phone,
    },
    ...{ accountReference: `A${sold.receipt}`, live: 0, liveUntil: at, reachedPhone: 1, startedAt: at, frozen: 0 },
    ...{ checks: 0, keyHash: `k${id}`, bodyHash: '' },
  });
  insert('receipt', {
    ...{ id: number + 1, gateway: 'daraja', number: sold.receipt, payment: `p${id.slice(1)}`, ...money },
    ...{ allocation: 'applied', createdAt: at },
  });
  insert('share', { receipt: number + 1, booking: id, amount: money.amount });
  for (const code of sold.tickets) insert('ticket', { code, booking: id, state: 'valid' });
  if (odd && number % OWED_EVERY === 0)
    insert('refund', {
      ...{ id: `r${id.slice(1)}`, receipt: number + 1, booking: id, ...money, state: 'due' },
      ...{ reason: 'staff_decision', createdAt: at },
    });
}
