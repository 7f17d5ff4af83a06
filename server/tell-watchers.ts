import { createBoardTeller } from './board/tell-board.ts';
import { createExceptionTeller } from './box-office/tell-exceptions.ts';
import { createDoorTeller } from './door/tell-door.ts';
import type { Postman } from './mail/postman.ts';
import { queueMails } from './mail/queue-mails.ts';
import { type Parts, seeingNow } from './parts.ts';
import type { Realtime } from './realtime/realtime.ts';
import { type OutboxRow, type Relay, startRelay } from './relay.ts';
import { tellTill } from './till/events.ts';
import { seeBooking } from './view/booking-view.ts';
import { seeCharge } from './view/charge-view.ts';

export type StaffTellers = ReturnType<typeof tellStaff>;

interface Carried {
  realtime: Realtime;
  staff: StaffTellers;
  postman: Postman | null;
  /** The name of this process among others. */
  self: string | null;
}

/** What was committed goes to whoever watches, and where customers get mail, into the postman's bag. */
export function carryNews(parts: Parts, { realtime, staff, postman, self }: Carried): Relay {
  return startRelay({
    clock: parts.clock,
    database: parts.database,
    realtime,
    self,
    seeBooking: (em, id) => seeBooking(em, id, seeingNow(parts)),
    seeCharge: (em, id) => seeCharge(em, id, seeingNow(parts)),
    tellOffice: tellTill(parts),
    touchBoard: staff.touch,
    mail: postman && { queue: (em, ids) => queueMails(em, ids, parts.clock.now()), wake: postman.wake },
    told: parts.meters.told,
    failed: error => parts.log.error({ err: error }, 'the relay stumbled'),
  });
}

/** Boards, doors and lists of exceptions, of whatever has changed. */
export function tellStaff(parts: Parts & Pick<Realtime, 'office'>) {
  const failed = (error: unknown) => parts.log.error({ err: error }, 'a board was not told');
  const board = createBoardTeller({ ...parts, failed });
  const door = createDoorTeller(parts);
  const exceptions = createExceptionTeller({ ...parts, failed });
  return {
    touch(changes: readonly OutboxRow[]) {
      board.touch(changes);
      door.touch(changes);
      exceptions.touch(changes);
    },
    async idle() {
      await board.idle();
      await exceptions.idle();
    },
    async stop() {
      door.stop();
      await exceptions.stop();
      await board.stop();
    },
  };
}
