import { createKeys } from '../../server/simulator/daraja/security-credential.ts';

/** Safaricom's key pair, one for all simulators of this process: to make one takes a tenth of a second. */
export const KEYS = createKeys();
