import type { Vault } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';

const BEGINNING_LEAST = 3; // Letters: fewer fit half of all names.
const BEGINNING_MOST = 8; // More letters hardly tell more names apart, and each costs a row.
const WORDS_MAX = 5; // Of one name; the rest is found by opening it.
const PAIR_DEPTHS = [3, 5]; // Letters of each of two words: the fewer as one begins to type, the more to tell people apart.
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

/** Under which hash names are kept that may fit what is typed so far. */
export interface TypedName {
  hash: string;
  /** Whatever has this hash fits; otherwise the name must be opened to see. */
  isEnough: boolean;
}

/** Null while that is too little to look for. */
export function hashTypedName(typed: string, vault: Vault): TypedName | null {
  const all = wordsOf(typed);
  const long = all.filter(word => word.length >= BEGINNING_LEAST);
  const [first, second] = long.sort((one, other) => other.length - one.length);
  if (first === undefined) return null;
  if (second === undefined) {
    const isEnough = all.length === 1 && first.length <= BEGINNING_MOST;
    return { hash: hashBeginning(first.slice(0, BEGINNING_MOST), vault), isEnough };
  }
  const depth = Math.max(...PAIR_DEPTHS.filter(letters => letters <= second.length));
  return { hash: hashBeginning(pairOf(first, second, depth), vault), isEnough: false };
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
  const pairs = PAIR_DEPTHS.flatMap(depth =>
    words.flatMap((word, at) => words.slice(at + 1).map(other => pairOf(word, other, depth))),
  );
  return [...new Set([...single, ...pairs])];
}

/** Two words of one name by their beginnings: "Wanjiru Kamau" is found among thousands of Wanjirus. */
function pairOf(one: string, other: string, depth: number): string {
  return [one, other]
    .map(word => word.slice(0, depth))
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
