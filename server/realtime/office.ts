import type { IncomingMessage } from 'node:http';
import type { Namespace, Server, Socket } from 'socket.io';
import * as v from 'valibot';
import { type Clock, every, type Stop } from '../../shared/clock.ts';
import { isAtLeast, type Role } from '../../shared/office/people.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';

const LOOK_AGAIN_MS = 5 * 60_000; // Whether everybody who listens still may: the second net under ending sockets at once.
const EVENTS_PER_SECOND = 50; // Of one socket, saved up to as many.

/** Who sits behind a socket. */
export interface OfficePerson {
  staffId: number;
  name: string;
  role: Role;
  /** Null: at all venues. */
  venueId: number | null;
  sessionId: string;
  deviceId: number | null;
}

/** What an event handler may do with the socket that asked. */
export interface OfficeSeat {
  person: OfficePerson;
  /** From now on it hears what is told `to` this venue, as far as the role goes. Join first, then read, then answer. */
  join(venueId: number): Promise<void>;
  leave(venueId: number): Promise<void>;
}

/** Something that a page of the box office may ask by socket, with one answer; undefined is `not_found`. */
export interface OfficeEvent {
  name: string;
  role: Role;
  hear(wish: unknown, seat: OfficeSeat): Promise<object | undefined> | null;
}

/** `schema` reads the wish; what does not fit is `invalid_body`. A `venueId` in it must be one of the person's own. */
export function officeEvent<Wish>(
  name: string,
  role: Role,
  schema: v.GenericSchema<unknown, Wish>,
  answer: (wish: Wish, seat: OfficeSeat) => Promise<object | undefined>,
): OfficeEvent {
  return {
    name,
    role,
    hear(wish, seat) {
      const read = v.safeParse(schema, wish);
      return read.success ? answer(read.output, seat) : null;
    },
  };
}

/** Which sockets: of one session, of all of a person, of all on a device. */
export interface OfficeEnding {
  sessionId?: string;
  staffId?: number;
  deviceId?: number;
}

/** The sockets of the box office. */
export interface OfficeSockets {
  /** Those who joined this venue, in this process, with at least this role: `office.to(venueId).emit('board:changed', view)`. */
  to(venueId: number, leastRole?: Role): { emit(event: string, message: object): void };
  /** The same, wherever they joined. */
  toAll(leastRole?: Role): { emit(event: string, message: object): void };
  /** How many sockets are open: where there is none, nothing need be read to be told. */
  listeners(): number;
  /** Ends the sockets of what has just ended; on every machine. */
  end(ending: OfficeEnding): void;
  stop: Stop;
}

/** Before there are any. */
export const NO_SOCKETS: Omit<OfficeSockets, 'stop'> = {
  to: () => ({ emit() {} }),
  toAll: () => ({ emit() {} }),
  listeners: () => 0,
  end() {},
};

export interface OfficeSocketParts {
  clock: Clock;
  limited: boolean;
  /** Whose handshake this is; undefined when nobody is signed in, or the screen is locked. */
  seat(request: IncomingMessage): Promise<OfficePerson | undefined>;
  /** The same for a session that was good before. */
  seatAgain(sessionId: string): Promise<OfficePerson | undefined>;
  events: readonly OfficeEvent[];
  failed(error: unknown): void;
}

type OfficeSocket = Socket & { data: { person: OfficePerson } };

/** The namespace `/box-office`. The Origin was looked at before; here it is the session's turn. */
export function openOffice(io: Pick<Server, 'of'>, parts: OfficeSocketParts): OfficeSockets {
  const office = io.of('/box-office');
  office.use((socket, next) => {
    const refuse = () => next(new Error('not_signed_in'));
    parts.seat(socket.request).then(
      person => {
        if (!person) return refuse();
        socket.data = { person };
        next();
      },
      error => {
        parts.failed(error);
        refuse();
      },
    );
  });
  office.on('connection', socket => void welcome(socket, parts).catch(parts.failed));
  const stop = every(parts.clock, LOOK_AGAIN_MS, () => lookAgain(office, parts).catch(parts.failed));
  return {
    to: (venueId, leastRole = 'cashier') => office.local.to(venueRoom(venueId, leastRole)),
    toAll: (leastRole = 'cashier') => office.local.to(roleRoom(leastRole)),
    listeners: () => office.sockets.size,
    end: ending => office.in(roomsOf(ending)).disconnectSockets(true),
    stop,
  };
}

/** Rooms first, then another look: a session that ended in between would otherwise keep its socket. */
async function welcome(socket: OfficeSocket, parts: OfficeSocketParts): Promise<void> {
  const { person } = socket.data;
  const { sessionId, staffId, deviceId, role } = person;
  listen(socket, parts);
  const own = roomsOf({ sessionId, staffId, ...(deviceId !== null && { deviceId }) });
  await socket.join([...own, ...rolesUpTo(role).map(roleRoom)]);
  if (!(await parts.seatAgain(sessionId))) socket.disconnect(true);
}

/** Listening begins at once: a page asks as soon as it is connected. */
function listen(socket: OfficeSocket, parts: OfficeSocketParts) {
  const budget = new TokenBucket(parts.clock, EVENTS_PER_SECOND);
  const { person } = socket.data;
  const rooms = (venueId: number) => rolesUpTo(person.role).map(role => venueRoom(venueId, role));
  const seat: OfficeSeat = {
    person,
    join: async venueId => void (await socket.join(rooms(venueId))),
    leave: async venueId => rooms(venueId).forEach(room => void socket.leave(room)),
  };
  for (const event of parts.events)
    socket.on(event.name, (wish: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return;
      const refusal = parts.limited && !budget.take() ? 'too_many_requests' : refusalOf(event, person, wish);
      void answering(event, { wish, seat, refusal }, parts, message => answer(message));
    });
}

function refusalOf({ role }: OfficeEvent, person: OfficePerson, wish: unknown): ProblemCode | null {
  if (!isAtLeast(person.role, role)) return 'forbidden';
  const elsewhere = v.safeParse(v.object({ venueId: v.number() }), wish);
  const isElsewhere = elsewhere.success && person.venueId !== null && elsewhere.output.venueId !== person.venueId;
  return isElsewhere ? 'forbidden' : null;
}

/** Exactly once, whatever happens. */
async function answering(
  event: OfficeEvent,
  { wish, seat, refusal }: { wish: unknown; seat: OfficeSeat; refusal: ProblemCode | null },
  { failed }: OfficeSocketParts,
  answer: (message: object) => void,
): Promise<void> {
  const problem = (code: ProblemCode) => answer({ problem: { code } });
  if (refusal) return problem(refusal);
  try {
    const found = event.hear(wish, seat);
    if (!found) return problem('invalid_body');
    const view = await found;
    return view ? answer(view) : problem('not_found');
  } catch (error) {
    failed(error);
    problem('internal');
  }
}

async function lookAgain(office: Namespace, { seatAgain }: OfficeSocketParts): Promise<void> {
  for (const socket of office.sockets.values())
    if (!(await seatAgain(socket.data.person.sessionId))) socket.disconnect(true);
}

function roomsOf({ sessionId, staffId, deviceId }: OfficeEnding): string[] {
  return [
    ...(sessionId === undefined ? [] : [`session:${sessionId}`]),
    ...(staffId === undefined ? [] : [`staff:${staffId}`]),
    ...(deviceId === undefined ? [] : [`device:${deviceId}`]),
  ];
}

const venueRoom = (venueId: number, role: Role) => `venue:${venueId}:${role}`;
const roleRoom = (role: Role) => `role:${role}`;
const rolesUpTo = (role: Role) => (['cashier', 'supervisor', 'manager'] as const).filter(one => isAtLeast(role, one));
