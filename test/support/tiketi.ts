import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type DestinationStream, pino } from 'pino';
import { type Config, readConfig } from '../../server/config.ts';
import { isPostgres } from '../../server/database/open-database.ts';
import { query } from '../../server/model/entities.ts';
import type { FaultName } from '../../server/simulator/faults.ts';
import { type StartedSimulator, startSimulator } from '../../server/simulator/start-simulator.ts';
import { type StartedServer, startServer } from '../../server/start-server.ts';
import { Customer, PHONE } from './customer.ts';
import { assertDiscreet, secretsOf } from './discreet.ts';
import { EASY } from './easy-hash.ts';
import { freePort } from './free-port.ts';
import { KEYS } from './gateway-keys.ts';
import { ManualClock } from './manual-clock.ts';
import { newPlace, type Place, STORE, type Store } from './stores.ts';

export const START = '2026-11-22T12:00:00.000Z'; // 15:00 in Nairobi: tonight's showings are still to come.
const QUIET_TURNS = 5;

interface Account {
  initiator?: boolean;
  statements?: boolean;
  store?: Store;
}

export type Tiketi = Awaited<ReturnType<typeof openTiketi>>;

/**
 * A whole Tiketi on free ports: real server, real database file, the simulated gateway, one clock that the test moves.
 * With `initiator` it can give money back, with `statements` read what the gateway's own books say.
 */
export async function openTiketi(
  test: TestContext,
  settings: Record<string, string> = {},
  { initiator = false, statements = false, store = STORE }: Account = {},
) {
  const place = await newPlace(store);
  const clock = new ManualClock(START);
  const simulator = await startSimulator({ port: 0, clock, pagesFolder: join(import.meta.dirname, '../../dist') });
  simulator.simulator.parts.keys = KEYS;
  const secrets: string[] = [];
  test.after(() => {
    secrets.push(...secretsOf(simulator.simulator));
    return simulator.stop();
  });
  const port = await freePort();
  const environment = {
    PORT: String(port),
    DATABASE_URL: place.url,
    MPESA_BASE_URL: simulator.url,
    MPESA_CONSUMER_KEY: simulator.simulator.settings.consumerKey,
    MPESA_CONSUMER_SECRET: simulator.simulator.settings.consumerSecret,
    MPESA_PASSKEY: simulator.simulator.settings.passkey,
    MPESA_BUSINESS_SHORT_CODE: simulator.simulator.settings.shortCode,
    PESAPAL_API_DOMAIN: simulator.pesapalUrl,
    PESAPAL_CONSUMER_KEY: simulator.simulator.settings.pesapalConsumerKey,
    PESAPAL_CONSUMER_SECRET: simulator.simulator.settings.pesapalConsumerSecret,
    ...(store === 'postgres' && { DATA_KEY: 'a key of at least thirty-two characters' }),
    ...settings,
  };
  const logged: string[] = [];
  const log = pino({ level: settings.LOG_LEVEL ?? 'info' }, {
    write: line => void logged.push(line),
  } satisfies DestinationStream);
  const start = (changed: Record<string, string> = {}) => {
    const config = beside(place, readConfig({ ...environment, ...changed }));
    return startServer(initiator ? withInitiator(config, simulator, statements) : config, {
      clock,
      log,
      hashCost: EASY,
    });
  };
  let server = await start();
  const customer = new Customer(server.url);
  test.after(async () => {
    customer.close();
    let isStopped = false;
    const stopped = server.stop().finally(() => {
      isStopped = true;
    });
    while (!isStopped) {
      clock.move(3_600_000); // Whatever still waits for an answer gives up, also what begins to wait only now.
      await setImmediate();
    }
    await stopped;
    await place.remove();
    assertDiscreet(logged, secrets);
  });
  return {
    clock,
    customer,
    logged,
    simulator: simulator.simulator,
    simulatorUrl: simulator.url,
    url: server.url,
    get server(): StartedServer {
      return server;
    },
    /** Time passes, and what falls due has been done when this returns. */
    pass: (ms: number) => pass(clock, () => server, ms),
    phone: phoneOf(simulator),
    fault: (fault: FaultName) => simulator.simulator.faults.arm({ fault, phone: null, times: 1 }),
    /** The same database under a new process, as far as one process can tell; with some settings changed. */
    async restart(changed: Record<string, string> = {}) {
      await server.stop();
      server = await start(changed);
    },
    /** A showing of its own, to sell out or to start. */
    addShowing: (row: { capacity?: number; startsAt?: Date } = {}) => addShowing(server, clock, row),
  };
}

/** PostgreSQL has no folder for what is not in it. */
function beside({ folder }: Place, config: Config): Config {
  return isPostgres(config.database) ? { ...config, databaseFile: join(folder, 'test.db') } : config;
}

/** The simulator's own initiator, who may give money back; statements, if wanted, where Daraja has them. */
function withInitiator(
  config: Config,
  { simulator: { certificatePem, settings } }: StartedSimulator,
  statements: boolean,
): Config {
  const { daraja } = config;
  if (!daraja) throw new Error('there is no account to give money back from');
  const initiator = {
    name: settings.initiatorName,
    password: settings.initiatorPassword,
    certificate: certificatePem,
  };
  return { ...config, daraja: { ...daraja, initiator, statements: statements && daraja.tillNumber === null } };
}

/** In one jump; then the janitor goes round once more, and whatever is under way ends. */
async function pass(clock: ManualClock, server: () => StartedServer, ms: number) {
  clock.move(ms);
  for (let turn = 0; turn < QUIET_TURNS; turn++) await setImmediate();
  await server().idle();
}

function phoneOf({ simulator }: StartedSimulator) {
  const find = (number: string) => {
    const phone = simulator.phones.find(number);
    if (!phone) throw new Error(`nothing was ever sent to ${number}`);
    return phone;
  };
  return {
    enterPin: (pin = '1234', number = PHONE) => simulator.enterPin(find(number), pin),
    cancel: (number = PHONE) => simulator.cancel(find(number)),
    of: find,
  };
}

async function addShowing(
  server: StartedServer,
  clock: ManualClock,
  { capacity = 50, startsAt }: { capacity?: number; startsAt?: Date },
) {
  const { database } = server.parts;
  return database.write(async em => {
    const { id } = await query(em)
      .insertInto('showing')
      .values({
        movie: 1,
        venue: 1,
        screen: 'Screen 9',
        startsAt: startsAt ?? new Date(+clock.now() + 3 * 3_600_000),
        price: 50_000,
        currency: 'KES',
        capacity,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}
