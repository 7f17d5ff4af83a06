import type { Context } from 'koa';
import * as v from 'valibot';
import { NumericId } from '../../shared/requests.ts';
import type { SignedIn } from '../box-office/sessions.ts';
import { actorOf } from '../box-office/signed-in.ts';
import { ProblemError } from '../http/problem.ts';
import type { Em } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import type { Changing } from '../show/record-programme.ts';

/** One transaction in the name of whoever is signed in, then everybody who watches is told. */
export async function commit<T>(
  parts: Parts,
  staff: SignedIn,
  work: (em: Em, changing: Changing) => Promise<T>,
): Promise<T> {
  const done = await parts.database.write(em => work(em, { actor: actorOf(staff), now: parts.clock.now() }));
  parts.wakeRelay();
  return done;
}

/** The number in the path; what cannot be one is not found. */
export function idIn(ctx: Context, name: string): number {
  const written = String(ctx.params[name]);
  const read = v.safeParse(NumericId, /^\d+$/.test(written) ? Number(written) : undefined);
  if (read.success) return read.output;
  throw new ProblemError('not_found');
}
