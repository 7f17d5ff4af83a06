import type { Phone } from '../../server/simulator/phones.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import type { World } from './world.ts';

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
  const mood = chance.between(0, 100);
  if (mood < 66) later(2_000, 30_000, 'enters the PIN for', () => simulator.enterPin(phone, phone.pin));
  else if (mood < 72) later(45_000, 62_000, 'enters the PIN late for', () => simulator.enterPin(phone, phone.pin));
  else if (mood < 80) later(3_000, 20_000, 'enters a wrong PIN for', () => simulator.enterPin(phone, '0000'));
  else if (mood < 90) later(2_000, 30_000, 'cancels', () => simulator.cancel(phone));
  else timeline.note(phone.number, `does not see the prompt of ${reference}`);
}
