import * as v from 'valibot';
import { systemClock } from '../../shared/clock.ts';
import { systemRandom } from '../../shared/random.ts';
import { createIntents } from './intents.ts';
import { createKept } from './kept.ts';

/** This browser's own memory and the keys of what its person means to do. */
export const kept = createKept({
  getItem: name => localStorage.getItem(name),
  setItem: (name, value) => localStorage.setItem(name, value),
  removeItem: name => localStorage.removeItem(name),
});
export const intents = createIntents(kept, systemClock, systemRandom);

/** The number and name last typed here, so that nobody types them twice. */
export const rememberedText = (name: 'phone' | 'customerName' | 'email'): string => kept.read(name, v.string()) ?? '';
