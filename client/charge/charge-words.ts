import type { SentenceKey } from '../kit/dictionary.ts';
import type { ChargeSentenceKey } from '../kit/dictionary-of-charges.ts';
import type { Words } from '../kit/words.ts';

export type ChargeWords = Words<SentenceKey | ChargeSentenceKey>;
