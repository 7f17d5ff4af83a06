import type { AbstractSqlDriver, MikroORM, SqlEntityManager } from '@mikro-orm/sql';
import type { KyselyPlugin } from 'kysely';
import { AuditEntrySchema } from './audit-entry.ts';
import { BookingSchema } from './booking.ts';
import { BookingNameSchema } from './booking-name.ts';
import { CallbackSchema } from './callback.ts';
import { ChargeSchema } from './charge.ts';
import { DeviceSchema } from './device.ts';
import { JournalEntrySchema } from './journal-entry.ts';
import { MailSchema } from './mail.ts';
import { MovieSchema } from './movie.ts';
import { OutboxSchema } from './outbox.ts';
import { PaymentSchema } from './payment.ts';
import { PosterSchema } from './poster.ts';
import { ProgrammeEntrySchema } from './programme-entry.ts';
import { createReadRows, type ReadRows, readingValues } from './read-values.ts';
import { ReceiptSchema } from './receipt.ts';
import { RefundSchema } from './refund.ts';
import { RememberedSchema } from './remembered.ts';
import { SaleSchema } from './sale.ts';
import { ShareSchema } from './share.ts';
import { ShiftSchema } from './shift.ts';
import { ShowingSchema } from './showing.ts';
import { SignInDelaySchema } from './sign-in-delay.ts';
import { StaffSchema } from './staff.ts';
import { StaffLogSchema } from './staff-log.ts';
import { StaffSessionSchema } from './staff-session.ts';
import { TicketSchema } from './ticket.ts';
import { VenueSchema } from './venue.ts';

export const entities = [
  VenueSchema,
  MovieSchema,
  PosterSchema,
  ShowingSchema,
  ProgrammeEntrySchema,
  StaffSchema,
  DeviceSchema,
  StaffSessionSchema,
  StaffLogSchema,
  SignInDelaySchema,
  ShiftSchema,
  SaleSchema,
  BookingSchema,
  BookingNameSchema,
  ChargeSchema,
  PaymentSchema,
  CallbackSchema,
  ReceiptSchema,
  RefundSchema,
  ShareSchema,
  JournalEntrySchema,
  TicketSchema,
  AuditEntrySchema,
  OutboxSchema,
  MailSchema,
  RememberedSchema,
] as const;

export type Orm = MikroORM<AbstractSqlDriver, SqlEntityManager, typeof entities>;
export type Em = Orm['em'];

interface Reading {
  readRows: ReadRows;
  plugin: KyselyPlugin;
}

const readings = new WeakMap<object, Reading>(); // One for each database that is open.

function readingOf(em: Em): Reading {
  const metadata = em.getMetadata();
  const known = readings.get(metadata);
  if (known) return known;
  const readRows = createReadRows(em);
  const reading = { readRows, plugin: readingValues(readRows) };
  readings.set(metadata, reading);
  return reading;
}

/** Queries with bound parameters, in the words of the entities, inside the transaction of `em` if it has one. */
export function query(em: Em) {
  const { plugin } = readingOf(em);
  return em.getKysely<undefined, { columnNamingStrategy: 'property'; convertValues: true }>().withPlugin(plugin);
}

/** Rows as the database has them, with the types that they have here. */
export function readRows<Row>(em: Em, rows: Row[]): Row[] {
  return readingOf(em).readRows(rows);
}
