import { addMs } from '../../shared/clock.ts';
import { lockPayment } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Rules } from '../config.ts';
import { sendBudgetMs } from '../gateway/send-budget.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { BATCH } from './attempt.ts';

/** A push whose whole send budget has passed has lost its sender: nobody can say whether it left. */
export async function giveUpSending({ clock, config, database, wakeRelay }: Parts): Promise<void> {
  const { rules } = config;
  const now = clock.now();
  const lost = await query(database.read())
    .selectFrom('payment')
    .select(['id', 'startedAt'])
    .where('state', '=', 'started')
    .where('startedAt', '<=', addMs(now, -sendBudgetMs(rules.gatewayTimeoutMs)))
    .limit(BATCH)
    .execute();
  for (const payment of lost) await database.write(em => giveUp(em, payment, rules, now));
  if (lost.length > 0) wakeRelay();
}

/** Whether and when it is asked about stays as it is: what a person must look at is not scheduled again. */
async function giveUp(em: Em, { id, startedAt }: { id: string; startedAt: Date }, rules: Rules, now: Date) {
  await lockPayment(em, id);
  const promptEndsAt = addMs(startedAt, sendBudgetMs(rules.gatewayTimeoutMs) + rules.promptMs); // At the latest: as `liveUntil` says.
  const lost = await query(em)
    .updateTable('payment')
    .set({ state: 'unknown', promptEndsAt })
    .where('id', '=', id)
    .where('state', '=', 'started')
    .returning(['booking', 'charge', 'sale'])
    .executeTakeFirst();
  if (lost) await recordChange(em, lost, { happening: 'push_unanswered', actor: 'janitor', at: now, payment: id });
}
