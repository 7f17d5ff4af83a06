import type { Vault } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';

const BEGINNING_LEAST = 3; // Letters: fewer fit half of all names.
const BEGINNING_MOST = 8; // More letters hardly tell more names apart, and each costs a row.
const WORDS_MAX = 5; // Of one name; the rest is found by opening it.
const HASH_LETTERS = 10; // 60 bits.

interface Named {
  bookingId: string;
  venueId: number;
  name: string;
}

/** Makes a sealed name findable: a row for each beginning of each of its words, and for each two words together. */
export async function keepName(em: Em, vault: Vault, { bookingId, venueId, name }: Named): Promise<void> {
  const rows = hashesOfName(name, vault).map(beginning => ({ venue: venueId, beginning, booking: bookingId }));
  if (rows.length > 0) await query(em).insertInto('booking_name').values(rows).execute();
}

/** Nobody finds it by this name any more. */
export async function forgetName(em: Em, vault: Vault, { bookingId, venueId, name }: Named): Promise<void> {
  const hashes = hashesOfName(name, vault);
  if (hashes.length === 0) return;
  await query(em)
    .deleteFrom('booking_name')
    .where('venue', '=', venueId)
    .where('beginning', 'in', hashes)
    .where('booking', '=', bookingId)
    .execute();
}

/** All hashes under which a name is kept. */
export function hashesOfName(name: string, vault: Vault): string[] {
  return beginningsOf(name).map(one => hashBeginning(one, vault));
}

/** Under which hash a name is kept that fits what is typed so far; null while that is too little to look for. */
export function hashTypedName(typed: string, vault: Vault): string | null {
  const words = wordsOf(typed)
    .filter(word => word.length >= BEGINNING_LEAST)
    .sort((one, other) => other.length - one.length);
  const [first, second] = words;
  if (first === undefined) return null;
  return hashBeginning(second === undefined ? first.slice(0, BEGINNING_MOST) : pairOf(first, second), vault);
}

/** Whether each typed word begins a word of the name, whatever their order. */
export function fitsName(typed: string, name: string): boolean {
  const words = wordsOf(name);
  return wordsOf(typed).every(wanted => words.some(word => word.startsWith(wanted)));
}

function beginningsOf(name: string): string[] {
  const words = wordsOf(name)
    .filter(word => word.length >= BEGINNING_LEAST)
    .slice(0, WORDS_MAX);
  const single = words.flatMap(word => {
    const most = Math.min(word.length, BEGINNING_MOST);
    return Array.from({ length: most - BEGINNING_LEAST + 1 }, (_, at) => word.slice(0, BEGINNING_LEAST + at));
  });
  const pairs = words.flatMap((word, at) => words.slice(at + 1).map(other => pairOf(word, other)));
  return [...new Set([...single, ...pairs])];
}

/** Two words of one name by their beginnings: "Wanjiru Kamau" is found among thousands of Wanjirus. */
function pairOf(one: string, other: string): string {
  return [one, other]
    .map(word => word.slice(0, BEGINNING_LEAST))
    .sort()
    .join(' ');
}

/** As people type: no accents, no capitals, no hyphens; Ng’ang’a is one word. */
function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}'’ʼ`]/gu, '')
    .toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
}

function hashBeginning(beginning: string, vault: Vault): string {
  return vault.keyedHash(`name:${beginning}`).slice(0, HASH_LETTERS);
}
