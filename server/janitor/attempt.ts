import type { Parts } from '../parts.ts';

export const BATCH = 200; // Of each kind of work in one round: the next comes in a second.

/** What fails keeps nobody else waiting: its turn comes again in the next round. */
export async function attempt({ log }: Parts, work: Promise<unknown>): Promise<void> {
  await work.catch(error => log.error({ err: error }, 'the janitor stumbled'));
}
