import type { Words } from '../kit/words.ts';
import { type StageWords, stageWords } from '../payment/stage-words.ts';
import type { BookingPageState } from './booking-page-state.ts';

/** What the stage says, and first of all that the cinema has cancelled the showing. */
export function bookingWords({ booking, payable, stage }: BookingPageState, words: Words): StageWords {
  const said = stageWords(payable, stage, words);
  if (!booking.showing.cancelled || stage.name === 'failed') return said;
  return { ...said, sentences: [words.say('showingCancelled'), ...said.sentences] };
}
