import assert from 'node:assert/strict';
import type { Socket } from 'socket.io-client';
import * as v from 'valibot';
import { BoardAnswer, BoardChange, type BoardShowing, TakingsChange } from '../../shared/office/board.ts';
import { eventually } from '../support/eventually.ts';

/** A board that is watched: what came, checked by the shapes that are promised, and as it came. */
export async function watchBoard({ socket }: { socket: Socket }, venueId = 1) {
  const changes: BoardChange[] = [];
  const takings: TakingsChange[] = [];
  const raw: string[] = [];
  socket.onAny((event: string, message: unknown) => void raw.push(JSON.stringify([event, message])));
  socket.on(
    'board:changed',
    (message: unknown) => void changes.push(v.parse(v.strictObject(BoardChange.entries), message)),
  );
  socket.on('takings:changed', (message: unknown) => void takings.push(v.parse(TakingsChange, message)));
  const answer: unknown = await socket.timeout(5_000).emitWithAck('board:watch', { venueId });
  raw.push(JSON.stringify(answer));
  const { board, takings: first } = v.parse(BoardAnswer, answer);
  const showing = (showingId: number) =>
    [...board.showings, ...changes.flatMap(change => change.showings)].findLast(row => row.showingId === showingId);
  return {
    board,
    changes,
    takings: () => [...(first ?? []), ...takings.flatMap(change => change.takings)],
    raw,
    showing,
    booking: (bookingId: string) =>
      [...board.bookings, ...changes.flatMap(change => change.bookings)].findLast(row => row.bookingId === bookingId),
    /** Waits until this showing's newest row looks like this. */
    async until(showingId: number, what: (row: BoardShowing) => boolean): Promise<void> {
      await eventually(() => {
        const row = showing(showingId);
        return row !== undefined && what(row);
      }).catch(error => assert.fail(`${error.message} ${JSON.stringify(showing(showingId))}`));
    },
  };
}
