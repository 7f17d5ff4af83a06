import type { IncomingMessage } from 'node:http';
import type { Parts } from '../parts.ts';
import type { OfficeSocketParts } from '../realtime/office.ts';
import { cookieName, cookieOf } from './cookies.ts';
import { findSession, findSignedIn, type SignedIn } from './sessions.ts';

/** Who may have a socket at the box office: whoever is signed in, and not while the screen is locked. */
export function seatOf(parts: Parts): Pick<OfficeSocketParts, 'seat' | 'seatAgain'> {
  const { clock, database } = parts;
  const unlocked = (staff: SignedIn | undefined) => (staff?.lockedAt === null ? staff : undefined);
  return {
    async seat(request: IncomingMessage) {
      const token = cookieOf(request, cookieName(parts, 'session'));
      return token ? unlocked(await findSignedIn(database.read(), token, clock.now())) : undefined;
    },
    seatAgain: async sessionId => unlocked(await findSession(database.read(), sessionId, clock.now())),
  };
}
