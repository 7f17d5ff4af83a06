import { Migration } from '@mikro-orm/migrations';

export class Migration20261122134958_first extends Migration {
  override name = 'Migration20261122134958_first';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "audit_entry" ("id" bigserial primary key, "at" timestamptz(3) not null, "booking" text collate "C" null, "charge" text collate "C" null, "sale" text collate "C" null, "receipt" int null, "version" int not null, "payment" text collate "C" null, "actor" text collate "C" not null, "happening" text collate "C" not null, "details" json not null);`,
    );
    this.addSql(`create index "audit_booking" on "audit_entry" ("booking");`);
    this.addSql(`create index "audit_charge" on "audit_entry" ("charge");`);
    this.addSql(`create index "audit_sale" on "audit_entry" ("sale");`);
    this.addSql(`create index "audit_receipt" on "audit_entry" ("receipt");`);

    this.addSql(
      `create table "booking_name" ("id" bigserial primary key, "venue" int not null, "beginning" text collate "C" not null, "booking" text collate "C" not null);`,
    );
    this.addSql(`create index "booking_name_beginning" on "booking_name" ("venue", "beginning", "id");`);

    this.addSql(
      `create table "movie" ("id" bigserial primary key, "title" text collate "C" not null, "description" text collate "C" not null, "imageUrl" text collate "C" not null, "minutes" int not null, "rating" text collate "C" not null);`,
    );

    this.addSql(
      `create table "outbox" ("id" bigserial primary key, "topic" text not null, "subject" text collate "C" not null, "showing" int null, "version" int not null);`,
    );

    this.addSql(
      `create table "poster" ("id" text collate "C" not null, "small" bytea not null, "large" bytea not null, "createdAt" timestamptz(3) not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "programme_entry" ("id" bigserial primary key, "at" timestamptz(3) not null, "actor" text collate "C" not null, "happening" text collate "C" not null, "venue" int null, "movie" int null, "showing" int null, "changes" json not null, "note" text collate "C" null);`,
    );
    this.addSql(`create index "programme_venue" on "programme_entry" ("venue");`);

    this.addSql(
      `create table "remembered" ("name" text collate "C" not null, "value" text collate "C" not null, primary key ("name"));`,
    );

    this.addSql(
      `create table "sign_in_delay" ("guesser" text collate "C" not null, "failures" int not null, "nextAt" timestamptz(3) not null, primary key ("guesser"));`,
    );
    this.addSql(`create index "sign_in_delay_next" on "sign_in_delay" ("nextAt");`);

    this.addSql(
      `create table "staff_log" ("id" bigserial primary key, "at" timestamptz(3) not null, "happening" text collate "C" not null, "name" text collate "C" null, "by" text collate "C" null, "venue" int null, "device" text collate "C" null, "address" text collate "C" null, "about" text collate "C" null);`,
    );
    this.addSql(`create index "staff_log_at" on "staff_log" ("at");`);

    this.addSql(
      `create table "venue" ("id" bigserial primary key, "name" text collate "C" not null, "city" text collate "C" not null, "country" text not null, "currency" text not null, "timeZone" text collate "C" not null, "address" text collate "C" not null, "phone" text collate "C" not null, "email" text collate "C" not null, "leastCharge" bigint null, "largestCharge" bigint null);`,
    );

    this.addSql(
      `create table "staff" ("id" bigserial primary key, "name" text collate "C" not null, "role" text not null, "venue" int null, "passwordHash" text collate "C" null, "pinHash" text collate "C" null, "active" boolean not null, "createdAt" timestamptz(3) not null);`,
    );
    this.addSql(`alter table "staff" add constraint "staff_name" unique ("name");`);
    this.addSql(`create index "staff_venue" on "staff" ("venue");`);

    this.addSql(
      `create table "showing" ("id" bigserial primary key, "movie" int not null, "venue" int not null, "screen" text collate "C" not null, "startsAt" timestamptz(3) not null, "price" bigint not null, "currency" text not null, "capacity" int not null, "held" int not null default 0, "sold" int not null default 0, "version" int not null default 1, "bookingChanges" int not null default 0, "cancelledAt" timestamptz(3) null, "movedAt" timestamptz(3) null, "movedFromStart" timestamptz(3) null, "movedFromScreen" text collate "C" null);`,
    );
    this.addSql(`create index "showing_movie" on "showing" ("movie");`);
    this.addSql(`create index "showing_starts_at" on "showing" ("startsAt");`);
    this.addSql(`create index "showing_venue" on "showing" ("venue", "startsAt");`);

    this.addSql(
      `create table "shift" ("id" bigserial primary key, "venue" int not null, "staff" int not null, "cashier" text collate "C" not null, "currency" text not null, "live" boolean not null, "openedAt" timestamptz(3) not null, "countedAt" timestamptz(3) null, "counted" bigint null, "sealedAt" timestamptz(3) null, "sealedBy" text collate "C" null, "seal" int null, "journalHash" text collate "C" null, "previousHash" text collate "C" null, "sealHash" text collate "C" null, "version" int not null default 1, "keyHash" text collate "C" not null);`,
    );
    this.addSql(`create index "shift_staff" on "shift" ("staff");`);
    this.addSql(`alter table "shift" add constraint "shift_seal" unique ("seal");`);
    this.addSql(`alter table "shift" add constraint "shift_idempotency_key" unique ("keyHash");`);
    this.addSql(`create index "shift_venue" on "shift" ("venue", "openedAt");`);
    this.addSql(`create unique index "shift_live" on "shift" ("staff") where "live" = true;`);

    this.addSql(
      `create table "sale" ("id" text collate "C" not null, "reference" text collate "C" not null, "venue" int not null, "shift" int not null, "state" text not null, "currency" text not null, "cashier" text collate "C" not null, "version" int not null default 1, "keyHash" text collate "C" not null, "bodyHash" text collate "C" not null, "createdAt" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "sale" add constraint "sale_reference" unique ("reference");`);
    this.addSql(`create index "sale_shift" on "sale" ("shift");`);
    this.addSql(`alter table "sale" add constraint "sale_idempotency_key" unique ("keyHash");`);
    this.addSql(`create index "sale_venue" on "sale" ("venue", "createdAt");`);
    this.addSql(`create index "sale_open" on "sale" ("venue") where "state" = 'open';`);

    this.addSql(
      `create table "booking" ("id" text collate "C" not null, "reference" text collate "C" not null, "showing" int not null, "sale" text collate "C" null, "line" int null, "state" text not null, "quantity" int not null, "amount" bigint not null, "currency" text not null, "customerNameSealed" text collate "C" null, "phoneMasked" text collate "C" null, "phoneSealed" text collate "C" null, "phoneHash" text collate "C" null, "phoneTailHash" text collate "C" null, "emailSealed" text collate "C" null, "language" text not null default 'en', "heldUntil" timestamptz(3) not null, "holdEndsAt" timestamptz(3) not null, "holdCapAt" timestamptz(3) not null, "kept" boolean not null default false, "version" int not null default 1, "keyHash" text collate "C" not null, "bodyHash" text collate "C" not null, "createdAt" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "booking" add constraint "booking_reference" unique ("reference");`);
    this.addSql(`create index "booking_showing" on "booking" ("showing");`);
    this.addSql(`create index "booking_sale" on "booking" ("sale");`);
    this.addSql(`create index "booking_phone" on "booking" ("phoneHash");`);
    this.addSql(`create index "booking_phone_tail" on "booking" ("phoneTailHash");`);
    this.addSql(`alter table "booking" add constraint "booking_idempotency_key" unique ("keyHash");`);
    this.addSql(
      `create index "booking_hold_ends" on "booking" ("heldUntil") where "state" = 'held' and "kept" = false;`,
    );
    this.addSql(`create index "booking_held" on "booking" ("showing") where "state" = 'held';`);

    this.addSql(
      `create table "ticket" ("id" bigserial primary key, "code" text collate "C" not null, "booking" text collate "C" not null, "seat" text collate "C" null, "state" text not null, "admittedAt" timestamptz(3) null, "admittedBy" text collate "C" null, "admittedWhere" text collate "C" null, "admittedScan" text collate "C" null);`,
    );
    this.addSql(`alter table "ticket" add constraint "ticket_code" unique ("code");`);
    this.addSql(`create index "ticket_booking" on "ticket" ("booking");`);

    this.addSql(
      `create table "mail" ("id" bigserial primary key, "booking" text collate "C" not null, "kind" text not null, "version" int not null, "state" text not null, "queuedAt" timestamptz(3) not null, "tries" int not null default 0, "nextTryAt" timestamptz(3) null, "leasedUntil" timestamptz(3) null, "endedAt" timestamptz(3) null, "code" text collate "C" null);`,
    );
    this.addSql(`create index "mail_booking" on "mail" ("booking");`);
    this.addSql(`create index "mail_next_try" on "mail" ("nextTryAt") where "state" = 'waiting';`);
    this.addSql(`alter table "mail" add constraint "mail_once" unique ("booking", "kind", "version");`);

    this.addSql(
      `create table "device" ("id" bigserial primary key, "name" text collate "C" not null, "venue" int not null, "tokenHash" text collate "C" null, "codeHash" text collate "C" null, "codeEndsAt" timestamptz(3) null, "createdAt" timestamptz(3) not null, "enrolledAt" timestamptz(3) null, "lastUsedAt" timestamptz(3) null, "revokedAt" timestamptz(3) null);`,
    );
    this.addSql(`create index "device_venue" on "device" ("venue");`);
    this.addSql(`alter table "device" add constraint "device_token" unique ("tokenHash");`);
    this.addSql(`alter table "device" add constraint "device_code" unique ("codeHash");`);

    this.addSql(
      `create table "staff_session" ("tokenHash" text collate "C" not null, "staff" int not null, "device" int null, "lockedAt" timestamptz(3) null, "createdAt" timestamptz(3) not null, "expiresAt" timestamptz(3) not null, primary key ("tokenHash"));`,
    );
    this.addSql(`create index "staff_session_staff" on "staff_session" ("staff");`);
    this.addSql(`create index "staff_session_device" on "staff_session" ("device");`);

    this.addSql(
      `create table "charge" ("id" text collate "C" not null, "reference" text collate "C" not null, "venue" int not null, "sale" text collate "C" null, "line" int null, "state" text not null, "amount" bigint not null, "currency" text not null, "purpose" text collate "C" not null, "version" int not null default 1, "keyHash" text collate "C" not null, "bodyHash" text collate "C" not null, "createdAt" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "charge" add constraint "charge_reference" unique ("reference");`);
    this.addSql(`create index "charge_venue" on "charge" ("venue");`);
    this.addSql(`create index "charge_sale" on "charge" ("sale");`);
    this.addSql(`alter table "charge" add constraint "charge_idempotency_key" unique ("keyHash");`);

    this.addSql(
      `create table "payment" ("id" text collate "C" not null, "booking" text collate "C" null, "charge" text collate "C" null, "sale" text collate "C" null, "shift" int null, "gateway" text not null, "network" text null, "state" text not null, "amount" bigint not null, "currency" text not null, "phoneMasked" text collate "C" null, "phoneSealed" text collate "C" null, "phoneHash" text collate "C" null, "phoneTailHash" text collate "C" null, "accountReference" text collate "C" null, "callbackTokenHash" text collate "C" null, "idsSealed" text collate "C" null, "idsHash" text collate "C" null, "live" boolean not null, "liveUntil" timestamptz(3) not null, "reachedPhone" boolean not null, "startedAt" timestamptz(3) not null, "redirectUrl" text collate "C" null, "promptEndsAt" timestamptz(3) null, "endedAt" timestamptz(3) null, "reason" text null, "reasonCode" text collate "C" null, "retryFrom" timestamptz(3) null, "frozen" boolean not null, "verifyUntil" timestamptz(3) null, "leftAt" timestamptz(3) null, "claimedNumber" text collate "C" null, "contradictedAt" timestamptz(3) null, "closedAt" timestamptz(3) null, "reportedAt" timestamptz(3) null, "silentSince" timestamptz(3) null, "notifiedAt" timestamptz(3) null, "nextCheckAt" timestamptz(3) null, "checks" int not null, "checkedAt" timestamptz(3) null, "leasedUntil" timestamptz(3) null, "queriedCode" text collate "C" null, "queriedCodeAt" timestamptz(3) null, "keyHash" text collate "C" not null, "bodyHash" text collate "C" not null, primary key ("id"));`,
    );
    this.addSql(`create index "payment_shift" on "payment" ("shift");`);
    this.addSql(`create index "payment_phone_tail" on "payment" ("phoneTailHash");`);
    this.addSql(`alter table "payment" add constraint "payment_account_reference" unique ("accountReference");`);
    this.addSql(`alter table "payment" add constraint "payment_callback_token" unique ("callbackTokenHash");`);
    this.addSql(`create index "payment_claimed" on "payment" ("claimedNumber");`);
    this.addSql(`create index "payment_booking" on "payment" ("booking", "startedAt");`);
    this.addSql(`create index "payment_charge" on "payment" ("charge", "startedAt");`);
    this.addSql(`create index "payment_sale" on "payment" ("sale", "startedAt");`);
    this.addSql(`create index "payment_phone" on "payment" ("phoneHash", "startedAt");`);
    this.addSql(
      `create index "payment_unresolved" on "payment" ("startedAt") where "state" in ('started', 'unknown', 'pending');`,
    );
    this.addSql(`create index "payment_started" on "payment" ("startedAt") where "state" = 'started';`);
    this.addSql(`create index "payment_frozen" on "payment" ("id") where "frozen" = true;`);
    this.addSql(
      `create index "payment_contradicted" on "payment" ("contradictedAt") where "contradictedAt" is not null;`,
    );
    this.addSql(`create index "payment_silent" on "payment" ("silentSince") where "silentSince" is not null;`);
    this.addSql(`create index "payment_next_check" on "payment" ("nextCheckAt") where "nextCheckAt" is not null;`);
    this.addSql(`alter table "payment" add constraint "payment_idempotency_key" unique ("booking", "keyHash");`);
    this.addSql(`alter table "payment" add constraint "payment_charge_idempotency_key" unique ("charge", "keyHash");`);
    this.addSql(`alter table "payment" add constraint "payment_sale_idempotency_key" unique ("sale", "keyHash");`);
    this.addSql(
      `create unique index "payment_gateway_ids" on "payment" ("gateway", "idsHash") where "idsHash" is not null;`,
    );
    this.addSql(`create unique index "payment_live_booking" on "payment" ("booking") where "live" = true;`);
    this.addSql(`create unique index "payment_live_charge" on "payment" ("charge") where "live" = true;`);
    this.addSql(`create unique index "payment_live_sale" on "payment" ("sale") where "live" = true;`);
    this.addSql(`create unique index "payment_live_phone" on "payment" ("gateway", "phoneHash") where "live" = true;`);

    this.addSql(
      `create table "receipt" ("id" bigserial primary key, "gateway" text not null, "number" text collate "C" null, "payment" text collate "C" null, "cameFor" text collate "C" null, "amount" bigint not null, "currency" text not null, "allocation" text not null, "paidAt" timestamptz(3) null, "createdAt" timestamptz(3) not null, "reversedAt" timestamptz(3) null, "closedAt" timestamptz(3) null);`,
    );
    this.addSql(`create index "receipt_payment" on "receipt" ("payment");`);
    this.addSql(
      `create index "receipt_open" on "receipt" ("id") where "allocation" = 'unallocated' and "closedAt" is null;`,
    );
    this.addSql(`create index "receipt_came_for" on "receipt" ("cameFor") where "cameFor" is not null;`);
    this.addSql(`create index "receipt_created" on "receipt" ("createdAt");`);
    this.addSql(`create index "receipt_reversed" on "receipt" ("reversedAt") where "reversedAt" is not null;`);
    this.addSql(`alter table "receipt" add constraint "receipt_number" unique ("gateway", "number");`);

    this.addSql(
      `create table "refund" ("id" text collate "C" not null, "receipt" int not null, "booking" text collate "C" null, "charge" text collate "C" null, "sale" text collate "C" null, "amount" bigint not null, "currency" text not null, "state" text not null, "reason" text not null, "decidedBy" text collate "C" null, "callbackTokenHash" text collate "C" null, "conversationId" text collate "C" null, "requestedAt" timestamptz(3) null, "endedAt" timestamptz(3) null, "code" text collate "C" null, "proof" text collate "C" null, "createdAt" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "refund_of_receipt" on "refund" ("receipt");`);
    this.addSql(`create index "refund_booking" on "refund" ("booking");`);
    this.addSql(`create index "refund_charge" on "refund" ("charge");`);
    this.addSql(`create index "refund_sale" on "refund" ("sale");`);
    this.addSql(`alter table "refund" add constraint "refund_callback_token" unique ("callbackTokenHash");`);
    this.addSql(`create index "refund_open" on "refund" ("state", "requestedAt") where "state" != 'done';`);
    this.addSql(`create index "refund_owed" on "refund" ("createdAt") where "state" != 'done';`);
    this.addSql(`alter table "refund" add constraint "refund_once" unique ("receipt", "reason", "booking");`);
    this.addSql(`alter table "refund" add constraint "refund_charge_once" unique ("receipt", "reason", "charge");`);
    this.addSql(`alter table "refund" add constraint "refund_sale_once" unique ("receipt", "reason", "sale");`);

    this.addSql(
      `create table "share" ("id" bigserial primary key, "receipt" int not null, "booking" text collate "C" null, "charge" text collate "C" null, "amount" bigint not null, "refund" text collate "C" null);`,
    );
    this.addSql(`create index "share_receipt" on "share" ("receipt");`);
    this.addSql(`create index "share_booking" on "share" ("booking");`);
    this.addSql(`create index "share_charge" on "share" ("charge");`);
    this.addSql(`create index "share_refund" on "share" ("refund");`);

    this.addSql(
      `create table "journal_entry" ("id" bigserial primary key, "shift" int not null, "line" int not null, "at" timestamptz(3) not null, "kind" text not null, "cash" bigint not null, "sale" text collate "C" null, "payment" text collate "C" null, "actor" text collate "C" not null, "approver" text collate "C" null, "details" json not null, "hash" text collate "C" not null, "keyHash" text collate "C" null);`,
    );
    this.addSql(`create index "journal_sale" on "journal_entry" ("sale");`);
    this.addSql(`create index "journal_payment" on "journal_entry" ("payment");`);
    this.addSql(`alter table "journal_entry" add constraint "journal_line" unique ("shift", "line");`);
    this.addSql(`alter table "journal_entry" add constraint "journal_idempotency_key" unique ("shift", "keyHash");`);

    this.addSql(
      `create table "callback" ("id" bigserial primary key, "gateway" text not null, "payment" text collate "C" null, "state" text not null, "verdict" text collate "C" null, "bodySealed" bytea null, "sourceAddress" text collate "C" not null, "listed" boolean not null, "refund" text collate "C" null, "confirmation" boolean not null default false, "receivedAt" timestamptz(3) not null, "settledAt" timestamptz(3) null);`,
    );
    this.addSql(`create index "callback_payment" on "callback" ("payment");`);
    this.addSql(`create index "callback_refund" on "callback" ("refund");`);
    this.addSql(`create index "callback_received" on "callback" ("receivedAt") where "state" = 'received';`);
    this.addSql(`create index "callback_unlisted" on "callback" ("receivedAt") where "listed" = false;`);
    this.addSql(
      `create index "callback_stray" on "callback" ("id") where "payment" is null and "refund" is null and "confirmation" = false;`,
    );

    this.addSql(
      `alter table "outbox" add constraint "outbox_topic_check" check ("topic" in ('booking', 'charge', 'sale', 'receipt', 'shift', 'programme'));`,
    );

    this.addSql(`alter table "venue" add constraint "venue_country_check" check ("country" in ('KE', 'TZ'));`);
    this.addSql(
      `alter table "venue" add constraint "venue_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );

    this.addSql(
      `alter table "staff" add constraint "staff_venue_foreign" foreign key ("venue") references "venue" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "staff" add constraint "staff_role_check" check ("role" in ('cashier', 'supervisor', 'manager'));`,
    );

    this.addSql(
      `alter table "showing" add constraint "showing_movie_foreign" foreign key ("movie") references "movie" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "showing" add constraint "showing_venue_foreign" foreign key ("venue") references "venue" ("id") on delete restrict;`,
    );
    this.addSql(`alter table "showing" add constraint "showing_never_oversold" check ("held" + "sold" <= "capacity");`);
    this.addSql(`alter table "showing" add constraint "showing_counts_positive" check ("held" >= 0 and "sold" >= 0);`);
    this.addSql(
      `alter table "showing" add constraint "showing_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );

    this.addSql(
      `alter table "shift" add constraint "shift_venue_foreign" foreign key ("venue") references "venue" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "shift" add constraint "shift_staff_foreign" foreign key ("staff") references "staff" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "shift" add constraint "shift_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );
    this.addSql(
      `create or replace function "shift_shift_sealed_for_ever_fn"() returns trigger as $$ begin insert into shift select * from shift where id = old.id; end; $$ language plpgsql;`,
    );
    this.addSql(`create trigger "shift_sealed_for_ever" BEFORE UPDATE OR DELETE on "shift" for each ROW
  when (old."sealedAt" is not null) execute function "shift_shift_sealed_for_ever_fn"();`);

    this.addSql(
      `alter table "sale" add constraint "sale_venue_foreign" foreign key ("venue") references "venue" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "sale" add constraint "sale_shift_foreign" foreign key ("shift") references "shift" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "sale" add constraint "sale_state_check" check ("state" in ('open', 'abandoned', 'paid'));`,
    );
    this.addSql(`alter table "sale" add constraint "sale_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`);

    this.addSql(
      `alter table "booking" add constraint "booking_showing_foreign" foreign key ("showing") references "showing" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "booking" add constraint "booking_sale_foreign" foreign key ("sale") references "sale" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "booking" add constraint "booking_state_check" check ("state" in ('held', 'lapsed', 'cancelled', 'confirmed', 'refunded'));`,
    );
    this.addSql(
      `alter table "booking" add constraint "booking_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );
    this.addSql(`alter table "booking" add constraint "booking_language_check" check ("language" in ('en', 'sw'));`);

    this.addSql(
      `alter table "ticket" add constraint "ticket_booking_foreign" foreign key ("booking") references "booking" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "ticket" add constraint "ticket_state_check" check ("state" in ('valid', 'admitted', 'void'));`,
    );

    this.addSql(
      `alter table "mail" add constraint "mail_booking_foreign" foreign key ("booking") references "booking" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "mail" add constraint "mail_kind_check" check ("kind" in ('confirmation', 'booking_moved', 'showing_moved', 'showing_cancelled', 'refund_due', 'refund_done', 'money_reversed'));`,
    );
    this.addSql(
      `alter table "mail" add constraint "mail_state_check" check ("state" in ('waiting', 'sent', 'given_up', 'dropped'));`,
    );

    this.addSql(
      `alter table "device" add constraint "device_venue_foreign" foreign key ("venue") references "venue" ("id") on delete restrict;`,
    );

    this.addSql(
      `alter table "staff_session" add constraint "staff_session_staff_foreign" foreign key ("staff") references "staff" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "staff_session" add constraint "staff_session_device_foreign" foreign key ("device") references "device" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "charge" add constraint "charge_venue_foreign" foreign key ("venue") references "venue" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "charge" add constraint "charge_sale_foreign" foreign key ("sale") references "sale" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "charge" add constraint "charge_state_check" check ("state" in ('open', 'cancelled', 'paid', 'refunded'));`,
    );
    this.addSql(
      `alter table "charge" add constraint "charge_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );

    this.addSql(
      `alter table "payment" add constraint "payment_booking_foreign" foreign key ("booking") references "booking" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_charge_foreign" foreign key ("charge") references "charge" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_sale_foreign" foreign key ("sale") references "sale" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_shift_foreign" foreign key ("shift") references "shift" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_paid_for" check ((case when booking is null then 0 else 1 end) + (case when charge is null then 0 else 1 end) + (case when sale is null then 0 else 1 end) = 1);`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_gateway_check" check ("gateway" in ('daraja', 'pesapal', 'cash', 'card', 'complimentary'));`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_network_check" check ("network" in ('mpesa', 'mixx', 'airtel', 'halopesa'));`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_state_check" check ("state" in ('started', 'unknown', 'pending', 'failed', 'paid', 'reversed'));`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );
    this.addSql(
      `alter table "payment" add constraint "payment_reason_check" check ("reason" in ('cancelled_by_customer', 'insufficient_funds', 'wrong_pin', 'pin_locked', 'phone_unreachable', 'expired', 'limit_exceeded', 'amount_not_allowed', 'duplicate_request', 'phone_busy', 'invalid_phone', 'gateway_unavailable', 'under_review', 'refused'));`,
    );

    this.addSql(
      `alter table "receipt" add constraint "receipt_payment_foreign" foreign key ("payment") references "payment" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "receipt" add constraint "receipt_cameFor_foreign" foreign key ("cameFor") references "payment" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "receipt" add constraint "receipt_gateway_check" check ("gateway" in ('daraja', 'pesapal', 'cash', 'card', 'complimentary'));`,
    );
    this.addSql(
      `alter table "receipt" add constraint "receipt_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );
    this.addSql(
      `alter table "receipt" add constraint "receipt_allocation_check" check ("allocation" in ('applied', 'refund_due', 'unallocated'));`,
    );

    this.addSql(
      `alter table "refund" add constraint "refund_receipt_foreign" foreign key ("receipt") references "receipt" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "refund" add constraint "refund_booking_foreign" foreign key ("booking") references "booking" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "refund" add constraint "refund_charge_foreign" foreign key ("charge") references "charge" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "refund" add constraint "refund_sale_foreign" foreign key ("sale") references "sale" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "refund" add constraint "refund_paid_for" check ((case when booking is null then 0 else 1 end) + (case when charge is null then 0 else 1 end) + (case when sale is null then 0 else 1 end) = 1);`,
    );
    this.addSql(
      `alter table "refund" add constraint "refund_currency_check" check ("currency" in ('KES', 'TZS', 'USD'));`,
    );
    this.addSql(
      `alter table "refund" add constraint "refund_state_check" check ("state" in ('due', 'requested', 'done', 'failed', 'unknown'));`,
    );
    this.addSql(
      `alter table "refund" add constraint "refund_reason_check" check ("reason" in ('duplicate_payment', 'late_payment', 'showing_cancelled', 'booking_cancelled', 'overpaid', 'abandoned_sale', 'reversed', 'staff_decision'));`,
    );

    this.addSql(
      `alter table "share" add constraint "share_receipt_foreign" foreign key ("receipt") references "receipt" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "share" add constraint "share_booking_foreign" foreign key ("booking") references "booking" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "share" add constraint "share_charge_foreign" foreign key ("charge") references "charge" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "share" add constraint "share_refund_foreign" foreign key ("refund") references "refund" ("id") on delete restrict;`,
    );
    this.addSql(`alter table "share" add constraint "share_pays_for" check ((booking is null) != (charge is null));`);

    this.addSql(
      `alter table "journal_entry" add constraint "journal_entry_shift_foreign" foreign key ("shift") references "shift" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "journal_entry" add constraint "journal_entry_sale_foreign" foreign key ("sale") references "sale" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "journal_entry" add constraint "journal_entry_payment_foreign" foreign key ("payment") references "payment" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "journal_entry" add constraint "journal_entry_kind_check" check ("kind" in ('shift_opened', 'cash_taken', 'cash_given_back', 'card_taken', 'complimentary_granted', 'paid_in', 'paid_out', 'drop', 'sale_abandoned', 'reprinted', 'counted', 'sealed'));`,
    );
    this.addSql(
      `create or replace function "journal_entry_journal_only_grows_fn"() returns trigger as $$ begin insert into journal_entry select * from journal_entry where id = old.id; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "journal_only_grows" BEFORE UPDATE OR DELETE on "journal_entry" for each ROW execute function "journal_entry_journal_only_grows_fn"();`,
    );

    this.addSql(
      `alter table "callback" add constraint "callback_payment_foreign" foreign key ("payment") references "payment" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "callback" add constraint "callback_refund_foreign" foreign key ("refund") references "refund" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "callback" add constraint "callback_gateway_check" check ("gateway" in ('daraja', 'pesapal'));`,
    );
    this.addSql(
      `alter table "callback" add constraint "callback_state_check" check ("state" in ('received', 'settled', 'ignored', 'quarantined'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "showing" drop constraint "showing_movie_foreign";`);
    this.addSql(`alter table "staff" drop constraint "staff_venue_foreign";`);
    this.addSql(`alter table "showing" drop constraint "showing_venue_foreign";`);
    this.addSql(`alter table "shift" drop constraint "shift_venue_foreign";`);
    this.addSql(`alter table "sale" drop constraint "sale_venue_foreign";`);
    this.addSql(`alter table "device" drop constraint "device_venue_foreign";`);
    this.addSql(`alter table "charge" drop constraint "charge_venue_foreign";`);
    this.addSql(`alter table "shift" drop constraint "shift_staff_foreign";`);
    this.addSql(`alter table "staff_session" drop constraint "staff_session_staff_foreign";`);
    this.addSql(`alter table "booking" drop constraint "booking_showing_foreign";`);
    this.addSql(`alter table "sale" drop constraint "sale_shift_foreign";`);
    this.addSql(`alter table "payment" drop constraint "payment_shift_foreign";`);
    this.addSql(`alter table "journal_entry" drop constraint "journal_entry_shift_foreign";`);
    this.addSql(`alter table "booking" drop constraint "booking_sale_foreign";`);
    this.addSql(`alter table "charge" drop constraint "charge_sale_foreign";`);
    this.addSql(`alter table "payment" drop constraint "payment_sale_foreign";`);
    this.addSql(`alter table "refund" drop constraint "refund_sale_foreign";`);
    this.addSql(`alter table "journal_entry" drop constraint "journal_entry_sale_foreign";`);
    this.addSql(`alter table "ticket" drop constraint "ticket_booking_foreign";`);
    this.addSql(`alter table "mail" drop constraint "mail_booking_foreign";`);
    this.addSql(`alter table "payment" drop constraint "payment_booking_foreign";`);
    this.addSql(`alter table "refund" drop constraint "refund_booking_foreign";`);
    this.addSql(`alter table "share" drop constraint "share_booking_foreign";`);
    this.addSql(`alter table "staff_session" drop constraint "staff_session_device_foreign";`);
    this.addSql(`alter table "payment" drop constraint "payment_charge_foreign";`);
    this.addSql(`alter table "refund" drop constraint "refund_charge_foreign";`);
    this.addSql(`alter table "share" drop constraint "share_charge_foreign";`);
    this.addSql(`alter table "receipt" drop constraint "receipt_payment_foreign";`);
    this.addSql(`alter table "receipt" drop constraint "receipt_cameFor_foreign";`);
    this.addSql(`alter table "journal_entry" drop constraint "journal_entry_payment_foreign";`);
    this.addSql(`alter table "callback" drop constraint "callback_payment_foreign";`);
    this.addSql(`alter table "refund" drop constraint "refund_receipt_foreign";`);
    this.addSql(`alter table "share" drop constraint "share_receipt_foreign";`);
    this.addSql(`alter table "share" drop constraint "share_refund_foreign";`);
    this.addSql(`alter table "callback" drop constraint "callback_refund_foreign";`);

    this.addSql(`drop table if exists "audit_entry" cascade;`);
    this.addSql(`drop table if exists "booking_name" cascade;`);
    this.addSql(`drop table if exists "movie" cascade;`);
    this.addSql(`drop table if exists "outbox" cascade;`);
    this.addSql(`drop table if exists "poster" cascade;`);
    this.addSql(`drop table if exists "programme_entry" cascade;`);
    this.addSql(`drop table if exists "remembered" cascade;`);
    this.addSql(`drop table if exists "sign_in_delay" cascade;`);
    this.addSql(`drop table if exists "staff_log" cascade;`);
    this.addSql(`drop table if exists "venue" cascade;`);
    this.addSql(`drop table if exists "staff" cascade;`);
    this.addSql(`drop table if exists "showing" cascade;`);
    this.addSql(`drop trigger if exists "shift_sealed_for_ever" on "shift";`);
    this.addSql(`drop function if exists "shift_shift_sealed_for_ever_fn"();`);
    this.addSql(`drop table if exists "shift" cascade;`);
    this.addSql(`drop table if exists "sale" cascade;`);
    this.addSql(`drop table if exists "booking" cascade;`);
    this.addSql(`drop table if exists "ticket" cascade;`);
    this.addSql(`drop table if exists "mail" cascade;`);
    this.addSql(`drop table if exists "device" cascade;`);
    this.addSql(`drop table if exists "staff_session" cascade;`);
    this.addSql(`drop table if exists "charge" cascade;`);
    this.addSql(`drop table if exists "payment" cascade;`);
    this.addSql(`drop table if exists "receipt" cascade;`);
    this.addSql(`drop table if exists "refund" cascade;`);
    this.addSql(`drop table if exists "share" cascade;`);
    this.addSql(`drop trigger if exists "journal_only_grows" on "journal_entry";`);
    this.addSql(`drop function if exists "journal_entry_journal_only_grows_fn"();`);
    this.addSql(`drop table if exists "journal_entry" cascade;`);
    this.addSql(`drop table if exists "callback" cascade;`);
  }
}
