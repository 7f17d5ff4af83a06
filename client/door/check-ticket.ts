import { type Clock, pause } from '../../shared/clock.ts';
import { AdmissionAnswer } from '../../shared/office/door.ts';
import type { OfficeApi, OfficeTrouble } from '../box-office/office-api.ts';
import type { Outcome, Scan } from './scans.ts';

const ANSWER_WITHIN_MS = 4_000; // As long as somebody stands still at a door.

export interface Checking {
  api: Pick<OfficeApi, 'post'>;
  clock: Clock;
  isOffline(): boolean;
  sentence(trouble: OfficeTrouble): string;
  /** First what is known in time; after "nobody answered" perhaps the answer all the same. */
  decide(outcome: Outcome): void;
}

/** Asks the server about one scan. Nothing but its answer lets anybody in. */
export async function checkTicket({ code, showingId, scanId }: Scan, checking: Checking): Promise<void> {
  const { api, clock, isOffline, sentence, decide } = checking;
  if (isOffline()) return decide({ unchecked: 'offline' });
  const asked = api.post('/box-office/admissions', AdmissionAnswer, { code, showingId, scanId });
  const answer = await Promise.race([asked, pause(clock, ANSWER_WITHIN_MS)]);
  if (answer) return decide(understood(answer));
  decide({ unchecked: isOffline() ? 'offline' : 'silent' });
  const late = understood(await asked);
  if ('answer' in late) decide(late);

  function understood(known: Awaited<typeof asked>): Outcome {
    if ('value' in known) return { answer: known.value };
    const { code } = known.trouble;
    if (code === 'no_answer') return { unchecked: isOffline() ? 'offline' : 'silent' };
    return { unchecked: 'refused', why: sentence(known.trouble) };
  }
}
