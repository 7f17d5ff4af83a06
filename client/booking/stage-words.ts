import { REASONS } from '../../shared/reasons.ts';
import type { BookingView, PaymentView } from '../../shared/views.ts';
import type { SentenceKey } from '../kit/dictionary.ts';
import type { Values, Words } from '../kit/words.ts';
import { isUnresolved, type Stage, type StageName } from './booking-stage.ts';

/** What a stage says: whose turn it is, what is going on, and what to do. */
export interface StageWords {
  turn: string;
  title: string;
  sentences: string[];
  /** What the countdown beside it counts; empty when there is none. */
  timeLeft: string;
}

const TIME_LEFT: Partial<Record<StageName, SentenceKey>> = {
  hold: 'hold_left',
  failed: 'failed_left',
  prompt: 'prompt_left',
  hosted_page: 'prompt_left',
};

export function stageWords(booking: BookingView, stage: Stage, words: Words): StageWords {
  const values = valuesOf(booking, words);
  const timeLeft = TIME_LEFT[stage.name];
  return {
    turn: words.say(turnKey(booking, stage), values),
    title: words.say(`${stage.name}_title`, values),
    sentences: sentencesOf(booking, stage, words, values),
    timeLeft: timeLeft && stage.endsAt ? words.say(timeLeft) : '',
  };
}

export function gatewayName(gateway: PaymentView['gateway'], { say }: Words): string {
  return say(`gateway_${gateway}`);
}

function valuesOf({ total, payment, refunds }: BookingView, words: Words): Values {
  const owed = refunds.filter(({ state }) => state !== 'done').reduce((sum, { amount }) => sum + amount.amount, 0);
  const paying = payment?.amount ?? total;
  return {
    total: words.money(total),
    amount: words.money(owed > 0 ? { ...total, amount: owed } : paying),
    phone: payment?.phone ?? '',
    gateway: payment ? gatewayName(payment.gateway, words) : '',
  };
}

function turnKey({ payment }: BookingView, { turn, name }: Stage): SentenceKey {
  if (turn === 'yours') return 'turn_yours';
  if (turn === 'done') return 'turn_done';
  if (turn === 'failed') return 'turn_failed';
  if (name === 'hold_over') return 'turn_ours';
  return name !== 'review' && name !== 'refund_due' && isUnresolved(payment) ? 'turn_providers' : 'turn_venues';
}

function sentencesOf({ payment }: BookingView, { name }: Stage, words: Words, values: Values): string[] {
  if (name !== 'failed') return [words.say(`${name}_text`, values)];
  const reason = payment?.reason?.code ?? 'refused';
  const next = whatNext(reason);
  return [REASONS[reason][words.language], ...(next ? [words.say(next)] : [])];
}

function whatNext(reason: keyof typeof REASONS): SentenceKey | null {
  if (reason === 'pin_locked' || reason === 'limit_exceeded' || reason === 'invalid_phone') return 'otherNumber';
  return reason === 'amount_not_allowed' ? 'tooMuchAtOnce' : null;
}
