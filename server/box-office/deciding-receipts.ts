import type { Context } from 'koa';
import * as v from 'valibot';
import { ReceiptResolution } from '../../shared/office/exceptions.ts';
import { LookupRequest } from '../../shared/requests.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { settlingNow } from '../payment/evidence.ts';
import { findMatch, type Match } from '../payment/find-match.ts';
import { matchReceipt, returnReceipt } from '../payment/match-receipt.ts';
import { closeReceipt, resolveReceipt } from '../payment/resolve-receipt.ts';
import { commit, idIn } from './deciding.ts';
import { confirmedBy } from './second-person.ts';
import type { SignedIn } from './sessions.ts';
import { actorOf, worksAt } from './signed-in.ts';

/** What a reference names, for whoever compares it with the money. */
export async function seeMatch(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const reference = v.safeParse(LookupRequest.entries.reference, ctx.query.reference);
  if (!reference.success) throw invalid('invalid_body', 'reference', 'A reference has 6 to 8 letters and digits');
  ctx.body = { match: (await findOwn(parts, staff, reference.output)).view };
}

/** What becomes of money that was set aside. */
export async function resolve(ctx: Context, parts: Parts, staff: SignedIn): Promise<void> {
  const { as, note, reference, venueId, approval } = await readJson(ctx, ReceiptResolution);
  const receiptId = idIn(ctx, 'receiptId');
  const confirmed = await confirmedBy(ctx, parts, staff, { approval, what: WORDS[as] });
  const decision = { receiptId, note, actor: actorOf(staff), ...confirmed };
  if (as === 'closed') return commit(parts, em => closeReceipt(em, decision, parts.clock.now()));
  if (as === 'match') {
    const match = await findOwn(parts, staff, reference ?? '');
    return commit(parts, em => matchReceipt(em, parts, decision, match));
  }
  if (as === 'refund' && (await isNobodys(parts, receiptId))) {
    const books = venueId ?? staff.venueId;
    if (books === null) throw invalid('invalid_body', 'venueId', 'Say in which venue’s books it goes back');
    return commit(parts, em => returnReceipt(em, parts, { ...decision, venueId: books }));
  }
  return commit(parts, em => resolveReceipt(em, { as, ...decision }, settlingNow(parts)));
}

const WORDS = {
  booking: 'money for a booking',
  match: 'money matched to a booking',
  refund: 'money that goes back',
  closed: 'money dealt with outside',
};

/** Nothing that is at another venue. */
async function findOwn({ database }: Parts, staff: SignedIn, reference: string): Promise<Match> {
  const match = await findMatch(database.read(), reference);
  if (match && worksAt(staff, match.venueId)) return match;
  throw new ProblemError('not_found', { detail: 'Nothing here has this reference' });
}

async function isNobodys({ database }: Parts, receiptId: number): Promise<boolean> {
  const receipt = await query(database.read())
    .selectFrom('receipt')
    .select('payment')
    .where('id', '=', receiptId)
    .executeTakeFirst();
  return receipt?.payment === null;
}
