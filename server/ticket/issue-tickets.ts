import { type Random, randomHex } from '../../shared/random.ts';
import { type Em, query } from '../model/entities.ts';

/** One ticket a place, each with a code of its own that nobody can guess. */
export async function issueTickets(em: Em, random: Random, bookingId: string, quantity: number): Promise<void> {
  const tickets = Array.from({ length: quantity }, () => ({
    code: randomHex(random),
    booking: bookingId,
    seat: null,
    state: 'valid' as const,
    admittedAt: null,
  }));
  await query(em).insertInto('ticket').values(tickets).execute();
}
