import assert from 'node:assert/strict';
import type { Socket } from 'socket.io-client';
import * as v from 'valibot';
import { ExceptionList } from '../../client/exceptions/exception-list.ts';
import { ExceptionChange, ExceptionsAnswer, type ExceptionView } from '../../shared/office/exceptions.ts';
import { eventually } from '../support/eventually.ts';

export type Watched = Awaited<ReturnType<typeof watchExceptions>>;

/** A list that is watched as the page does: it asks once, and from then on only hears. */
export async function watchExceptions({ socket }: { socket: Socket }, wish: object = {}) {
  const list = new ExceptionList();
  const changes: ExceptionChange[] = [];
  const raw: string[] = [];
  socket.onAny((event: string, message: unknown) => void raw.push(JSON.stringify([event, message])));
  socket.on('exception:changed', (message: unknown) => {
    const change = v.parse(v.strictObject(ExceptionChange.entries), message);
    changes.push(change);
    list.hear(change);
  });
  const answer: unknown = await socket.timeout(5_000).emitWithAck('exceptions:watch', wish);
  raw.push(JSON.stringify(answer));
  const { now, exceptions } = v.parse(ExceptionsAnswer, answer);
  list.start(now, exceptions);
  const all = (): readonly ExceptionView[] => list.all ?? [];
  return {
    changes,
    raw,
    all,
    kinds: () =>
      all()
        .map(({ kind }) => kind)
        .sort(),
    /** Waits until it looks like this, by what is pushed alone. */
    async until(what: (all: readonly ExceptionView[]) => boolean): Promise<readonly ExceptionView[]> {
      await eventually(() => what(all())).catch(error => assert.fail(`${error.message} ${JSON.stringify(all())}`));
      return all();
    },
    /** The one of this kind, once it is there. */
    async one(kind: ExceptionView['kind']): Promise<ExceptionView> {
      await this.until(list => list.some(one => one.kind === kind));
      return all().find(one => one.kind === kind) as ExceptionView;
    },
    empty: () => eventually(() => all().length === 0).catch(() => assert.fail(JSON.stringify(all()))),
  };
}
