import { type Random, randomHex } from '../../shared/random.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';

/** One ticket a place, each with a code of its own that nobody can guess. */
export async function issueTickets(em: Em, random: Random, bookingId: string, quantity: number): Promise<void> {
  for (let place = 0; place < quantity; place++)
    await insertTicket.run(em, { code: randomHex(random), booking: bookingId });
}

const insertTicket = prepared((em, ticket: { code: string; booking: string }) =>
  query(em)
    .insertInto('ticket')
    .values({ ...ticket, seat: null, state: 'valid', admittedAt: null }),
);
