import { createKeys } from '../../server/simulator/daraja/security-credential.ts';

/** Safaricom's key pair, one for all histories of this process: to make one takes longer than a history. */
export const KEYS = createKeys();
