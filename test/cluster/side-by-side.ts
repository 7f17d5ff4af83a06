import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { startSimulator } from '../../server/simulator/start-simulator.ts';
import { type StartedServer, startServer } from '../../server/start-server.ts';
import { lastingPort } from '../crash/victim.ts';
import { Customer } from '../support/customer.ts';
import { EASY } from '../support/easy-hash.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { newPlace } from '../support/stores.ts';
import { START } from '../support/tiketi.ts';

const TICK_MS = 10;

interface SideBySide {
  server: StartedServer;
  url: string;
  customer: Customer;
}

/**
 * Servers that share nothing but one PostgreSQL and a clock that the test moves: for what must be counted exactly, or
 * happen in one moment. Each has a folder of its own, as on machines of their own.
 */
export async function openSideBySide(t: TestContext, count: number, settings: Record<string, string> = {}) {
  const place = await newPlace('postgres');
  const clock = new ManualClock(START);
  const gateway = await startSimulator({ port: 0, clock });
  const { simulator } = gateway;
  const environment = {
    DATABASE_URL: place.url,
    DATA_KEY: 'a key of at least thirty-two characters',
    MPESA_BASE_URL: gateway.url,
    MPESA_CONSUMER_KEY: simulator.settings.consumerKey,
    MPESA_CONSUMER_SECRET: simulator.settings.consumerSecret,
    MPESA_PASSKEY: simulator.settings.passkey,
    MPESA_BUSINESS_SHORT_CODE: simulator.settings.shortCode,
    ...settings,
  };
  const initiator = {
    name: simulator.settings.initiatorName,
    password: simulator.settings.initiatorPassword,
    certificate: simulator.certificatePem,
  };
  const started: SideBySide[] = [];
  const start = async (at: number): Promise<SideBySide> => {
    const { daraja, ...config } = readConfig({ ...environment, PORT: String(await lastingPort()) });
    const databaseFile = join(place.folder, String(at), 'tiketi.db');
    const withStatements = daraja && { ...daraja, initiator, statements: true };
    const log = pino({ level: 'error' });
    const server = await startServer(
      { ...config, databaseFile, daraja: withStatements },
      { clock, log, hashCost: EASY },
    );
    const one = { server, url: server.url, customer: new Customer(server.url) };
    started.push(one);
    return one;
  };
  t.after(async () => {
    for (const { customer } of started) customer.close();
    let left = started.length;
    const stopped = started.map(({ server }) => server.stop().finally(() => left--));
    while (left > 0) {
      clock.move(3_600_000); // Whatever still waits for an answer gives up.
      await setImmediate();
    }
    await Promise.all(stopped);
    await gateway.stop();
    await place.remove();
  });
  const servers = await Promise.all(Array.from({ length: count }, (_, at) => start(at)));
  return {
    ...{ servers, clock, simulator, start, database: place.url },
    /** Time passes until this has happened. */
    async meanwhile(work: Promise<unknown>) {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        clock.move(TICK_MS);
        await setImmediate();
      }
      await over;
    },
    /** What is due has been done everywhere. */
    idle: () => Promise.all(servers.map(({ server }) => server.idle())),
  };
}
