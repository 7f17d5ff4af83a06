import { type Logger, pino } from 'pino';
import { type Clock, systemClock } from '../shared/clock.ts';
import { type Random, systemRandom } from '../shared/random.ts';
import { OWASPS_COST } from './box-office/hash-password.ts';
import type { Config } from './config.ts';
import { dataKeyFor } from './database/data-key.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { refuseOtherMode, rememberOrRefuse, rememberSecret } from './database/remember.ts';
import { createVault } from './database/vault.ts';
import { openReports } from './error-reports/open-reports.ts';
import { reporting } from './error-reports/reporting.ts';
import { createSend, type Send } from './gateway/send.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { NO_METERS } from './metrics/meters.ts';
import type { Instruments } from './metrics/prometheus.ts';
import { openGateways } from './open-gateways.ts';
import type { HashCost, Parts } from './parts.ts';
import { NO_SOCKETS } from './realtime/office.ts';
import { fillProgramme } from './show/fill-programme.ts';

/** What a test hands in instead of the real thing. */
export interface Outside {
  clock?: Clock;
  random?: Random;
  hashCost?: HashCost;
  log?: Logger;
  network?: { send: Send; close(): Promise<void> };
  database?: Database;
}

type Connected = Pick<Parts, 'wakeRelay' | 'watchers' | 'office'>;

/** The parts, and what is left to connect: sockets and relay need them, and they need to wake the relay. */
export async function assemble(config: Config, outside: Outside) {
  const { clock = systemClock, random = systemRandom, hashCost = OWASPS_COST } = outside;
  const instruments = await createMeasuring(config);
  const meters = instruments?.meters ?? NO_METERS;
  const reports = await openReports(config, clock);
  const log = reporting(outside.log ?? makeLog(config), reports);
  await refuseOtherMode(config.database, config.mode);
  const {
    network = createSend({ clock }),
    database = await openDatabase(config.database, config.databaseConnections, meters),
  } = outside;
  const vault = createVault(dataKeyFor(config.databaseFile, config.dataKey, random), random);
  const notificationSecret = await prepare(database, config, { clock, vault, random });
  const background = createBackground(log);
  const connected: Connected = { wakeRelay: () => {}, watchers: () => 0, office: NO_SOCKETS };
  const parts: Parts = {
    ...{ config, clock, random, hashCost, log, meters, database, vault, notificationSecret },
    lines: openGateways(config, notificationSecret, { clock, database, vault, meters, send: network.send }),
    limits: createRateLimits(() => clock.now(), config.rules.limited),
    wakeRelay: () => connected.wakeRelay(),
    get office() {
      return connected.office;
    },
    watchers: bookingId => connected.watchers(bookingId),
    inBackground: background.add,
  };
  return {
    parts,
    instruments,
    connect: (to: Partial<Connected>) => void Object.assign(connected, to),
    background,
    /** `stopReaders`: what else uses the database, and may only end when nothing goes on in the background. */
    async close(stopReaders: () => Promise<void>) {
      await network.close();
      await background.idle();
      await stopReaders();
      await database.close();
      await reports?.close();
    },
  };
}

/** Makes sure that this is the right database, and fills it where there is nothing yet; answers the secret that it keeps. */
async function prepare(
  database: Database,
  { mode, sampleData }: Config,
  { clock, vault, random }: Pick<Parts, 'clock' | 'vault' | 'random'>,
): Promise<string> {
  await database.write(em => rememberOrRefuse(em, { mode, vault }));
  const notificationSecret = await database.write(em => rememberSecret(em, 'notifications', vault, random));
  if (sampleData) await database.write(em => fillProgramme(em, clock.now()));
  return notificationSecret;
}

/** Only who measures waits for the library to be loaded. */
async function createMeasuring({ metrics }: Config): Promise<Instruments | null> {
  return metrics && (await import('./metrics/prometheus.ts')).createInstruments();
}

/** Work that nobody waits for, until we stop. */
export interface Background {
  add: Parts['inBackground'];
  /** Resolves when there is none. */
  idle(): Promise<void>;
  /** What is under way. */
  names(): string[];
}

function createBackground(log: Logger): Background {
  const underWay = new Map<Promise<unknown>, string>();
  return {
    add(what, work) {
      const tracked = work
        .catch(error => log.error({ err: error }, `${what} failed`))
        .finally(() => underWay.delete(tracked));
      underWay.set(tracked, what);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay.keys());
    },
    names: () => [...underWay.values()],
  };
}

/** Errors of libraries may quote what they were given: phone numbers and tokens have no place in a log. */
function makeLog(config: Config): Logger {
  return pino({ level: config.logLevel, redact: ['phone', '*.phone', '*.body', '*.token'] });
}
