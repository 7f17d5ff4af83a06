import { REASONS, type ReasonCode } from '../../shared/reasons.ts';
import type { SentenceKey } from '../kit/dictionary.ts';
import type { Values, Words } from '../kit/words.ts';
import { isUnresolved, type Payable, type Stage } from './payment-stage.ts';

/** What a stage says: whose turn it is, what is going on, and what to do. */
export interface StageWords {
  turn: string;
  title: string;
  sentences: string[];
  /** What the countdown beside it counts; empty when there is none. */
  timeLeft: string;
}

/** The words of a page on which one of these stages is shown. */
type Saying<Name extends string> = Words<SentenceKey | `${Name}_title` | `${Exclude<Name, 'failed'>}_text`>;

const TIME_LEFT: Partial<Record<string, SentenceKey>> = {
  hold: 'hold_left',
  failed: 'failed_left',
  prompt: 'prompt_left',
  hosted_page: 'hosted_page_left',
};

export function stageWords<Name extends string>(
  payable: Payable,
  stage: Stage<Name>,
  words: Saying<NoInfer<Name>>,
): StageWords {
  const values = valuesOf(payable, words);
  const timeLeft = TIME_LEFT[stage.name];
  return {
    turn: words.say(turnKey(payable, stage), values),
    title: words.say(`${stage.name}_title` as const, values),
    sentences: sentencesOf(payable, stage, words, values),
    timeLeft: timeLeft && stage.endsAt ? words.say(timeLeft) : '',
  };
}

function valuesOf({ amount, payment, refunds }: Payable, words: Words): Values {
  const owed = refunds.filter(({ state }) => state !== 'done').reduce((sum, refund) => sum + refund.amount.amount, 0);
  return {
    total: words.money(amount),
    amount: words.money(owed > 0 ? { ...amount, amount: owed } : (payment?.amount ?? amount)),
    phone: payment?.phone ?? '',
    gateway: payment ? words.say(`gateway_${payment.gateway}`) : '',
  };
}

function turnKey({ payment }: Payable, { turn, name }: Stage): SentenceKey {
  if (turn === 'yours') return 'turn_yours';
  if (turn === 'done') return 'turn_done';
  if (turn === 'failed') return 'turn_failed';
  if (name === 'hold_over') return 'turn_ours';
  return name !== 'review' && name !== 'refund_due' && isUnresolved(payment) ? 'turn_providers' : 'turn_venues';
}

function sentencesOf<Name extends string>(
  { payment }: Payable,
  { name }: Stage<Name>,
  words: Saying<NoInfer<Name>>,
  values: Values,
): string[] {
  if (saysText(name)) return [words.say(`${name}_text` as const, values)];
  const reason = payment?.reason?.code ?? 'refused';
  const next = whatNext(reason);
  return [REASONS[reason][words.language], ...(next ? [words.say(next)] : [])];
}

/** What failed says why, in the words of its reason. */
function saysText<Name extends string>(name: Name): name is Exclude<Name, 'failed'> {
  return name !== 'failed';
}

function whatNext(reason: ReasonCode): SentenceKey | null {
  if (reason === 'pin_locked' || reason === 'limit_exceeded' || reason === 'invalid_phone') return 'otherNumber';
  return reason === 'amount_not_allowed' ? 'tooMuchAtOnce' : null;
}
