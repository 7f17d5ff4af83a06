import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { type Meters, NO_METERS } from '../metrics/meters.ts';

/** The same dialect; how long each query outside of a transaction took is told. Where nobody measures, nothing is added. */
export function watchReads<D extends Dialect>(dialect: D, meters: Pick<Meters, 'read'>): D {
  if (meters === NO_METERS) return dialect;
  const createDriver = dialect.createDriver.bind(dialect);
  return Object.assign(dialect, { createDriver: () => watched(createDriver(), meters) });
}

/** A query takes a connection, and gives it back. What begins a transaction on it is no query. */
function watched(driver: Driver, { read }: Pick<Meters, 'read'>): Driver {
  const askedAt = new WeakMap<DatabaseConnection, number>();
  const acquire = driver.acquireConnection.bind(driver);
  const begin = driver.beginTransaction.bind(driver);
  const release = driver.releaseConnection.bind(driver);
  return Object.assign(driver, {
    async acquireConnection(...asked: Parameters<Driver['acquireConnection']>) {
      const now = performance.now();
      const connection = await acquire(...asked);
      askedAt.set(connection, now);
      return connection;
    },
    beginTransaction(...asked: Parameters<Driver['beginTransaction']>) {
      askedAt.delete(asked[0]);
      return begin(...asked);
    },
    releaseConnection(...asked: Parameters<Driver['releaseConnection']>) {
      const [connection] = asked;
      const since = askedAt.get(connection);
      if (since !== undefined) read(performance.now() - since);
      askedAt.delete(connection);
      return release(...asked);
    },
  });
}
