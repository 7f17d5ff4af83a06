import { type Logger, pino } from 'pino';
import { type Clock, systemClock } from '../shared/clock.ts';
import { type Random, systemRandom } from '../shared/random.ts';
import type { Config } from './config.ts';
import { dataKeyFor } from './database/data-key.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { refuseOtherMode, rememberOrRefuse, rememberSecret } from './database/remember.ts';
import { createVault } from './database/vault.ts';
import { createSend, type Send } from './gateway/send.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { openGateways } from './open-gateways.ts';
import type { Parts } from './parts.ts';
import { NO_SOCKETS } from './realtime/office.ts';
import { fillProgramme } from './show/fill-programme.ts';

/** What a test hands in instead of the real thing. */
export interface Outside {
  clock?: Clock;
  random?: Random;
  log?: Logger;
  network?: { send: Send; close(): Promise<void> };
  database?: Database;
}

type Connected = Pick<Parts, 'wakeRelay' | 'watchers' | 'office'>;

/** The parts, and what is left to connect: sockets and relay need them, and they need to wake the relay. */
export async function assemble(config: Config, outside: Outside) {
  const { clock = systemClock, random = systemRandom, log = makeLog(config) } = outside;
  await refuseOtherMode(config.database, config.mode);
  const {
    network = createSend({ clock }),
    database = await openDatabase(config.database, config.databaseConnections),
  } = outside;
  const vault = createVault(dataKeyFor(config.databaseFile, config.dataKey, random), random);
  await database.write(em => rememberOrRefuse(em, { mode: config.mode, vault }));
  const notificationSecret = await database.write(em => rememberSecret(em, 'notifications', vault, random));
  if (config.sampleData) await database.write(em => fillProgramme(em, clock.now()));
  const background = new Set<Promise<unknown>>();
  const settled = async () => {
    while (background.size > 0) await Promise.all(background);
  };
  const connected: Connected = { wakeRelay: () => {}, watchers: () => 0, office: NO_SOCKETS };
  const parts: Parts = {
    config,
    clock,
    random,
    log,
    database,
    vault,
    lines: openGateways(config, notificationSecret, { clock, database, vault, send: network.send }),
    notificationSecret,
    limits: createRateLimits(() => clock.now(), config.rules.limited),
    wakeRelay: () => connected.wakeRelay(),
    get office() {
      return connected.office;
    },
    watchers: bookingId => connected.watchers(bookingId),
    inBackground(what, work) {
      const tracked = work
        .catch(error => log.error({ err: error }, `${what} failed`))
        .finally(() => background.delete(tracked));
      background.add(tracked);
    },
  };
  return {
    parts,
    connect: (to: Partial<Connected>) => void Object.assign(connected, to),
    settled,
    async close(stopRelay: () => Promise<void>) {
      await network.close();
      await settled();
      await stopRelay();
      await database.close();
    },
  };
}

/** Errors of libraries may quote what they were given: phone numbers and tokens have no place in a log. */
function makeLog(config: Config): Logger {
  return pino({ level: config.logLevel, redact: ['phone', '*.phone', '*.body', '*.token'] });
}
