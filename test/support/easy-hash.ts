import type { HashCost } from '../../server/parts.ts';

/** What keeps a thief busy keeps tests busy too: a box office of theirs hires and signs in a dozen people who do not exist. */
export const EASY: HashCost = { memory: 8, passes: 1 };
