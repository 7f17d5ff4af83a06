import type { Context } from 'koa';
import { formatMoney } from '../../shared/money.ts';
import { needsSecondPerson } from '../../shared/office/exceptions.ts';
import type { Approval } from '../../shared/office/people.ts';
import type { Parts } from '../parts.ts';
import { approvedBy } from './approved-by.ts';
import { readMoney } from './own-money.ts';
import type { SignedIn } from './sessions.ts';

/**
 * Who else agrees to a decision about the money that the path names: nobody needs to below the set amount. From there on
 * somebody other than `staff`, by PIN; both names go into the history.
 */
export async function confirmedBy(
  ctx: Context,
  parts: Parts,
  staff: SignedIn,
  { approval, what }: { approval?: Approval | undefined; what: string },
): Promise<{ approvedBy?: string }> {
  const money = await readMoney(parts.database.read(), ctx.params);
  if (!money || !needsSecondPerson(money.amount)) return {};
  const about = `${what}, ${formatMoney(money.amount, 'en-KE')}`;
  const wish = { approval, what: about, venueId: money.venueId, byAnother: true };
  return { approvedBy: (await approvedBy(ctx, parts, staff, wish)).name };
}
