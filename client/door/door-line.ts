import { type Clock, every, pause, type Stop } from '../../shared/clock.ts';
import { DoorAnswer, DoorShowing } from '../../shared/office/door.ts';
import type { OfficeApi } from '../box-office/office-api.ts';
import type { OfficeSocket } from '../box-office/office-socket.ts';

const ASK_EVERY_MS = 5_000; // A network that is gone without a word is noticed within this and the next.
const ANSWER_WITHIN_MS = 2_500;

export interface DoorLineParts {
  api: Pick<OfficeApi, 'get'>;
  socket: OfficeSocket;
  clock: Clock;
  venueId: number;
  heardList(answer: DoorAnswer): void;
  heardOne(showing: DoorShowing): void;
  /** Called whenever that changes. */
  lineIs(state: 'good' | 'gone'): void;
}

/** Keeps a door's counts live, and says at once when the network is gone. */
export function keepDoorLine(parts: DoorLineParts): { isGone(): boolean; stop: Stop } {
  const { api, socket, clock, venueId, heardList, heardOne, lineIs } = parts;
  let gone = false;

  function become(isGone: boolean) {
    if (gone === isGone) return;
    gone = isGone;
    lineIs(gone ? 'gone' : 'good');
  }

  async function askSocket() {
    const asked = socket.ask('door:watch', { venueId }, DoorAnswer);
    const answer = await Promise.race([asked, pause(clock, ANSWER_WITHIN_MS)]);
    if (!navigator.onLine) return become(true);
    if (answer && 'value' in answer) heardList(answer.value);
    become(!answer || ('trouble' in answer && answer.trouble.code === 'no_answer'));
  }

  /** Before the socket is open, and for browsers in which it never opens. */
  async function askPlainly() {
    const answer = await api.get(`/box-office/door/showings?venueId=${venueId}`, DoorAnswer);
    if ('value' in answer) heardList(answer.value);
    become('trouble' in answer && answer.trouble.code === 'no_answer');
  }

  const leaving = new AbortController();
  const { signal } = leaving;
  addEventListener('offline', () => become(true), { signal });
  addEventListener('online', () => void askPlainly(), { signal });
  const stops = [
    socket.onOpen(() => void askSocket()),
    socket.on('door:changed', DoorShowing, heardOne),
    every(clock, ASK_EVERY_MS, () => (socket.isOpen() ? askSocket() : askPlainly())),
    () => leaving.abort(),
  ];
  void askPlainly();
  return { isGone: () => gone || !navigator.onLine, stop: () => stops.forEach(stop => void stop()) };
}
