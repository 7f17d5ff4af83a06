import { openSideDoor } from '../support/side-door.ts';

/** What is still on its way: holds that end by themselves, news that nobody was told. */
const OPEN = `select (select count(*) from booking b where state = 'held'
    and not exists (select 1 from payment p where p.booking = b.id and p.state in ('started', 'unknown', 'pending')))
  + (select count(*) from outbox) + (select count(*) from callback where state = 'received') as open`;

/** How things stand in the database, as somebody sees them who is not the server. */
export interface Truth {
  open: number;
  showing: number;
  bookings: Map<string, number>;
  confirmed: number;
}

export function readTruth(database: string, showingId: number): Truth {
  const door = openSideDoor(database);
  type Row = { id: string; version: number; state: string };
  try {
    return door.atOneInstant(() => {
      const bookings = door.all<Row>('select id, version, state from booking');
      return {
        open: door.all<{ open: number }>(OPEN)[0]?.open ?? 0,
        showing: door.all<{ version: number }>(`select version from showing where id = ${showingId}`)[0]?.version ?? 0,
        bookings: new Map(bookings.map(({ id, version }) => [id, version])),
        confirmed: bookings.filter(({ state }) => state === 'confirmed').length,
      };
    });
  } finally {
    door.close();
  }
}

/** A showing of next week that is never sold out. */
export function addHotShowing(database: string): number {
  const door = openSideDoor(database);
  try {
    const [row] = door.all<{ id: number }>(
      `insert into showing (movie, venue, screen, startsAt, price, currency, capacity)
       values (1, 1, 'Hot', ${Date.now() + 7 * 24 * 3_600_000}, 50000, 'KES', 1000000) returning id`,
    );
    return row?.id ?? 0;
  } finally {
    door.close();
  }
}
