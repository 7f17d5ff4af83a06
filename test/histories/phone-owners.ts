import type { Phone } from '../../server/simulator/phones.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** People answer the prompts that appear on their phones: most pay, some cannot, some will not. */
export function answerPrompt(world: World, simulator: Simulator, phone: Phone): void {
  const { prompt } = phone;
  if (!prompt || world.misfortunesOf(prompt.accountReference).seen) return;
  world.misfortunesOf(prompt.accountReference).seen = true;
  const reference = prompt.accountReference;
  const { chance, time, timeline } = world;
  const later = (leastMs: number, mostMs: number, what: string, doIt: () => unknown) =>
    time.after(chance.between(leastMs, mostMs), () =>
      timeline.note(phone.number, `${what} ${reference}: ${doIt() ?? 'too late'}`),
    );
  const pay = () => {
    const code = simulator.enterPin(phone, phone.pin);
    if (code === '0') mayGoBack(world, reference);
    return code;
  };
  const mood = chance.between(0, 100);
  if (mood < 66) later(2_000, 30_000, 'enters the PIN for', pay);
  else if (mood < 72) later(45_000, 62_000, 'enters the PIN late for', pay);
  else if (mood < 80) later(3_000, 20_000, 'enters a wrong PIN for', () => simulator.enterPin(phone, '0000'));
  else if (mood < 90) later(2_000, 30_000, 'cancels', () => simulator.cancel(phone));
  else timeline.note(phone.number, `does not see the prompt of ${reference}`);
}

/** Somebody with the right to do so presses a button at the gateway, at the wrong line perhaps, and tells nobody. */
export function mayGoBack(world: World, reference: string): void {
  const { chance, portal, time, timeline } = world;
  const [debit] = portal.debitsOf(reference);
  if (!debit || !world.fault('foreign reversal', reference)) return;
  time.after(chance.between(5_000, chance.happens(0.5) ? MINUTE_MS : DAY_MS), () => {
    if (portal.giveBack(debit)) timeline.note('somebody', `gives back ${debit.receiptNumber} of ${reference}`);
  });
}
