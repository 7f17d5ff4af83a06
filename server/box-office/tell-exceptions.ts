import { type Clock, every, type Stop } from '../../shared/clock.ts';
import { type ExceptionChange, isAbout } from '../../shared/office/exceptions.ts';
import { query } from '../model/entities.ts';
import type { Topic } from '../model/outbox.ts';
import type { Parts } from '../parts.ts';
import type { OfficeSockets } from '../realtime/office.ts';
import { findPlaces } from '../view/worklist/add-places.ts';
import { seeExceptions } from '../view/worklist-view.ts';
import { ALL_VENUES } from './exception-events.ts';
import { lookingNow } from './looking.ts';

const PAUSE_MS = 200; // What happens in one moment is told together.
const LOOK_AGAIN_MS = 10_000; // For what comes by the mere passing of time: a payment that nobody has heard of for so long.
const SUBJECTS_MAX = 100; // Of one telling; the rest follows in the next.

const LISTED = ['booking', 'charge', 'sale', 'receipt'] as const satisfies Topic[];
type Subject = { topic: (typeof LISTED)[number]; id: string };

interface TellerParts extends Pick<Parts, 'clock' | 'database' | 'lines'> {
  clock: Clock;
  office: Pick<OfficeSockets, 'to' | 'listeners'>;
  failed(error: unknown): void;
}

export interface ExceptionTeller {
  touch(changes: readonly { topic: Topic; subject: string }[]): void;
  /** Resolves when everything touched was told. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Tells those who look after exceptions where things stand: about what has changed, and now and then about everything. */
export function createExceptionTeller(parts: TellerParts): ExceptionTeller {
  const waiting = new Map<string, Subject>();
  let telling: Promise<void> = Promise.resolve();
  let stopPause: Stop | undefined;
  let toldLast = '';

  /** One telling at a time: none overtakes another. */
  function tell(work: () => Promise<void>) {
    telling = telling.then(work).catch(parts.failed);
    return telling;
  }

  function begin() {
    if (stopPause || waiting.size === 0) return;
    stopPause = parts.clock.after(PAUSE_MS, () => {
      stopPause = undefined;
      begin();
    });
    const some = [...waiting.values()].slice(0, SUBJECTS_MAX);
    for (const { id } of some) waiting.delete(id);
    void tell(() => tellAbout(parts, some));
  }

  async function lookAgain() {
    if (parts.office.listeners() > 0)
      await tell(async () => {
        toldLast = await tellAll(parts, toldLast);
      });
  }

  const stopLooking = every(parts.clock, LOOK_AGAIN_MS, lookAgain);
  return {
    touch(changes) {
      if (parts.office.listeners() === 0) return; // Whoever comes later reads it all.
      for (const { topic, subject } of changes) {
        const listed = LISTED.find(one => one === topic);
        if (listed) waiting.set(subject, { topic: listed, id: subject });
      }
      begin();
    },
    idle: () => telling,
    async stop() {
      waiting.clear();
      stopPause?.();
      stopLooking();
      await telling;
    },
  };
}

async function tellAbout({ database, office, ...rest }: TellerParts, subjects: Subject[]) {
  const em = database.read();
  const idsOf = (topic: Subject['topic']) => subjects.filter(one => one.topic === topic).map(({ id }) => id);
  const [bookings, charges, sales, receipts] = LISTED.map(idsOf) as [string[], string[], string[], string[]];
  const about = { ids: [...bookings, ...charges, ...sales], receipts: receipts.map(Number) };
  const looking = lookingNow(rest);
  const exceptions = await seeExceptions(em, { ...looking, about });
  const places = await findPlaces(em, { bookings, charges, sales });
  const now = looking.now.toISOString();
  const told = (venueId: number | null, ids: string[]) => {
    const own = exceptions.filter(one => one.venueId === venueId && isAbout(one, ids));
    send(office, { now, venueId, about: ids, exceptions: own });
  };
  for (const venueId of new Set([...places.values()].map(place => place.venueId)))
    told(
      venueId,
      about.ids.filter(id => places.get(id)?.venueId === venueId),
    );
  if (receipts.length > 0) told(null, receipts);
}

/** Only what is not as it was the last time: answers what to compare with the next time. */
async function tellAll({ database, office, ...rest }: TellerParts, before: string): Promise<string> {
  const em = database.read();
  const looking = lookingNow(rest);
  const exceptions = await seeExceptions(em, looking);
  const after = JSON.stringify(exceptions);
  if (after === before) return before;
  const venues = await query(em).selectFrom('venue').select('id').execute();
  const now = looking.now.toISOString();
  for (const venueId of [...venues.map(({ id }) => id), null])
    send(office, { now, venueId, about: null, exceptions: exceptions.filter(one => one.venueId === venueId) });
  return after;
}

/** To the venue's own people, and to those of all venues. */
function send(office: TellerParts['office'], change: ExceptionChange) {
  if (change.venueId !== null) office.to(change.venueId, 'supervisor').emit('exception:changed', change);
  office.to(ALL_VENUES, 'supervisor').emit('exception:changed', change);
}
