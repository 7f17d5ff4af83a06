import type { AdmissionAnswer, Verdict } from '../../shared/office/door.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { admitTicket, type Scan } from './admit-ticket.ts';

export type Judged = Pick<AdmissionAnswer, 'verdict' | 'ticket'>;

/** Lets the ticket in if this is its moment, and says what became of it. */
export async function judgeTicket(em: Em, scan: Scan): Promise<Judged> {
  const isIn = await admitTicket(em, scan);
  const row = await readTicket(em, scan.ticketCode);
  if (!row) return { verdict: 'unknown', ticket: null };
  return { verdict: isIn ? 'admitted' : verdictOn(row, scan), ticket: presentTicket(row) };
}

/** Why it was not let in. */
function verdictOn(row: TicketRow, { showingId, scanId }: Scan): Verdict {
  if (row.state === 'void') return row.booking === 'refunded' || row.refunds > 0 ? 'refunded' : 'void';
  if (row.showing !== showingId) return 'wrong_showing';
  // The same scan again, because its answer was lost: it was this one that let the ticket in.
  if (row.state === 'admitted') return scanId !== null && row.admittedScan === scanId ? 'admitted' : 'already_admitted';
  throw new ProblemError('not_possible_now', { detail: 'This ticket is changing right now: scan it again' });
}

async function readTicket(em: Em, ticketCode: string) {
  return query(em)
    .selectFrom('ticket')
    .innerJoin('booking', 'booking.id', 'ticket.booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['ticket.state', 'seat', 'admittedAt', 'admittedBy', 'admittedWhere', 'admittedScan'])
    .select(['booking.state as booking', 'reference', 'booking.showing', 'startsAt', 'screen', 'title', 'timeZone'])
    .select('venue.name as venueName')
    .select(one =>
      one
        .selectFrom('refund')
        .select(refund => refund.fn.countAll<number>().as('refunds'))
        .whereRef('refund.booking', '=', 'booking.id')
        .$asScalar()
        .$notNull()
        .as('refunds'),
    )
    .where('ticket.code', '=', ticketCode)
    .executeTakeFirst();
}

type TicketRow = NonNullable<Awaited<ReturnType<typeof readTicket>>>;

function presentTicket(row: TicketRow): AdmissionAnswer['ticket'] {
  return {
    reference: row.reference,
    seat: row.seat,
    showing: {
      showingId: row.showing,
      title: row.title,
      startsAt: row.startsAt.toISOString(),
      timeZone: row.timeZone,
      venue: row.venueName,
      screen: row.screen,
    },
    entry: row.admittedAt && { at: row.admittedAt.toISOString(), by: row.admittedBy, where: row.admittedWhere },
  };
}
