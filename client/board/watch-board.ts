import { type Clock, every, type Stop } from '../../shared/clock.ts';
import { BoardAnswer, BoardChange, TakingsChange } from '../../shared/office/board.ts';
import type { OfficeTrouble } from '../box-office/office-api.ts';
import type { OfficeSocket } from '../box-office/office-socket.ts';
import type { ServerClock } from '../kit/server-clock.ts';
import { BoardMemory } from './board-memory.ts';

const ASK_EVERY_MS = 15_000; // A change that got lost, and a night that ended, cost no more than this.

export interface BoardLine {
  clock: Clock;
  serverClock: ServerClock;
  socket: Pick<OfficeSocket, 'ask' | 'isOpen' | 'on' | 'onOpen'>;
}

export interface BoardWatch {
  readonly memory: BoardMemory;
  stop: Stop;
}

/** Keeps a board right: asks at every connect and now and then, and hears what changes in between. */
export function watchBoard(
  { clock, serverClock, socket }: BoardLine,
  venueId: number,
  told: { changed(): void; refused(trouble: OfficeTrouble): void },
): BoardWatch {
  const memory = new BoardMemory();
  const isHere = (message: { venueId: number }) => message.venueId === venueId;

  async function ask() {
    if (!socket.isOpen()) return; // What is shown stays, marked as old; the next connect asks.
    const round = memory.ask();
    const answer = await socket.ask('board:watch', { venueId }, BoardAnswer);
    if ('trouble' in answer) return answer.trouble.code === 'no_answer' ? undefined : told.refused(answer.trouble);
    if (!memory.hearAnswer(answer.value, round)) return;
    serverClock.hear(answer.value.board.now);
    told.changed();
  }

  const stops = [
    socket.on('board:changed', BoardChange, change => {
      if (!isHere(change)) return;
      memory.hearChange(change);
      told.changed();
    }),
    socket.on('takings:changed', TakingsChange, change => {
      if (!isHere(change)) return;
      memory.hearTakings(change);
      told.changed();
    }),
    socket.onOpen(() => void ask()),
    every(clock, ASK_EVERY_MS, ask),
  ];
  return { memory, stop: () => stops.forEach(stop => void stop()) };
}
