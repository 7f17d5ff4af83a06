import type { Socket as AnySocket } from 'socket.io';
import * as v from 'valibot';
import type { ProblemCode } from '../../shared/problem.ts';
import { BookingWatch, ChargeWatch, ShowingWatch } from '../../shared/requests.ts';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import type { Availability } from './availability.ts';
import type { ProgrammeWatchers } from './programme.ts';
import type { RealtimeParts } from './realtime.ts';

const EVENTS_PER_SECOND = 50; // Of one socket, saved up to as many: a storefront asks for all showings of a day at once.
const ROOMS_MAX = 50; // Of one socket: a storefront watches the showings on one page.

type Socket = AnySocket<ClientEvents, ServerEvents>;

/** Of those who watch a booking or a charge; no id is both. */
export function roomOf(id: string) {
  return `paid-for:${id}`;
}

/** Those who watch showings and the programme. */
interface Watchers {
  availability: Availability;
  programme: ProgrammeWatchers;
}

/** What a page of a customer may ask, and how often. */
export function welcome(socket: Socket, parts: RealtimeParts, watchers: Watchers) {
  const budget = new TokenBucket(parts.clock, EVENTS_PER_SECOND);
  /** Asking again about what is watched already, as after a bad moment of the network, takes no further room. */
  const mayAsk = (isWatched: boolean) =>
    !parts.limited || (budget.take() && (isWatched || socket.rooms.size <= ROOMS_MAX));
  const isIn = (id: string | null) => id !== null && socket.rooms.has(roomOf(id));
  socket.on('booking:watch', (wish, answer) => {
    const id = v.is(BookingWatch, wish) ? wish.bookingId : null;
    void answering(
      answer,
      () => mayAsk(isIn(id)),
      parts,
      async () => {
        const booking = await joinThenRead(socket, id, parts.seeBooking);
        return booking && { booking };
      },
    );
  });
  socket.on('charge:watch', (wish, answer) => {
    const id = v.is(ChargeWatch, wish) ? wish.chargeId : null;
    void answering(
      answer,
      () => mayAsk(isIn(id)),
      parts,
      async () => {
        const charge = await joinThenRead(socket, id, parts.seeCharge);
        return charge && { charge };
      },
    );
  });
  welcomeToProgramme(socket, mayAsk, parts, watchers);
}

/** What is on, and how many places are left. */
function welcomeToProgramme(
  socket: Socket,
  mayAsk: (isWatched: boolean) => boolean,
  parts: RealtimeParts,
  { availability, programme }: Watchers,
) {
  socket.on('showing:watch', (wish, answer) => {
    const id = v.is(ShowingWatch, wish) ? wish.showingId : null;
    void answering(
      answer,
      () => mayAsk(id !== null && availability.isIn(socket, id)),
      parts,
      async () => {
        if (id === null) return undefined;
        await availability.join(socket, id);
        const showing = await parts.seeShowing(id);
        if (!showing) await availability.leave(socket, id);
        return showing && { showing };
      },
    );
  });
  socket.on('programme:watch', answer => {
    void answering(
      answer,
      () => mayAsk(programme.isIn(socket)),
      parts,
      async () => {
        await programme.join(socket);
        return programme.change(await parts.seeProgrammeVersion());
      },
    );
  });
  socket.on('showing:unwatch', wish => {
    const read = v.safeParse(ShowingWatch, wish);
    if (read.success) void availability.leave(socket, read.output.showingId);
  });
}

/** In this order a change in between is told, not lost. */
async function joinThenRead<T>(socket: Socket, id: string | null, see: (id: string) => Promise<T | undefined>) {
  if (id === null) return undefined;
  await socket.join(roomOf(id));
  const view = await see(id);
  if (!view) await socket.leave(roomOf(id));
  return view;
}

/** Answers exactly once, whatever happens; a message without a place for the answer is ignored. */
async function answering<T extends object>(
  answer: unknown,
  mayAsk: () => boolean,
  { failed }: RealtimeParts,
  find: () => Promise<T | undefined>,
) {
  if (typeof answer !== 'function') return;
  const problem = (code: ProblemCode) => answer({ problem: { code } });
  if (!mayAsk()) return problem('too_many_requests');
  try {
    const found = await find();
    return found ? answer(found) : problem('not_found');
  } catch (error) {
    failed(error);
    problem('internal');
  }
}
