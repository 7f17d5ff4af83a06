import type { openPostgresWire as real } from '../../../server/realtime/postgres-wire.ts';

/** Stands where a process opens its wire to the others: there are none. */
export const openPostgresWire = async (..._: Parameters<typeof real>): Promise<null> => null;
