import { Migration } from '@mikro-orm/migrations';

export class Migration20261122134958_first extends Migration {
  override name = 'Migration20261122134958_first';

  override up(): void | Promise<void> {
    this.addSql(
      `create table \`audit_entry\` (\`id\` integer not null primary key autoincrement, \`at\` datetime not null, \`booking\` text null, \`charge\` text null, \`sale\` text null, \`receipt\` integer null, \`version\` integer not null, \`payment\` text null, \`actor\` text not null, \`happening\` text not null, \`details\` json not null);`,
    );
    this.addSql(`create index \`audit_booking\` on \`audit_entry\` (\`booking\`);`);
    this.addSql(`create index \`audit_charge\` on \`audit_entry\` (\`charge\`);`);
    this.addSql(`create index \`audit_sale\` on \`audit_entry\` (\`sale\`);`);
    this.addSql(`create index \`audit_receipt\` on \`audit_entry\` (\`receipt\`);`);

    this.addSql(
      `create table \`booking_name\` (\`id\` integer not null primary key autoincrement, \`venue\` integer not null, \`beginning\` text not null, \`booking\` text not null);`,
    );
    this.addSql(`create index \`booking_name_beginning\` on \`booking_name\` (\`venue\`, \`beginning\`, \`id\`);`);

    this.addSql(
      `create table \`movie\` (\`id\` integer not null primary key autoincrement, \`title\` text not null, \`description\` text not null, \`imageUrl\` text not null, \`minutes\` integer not null, \`rating\` text not null);`,
    );

    this.addSql(
      `create table \`outbox\` (\`id\` integer not null primary key autoincrement, \`topic\` text check (\`topic\` in ('booking', 'charge', 'sale', 'receipt', 'shift', 'programme')) not null, \`subject\` text not null, \`showing\` integer null, \`version\` integer not null);`,
    );

    this.addSql(
      `create table \`poster\` (\`id\` text not null primary key, \`small\` blob not null, \`large\` blob not null, \`createdAt\` datetime not null);`,
    );

    this.addSql(
      `create table \`programme_entry\` (\`id\` integer not null primary key autoincrement, \`at\` datetime not null, \`actor\` text not null, \`happening\` text not null, \`venue\` integer null, \`movie\` integer null, \`showing\` integer null, \`changes\` json not null, \`note\` text null);`,
    );
    this.addSql(`create index \`programme_venue\` on \`programme_entry\` (\`venue\`);`);

    this.addSql(`create table \`remembered\` (\`name\` text not null primary key, \`value\` text not null);`);

    this.addSql(
      `create table \`sign_in_delay\` (\`guesser\` text not null primary key, \`failures\` integer not null, \`nextAt\` datetime not null);`,
    );
    this.addSql(`create index \`sign_in_delay_next\` on \`sign_in_delay\` (\`nextAt\`);`);

    this.addSql(
      `create table \`staff_log\` (\`id\` integer not null primary key autoincrement, \`at\` datetime not null, \`happening\` text not null, \`name\` text null, \`by\` text null, \`venue\` integer null, \`device\` text null, \`address\` text null, \`about\` text null);`,
    );
    this.addSql(`create index \`staff_log_at\` on \`staff_log\` (\`at\`);`);

    this.addSql(
      `create table \`venue\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`city\` text not null, \`country\` text check (\`country\` in ('KE', 'TZ')) not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`timeZone\` text not null, \`address\` text not null, \`phone\` text not null, \`email\` text not null, \`leastCharge\` bigint null, \`largestCharge\` bigint null);`,
    );

    this.addSql(
      `create table \`staff\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`role\` text check (\`role\` in ('cashier', 'supervisor', 'manager')) not null, \`venue\` integer null, \`passwordHash\` text null, \`pinHash\` text null, \`active\` integer not null, \`createdAt\` datetime not null, constraint \`staff_venue_foreign\` foreign key (\`venue\`) references \`venue\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create unique index \`staff_name\` on \`staff\` (\`name\`);`);
    this.addSql(`create index \`staff_venue\` on \`staff\` (\`venue\`);`);

    this.addSql(
      `create table \`showing\` (\`id\` integer not null primary key autoincrement, \`movie\` integer not null, \`venue\` integer not null, \`screen\` text not null, \`startsAt\` datetime not null, \`price\` bigint not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`capacity\` integer not null, \`held\` integer not null default 0, \`sold\` integer not null default 0, \`version\` integer not null default 1, \`bookingChanges\` integer not null default 0, \`cancelledAt\` datetime null, \`movedAt\` datetime null, \`movedFromStart\` datetime null, \`movedFromScreen\` text null, constraint \`showing_movie_foreign\` foreign key (\`movie\`) references \`movie\` (\`id\`) on delete restrict, constraint \`showing_venue_foreign\` foreign key (\`venue\`) references \`venue\` (\`id\`) on delete restrict, constraint \`showing_never_oversold\` check (\`held\` + \`sold\` <= \`capacity\`), constraint \`showing_counts_positive\` check (\`held\` >= 0 and \`sold\` >= 0));`,
    );
    this.addSql(`create index \`showing_movie\` on \`showing\` (\`movie\`);`);
    this.addSql(`create index \`showing_venue_index\` on \`showing\` (\`venue\`);`);
    this.addSql(`create index \`showing_starts_at\` on \`showing\` (\`startsAt\`);`);
    this.addSql(`create index \`showing_venue\` on \`showing\` (\`venue\`, \`startsAt\`);`);

    this.addSql(
      `create table \`shift\` (\`id\` integer not null primary key autoincrement, \`venue\` integer not null, \`staff\` integer not null, \`cashier\` text not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`live\` integer not null, \`openedAt\` datetime not null, \`countedAt\` datetime null, \`counted\` bigint null, \`sealedAt\` datetime null, \`sealedBy\` text null, \`seal\` integer null, \`journalHash\` text null, \`previousHash\` text null, \`sealHash\` text null, \`version\` integer not null default 1, \`keyHash\` text not null, constraint \`shift_venue_foreign\` foreign key (\`venue\`) references \`venue\` (\`id\`) on delete restrict, constraint \`shift_staff_foreign\` foreign key (\`staff\`) references \`staff\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create index \`shift_venue_index\` on \`shift\` (\`venue\`);`);
    this.addSql(`create index \`shift_staff\` on \`shift\` (\`staff\`);`);
    this.addSql(`create unique index \`shift_seal\` on \`shift\` (\`seal\`);`);
    this.addSql(`create unique index \`shift_idempotency_key\` on \`shift\` (\`keyHash\`);`);
    this.addSql(`create index \`shift_venue\` on \`shift\` (\`venue\`, \`openedAt\`);`);
    this.addSql(`create unique index \`shift_live\` on \`shift\` (\`staff\`) where \`live\` = true;`);
    this.addSql(`create trigger \`shift_sealed_for_ever_update\` BEFORE UPDATE on \`shift\` for each ROW
  when old."sealedAt" is not null begin insert into shift select * from shift where id = old.id; end;`);
    this.addSql(`create trigger \`shift_sealed_for_ever_delete\` BEFORE DELETE on \`shift\` for each ROW
  when old."sealedAt" is not null begin insert into shift select * from shift where id = old.id; end;`);

    this.addSql(
      `create table \`sale\` (\`id\` text not null primary key, \`reference\` text not null, \`venue\` integer not null, \`shift\` integer not null, \`state\` text check (\`state\` in ('open', 'abandoned', 'paid')) not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`cashier\` text not null, \`version\` integer not null default 1, \`keyHash\` text not null, \`bodyHash\` text not null, \`createdAt\` datetime not null, constraint \`sale_venue_foreign\` foreign key (\`venue\`) references \`venue\` (\`id\`) on delete restrict, constraint \`sale_shift_foreign\` foreign key (\`shift\`) references \`shift\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create unique index \`sale_reference\` on \`sale\` (\`reference\`);`);
    this.addSql(`create index \`sale_shift\` on \`sale\` (\`shift\`);`);
    this.addSql(`create unique index \`sale_idempotency_key\` on \`sale\` (\`keyHash\`);`);
    this.addSql(`create index \`sale_venue\` on \`sale\` (\`venue\`, \`createdAt\`);`);
    this.addSql(`create index \`sale_open\` on \`sale\` (\`venue\`) where \`state\` = 'open';`);

    this.addSql(
      `create table \`booking\` (\`id\` text not null primary key, \`reference\` text not null, \`showing\` integer not null, \`sale\` text null, \`line\` integer null, \`state\` text check (\`state\` in ('held', 'lapsed', 'cancelled', 'confirmed', 'refunded')) not null, \`quantity\` integer not null, \`amount\` bigint not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`customerNameSealed\` text null, \`phoneMasked\` text null, \`phoneSealed\` text null, \`phoneHash\` text null, \`phoneTailHash\` text null, \`emailSealed\` text null, \`language\` text check (\`language\` in ('en', 'sw')) not null default 'en', \`heldUntil\` datetime not null, \`holdEndsAt\` datetime not null, \`holdCapAt\` datetime not null, \`kept\` integer not null default false, \`version\` integer not null default 1, \`keyHash\` text not null, \`bodyHash\` text not null, \`createdAt\` datetime not null, constraint \`booking_showing_foreign\` foreign key (\`showing\`) references \`showing\` (\`id\`) on delete restrict, constraint \`booking_sale_foreign\` foreign key (\`sale\`) references \`sale\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create unique index \`booking_reference\` on \`booking\` (\`reference\`);`);
    this.addSql(`create index \`booking_showing\` on \`booking\` (\`showing\`);`);
    this.addSql(`create index \`booking_sale\` on \`booking\` (\`sale\`);`);
    this.addSql(`create index \`booking_phone\` on \`booking\` (\`phoneHash\`);`);
    this.addSql(`create index \`booking_phone_tail\` on \`booking\` (\`phoneTailHash\`);`);
    this.addSql(`create unique index \`booking_idempotency_key\` on \`booking\` (\`keyHash\`);`);
    this.addSql(
      `create index \`booking_hold_ends\` on \`booking\` (\`heldUntil\`) where \`state\` = 'held' and \`kept\` = false;`,
    );
    this.addSql(`create index \`booking_held\` on \`booking\` (\`showing\`) where \`state\` = 'held';`);

    this.addSql(
      `create table \`ticket\` (\`id\` integer not null primary key autoincrement, \`code\` text not null, \`booking\` text not null, \`seat\` text null, \`state\` text check (\`state\` in ('valid', 'admitted', 'void')) not null, \`admittedAt\` datetime null, \`admittedBy\` text null, \`admittedWhere\` text null, \`admittedScan\` text null, constraint \`ticket_booking_foreign\` foreign key (\`booking\`) references \`booking\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create unique index \`ticket_code\` on \`ticket\` (\`code\`);`);
    this.addSql(`create index \`ticket_booking\` on \`ticket\` (\`booking\`);`);

    this.addSql(
      `create table \`mail\` (\`id\` integer not null primary key autoincrement, \`booking\` text not null, \`kind\` text check (\`kind\` in ('confirmation', 'booking_moved', 'showing_moved', 'showing_cancelled', 'refund_due', 'refund_done', 'money_reversed')) not null, \`version\` integer not null, \`state\` text check (\`state\` in ('waiting', 'sent', 'given_up', 'dropped')) not null, \`queuedAt\` datetime not null, \`tries\` integer not null default 0, \`nextTryAt\` datetime null, \`leasedUntil\` datetime null, \`endedAt\` datetime null, \`code\` text null, constraint \`mail_booking_foreign\` foreign key (\`booking\`) references \`booking\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create index \`mail_booking\` on \`mail\` (\`booking\`);`);
    this.addSql(`create index \`mail_next_try\` on \`mail\` (\`nextTryAt\`) where \`state\` = 'waiting';`);
    this.addSql(`create unique index \`mail_once\` on \`mail\` (\`booking\`, \`kind\`, \`version\`);`);

    this.addSql(
      `create table \`device\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`venue\` integer not null, \`tokenHash\` text null, \`codeHash\` text null, \`codeEndsAt\` datetime null, \`createdAt\` datetime not null, \`enrolledAt\` datetime null, \`lastUsedAt\` datetime null, \`revokedAt\` datetime null, constraint \`device_venue_foreign\` foreign key (\`venue\`) references \`venue\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create index \`device_venue\` on \`device\` (\`venue\`);`);
    this.addSql(`create unique index \`device_token\` on \`device\` (\`tokenHash\`);`);
    this.addSql(`create unique index \`device_code\` on \`device\` (\`codeHash\`);`);

    this.addSql(
      `create table \`staff_session\` (\`tokenHash\` text not null primary key, \`staff\` integer not null, \`device\` integer null, \`lockedAt\` datetime null, \`createdAt\` datetime not null, \`expiresAt\` datetime not null, constraint \`staff_session_staff_foreign\` foreign key (\`staff\`) references \`staff\` (\`id\`) on delete cascade, constraint \`staff_session_device_foreign\` foreign key (\`device\`) references \`device\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create index \`staff_session_staff\` on \`staff_session\` (\`staff\`);`);
    this.addSql(`create index \`staff_session_device\` on \`staff_session\` (\`device\`);`);

    this.addSql(
      `create table \`charge\` (\`id\` text not null primary key, \`reference\` text not null, \`venue\` integer not null, \`sale\` text null, \`line\` integer null, \`state\` text check (\`state\` in ('open', 'cancelled', 'paid', 'refunded')) not null, \`amount\` bigint not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`purpose\` text not null, \`version\` integer not null default 1, \`keyHash\` text not null, \`bodyHash\` text not null, \`createdAt\` datetime not null, constraint \`charge_venue_foreign\` foreign key (\`venue\`) references \`venue\` (\`id\`) on delete restrict, constraint \`charge_sale_foreign\` foreign key (\`sale\`) references \`sale\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create unique index \`charge_reference\` on \`charge\` (\`reference\`);`);
    this.addSql(`create index \`charge_venue\` on \`charge\` (\`venue\`);`);
    this.addSql(`create index \`charge_sale\` on \`charge\` (\`sale\`);`);
    this.addSql(`create unique index \`charge_idempotency_key\` on \`charge\` (\`keyHash\`);`);

    this.addSql(
      `create table \`payment\` (\`id\` text not null primary key, \`booking\` text null, \`charge\` text null, \`sale\` text null, \`shift\` integer null, \`gateway\` text check (\`gateway\` in ('daraja', 'pesapal', 'cash', 'card', 'complimentary')) not null, \`network\` text check (\`network\` in ('mpesa', 'mixx', 'airtel', 'halopesa')) null, \`state\` text check (\`state\` in ('started', 'unknown', 'pending', 'failed', 'paid', 'reversed')) not null, \`amount\` bigint not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`phoneMasked\` text null, \`phoneSealed\` text null, \`phoneHash\` text null, \`phoneTailHash\` text null, \`accountReference\` text null, \`callbackTokenHash\` text null, \`idsSealed\` text null, \`idsHash\` text null, \`live\` integer not null, \`liveUntil\` datetime not null, \`reachedPhone\` integer not null, \`startedAt\` datetime not null, \`redirectUrl\` text null, \`promptEndsAt\` datetime null, \`endedAt\` datetime null, \`reason\` text check (\`reason\` in ('cancelled_by_customer', 'insufficient_funds', 'wrong_pin', 'pin_locked', 'phone_unreachable', 'expired', 'limit_exceeded', 'amount_not_allowed', 'duplicate_request', 'phone_busy', 'invalid_phone', 'gateway_unavailable', 'under_review', 'refused')) null, \`reasonCode\` text null, \`retryFrom\` datetime null, \`frozen\` integer not null, \`verifyUntil\` datetime null, \`leftAt\` datetime null, \`claimedNumber\` text null, \`contradictedAt\` datetime null, \`closedAt\` datetime null, \`reportedAt\` datetime null, \`silentSince\` datetime null, \`notifiedAt\` datetime null, \`nextCheckAt\` datetime null, \`checks\` integer not null, \`checkedAt\` datetime null, \`leasedUntil\` datetime null, \`queriedCode\` text null, \`queriedCodeAt\` datetime null, \`keyHash\` text not null, \`bodyHash\` text not null, constraint \`payment_booking_foreign\` foreign key (\`booking\`) references \`booking\` (\`id\`) on delete restrict, constraint \`payment_charge_foreign\` foreign key (\`charge\`) references \`charge\` (\`id\`) on delete restrict, constraint \`payment_sale_foreign\` foreign key (\`sale\`) references \`sale\` (\`id\`) on delete restrict, constraint \`payment_shift_foreign\` foreign key (\`shift\`) references \`shift\` (\`id\`) on delete restrict, constraint \`payment_paid_for\` check ((case when booking is null then 0 else 1 end) + (case when charge is null then 0 else 1 end) + (case when sale is null then 0 else 1 end) = 1));`,
    );
    this.addSql(`create index \`payment_booking_index\` on \`payment\` (\`booking\`);`);
    this.addSql(`create index \`payment_charge_index\` on \`payment\` (\`charge\`);`);
    this.addSql(`create index \`payment_sale_index\` on \`payment\` (\`sale\`);`);
    this.addSql(`create index \`payment_shift\` on \`payment\` (\`shift\`);`);
    this.addSql(`create index \`payment_phone_tail\` on \`payment\` (\`phoneTailHash\`);`);
    this.addSql(`create unique index \`payment_account_reference\` on \`payment\` (\`accountReference\`);`);
    this.addSql(`create unique index \`payment_callback_token\` on \`payment\` (\`callbackTokenHash\`);`);
    this.addSql(`create index \`payment_claimed\` on \`payment\` (\`claimedNumber\`);`);
    this.addSql(`create index \`payment_booking\` on \`payment\` (\`booking\`, \`startedAt\`);`);
    this.addSql(`create index \`payment_charge\` on \`payment\` (\`charge\`, \`startedAt\`);`);
    this.addSql(`create index \`payment_sale\` on \`payment\` (\`sale\`, \`startedAt\`);`);
    this.addSql(`create index \`payment_phone\` on \`payment\` (\`phoneHash\`, \`startedAt\`);`);
    this.addSql(
      `create index \`payment_unresolved\` on \`payment\` (\`startedAt\`) where \`state\` in ('started', 'unknown', 'pending');`,
    );
    this.addSql(`create index \`payment_started\` on \`payment\` (\`startedAt\`) where \`state\` = 'started';`);
    this.addSql(`create index \`payment_frozen\` on \`payment\` (\`id\`) where \`frozen\` = true;`);
    this.addSql(
      `create index \`payment_contradicted\` on \`payment\` (\`contradictedAt\`) where \`contradictedAt\` is not null;`,
    );
    this.addSql(`create index \`payment_silent\` on \`payment\` (\`silentSince\`) where \`silentSince\` is not null;`);
    this.addSql(
      `create index \`payment_next_check\` on \`payment\` (\`nextCheckAt\`) where \`nextCheckAt\` is not null;`,
    );
    this.addSql(`create unique index \`payment_idempotency_key\` on \`payment\` (\`booking\`, \`keyHash\`);`);
    this.addSql(`create unique index \`payment_charge_idempotency_key\` on \`payment\` (\`charge\`, \`keyHash\`);`);
    this.addSql(`create unique index \`payment_sale_idempotency_key\` on \`payment\` (\`sale\`, \`keyHash\`);`);
    this.addSql(
      `create unique index \`payment_gateway_ids\` on \`payment\` (\`gateway\`, \`idsHash\`) where \`idsHash\` is not null;`,
    );
    this.addSql(`create unique index \`payment_live_booking\` on \`payment\` (\`booking\`) where \`live\` = true;`);
    this.addSql(`create unique index \`payment_live_charge\` on \`payment\` (\`charge\`) where \`live\` = true;`);
    this.addSql(`create unique index \`payment_live_sale\` on \`payment\` (\`sale\`) where \`live\` = true;`);
    this.addSql(
      `create unique index \`payment_live_phone\` on \`payment\` (\`gateway\`, \`phoneHash\`) where \`live\` = true;`,
    );

    this.addSql(
      `create table \`receipt\` (\`id\` integer not null primary key autoincrement, \`gateway\` text check (\`gateway\` in ('daraja', 'pesapal', 'cash', 'card', 'complimentary')) not null, \`number\` text null, \`payment\` text null, \`cameFor\` text null, \`amount\` bigint not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`allocation\` text check (\`allocation\` in ('applied', 'refund_due', 'unallocated')) not null, \`paidAt\` datetime null, \`createdAt\` datetime not null, \`reversedAt\` datetime null, \`closedAt\` datetime null, constraint \`receipt_payment_foreign\` foreign key (\`payment\`) references \`payment\` (\`id\`) on delete restrict, constraint \`receipt_cameFor_foreign\` foreign key (\`cameFor\`) references \`payment\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create index \`receipt_payment\` on \`receipt\` (\`payment\`);`);
    this.addSql(
      `create index \`receipt_open\` on \`receipt\` (\`id\`) where \`allocation\` = 'unallocated' and \`closedAt\` is null;`,
    );
    this.addSql(`create index \`receipt_came_for\` on \`receipt\` (\`cameFor\`) where \`cameFor\` is not null;`);
    this.addSql(`create index \`receipt_created\` on \`receipt\` (\`createdAt\`);`);
    this.addSql(`create index \`receipt_reversed\` on \`receipt\` (\`reversedAt\`) where \`reversedAt\` is not null;`);
    this.addSql(`create unique index \`receipt_number\` on \`receipt\` (\`gateway\`, \`number\`);`);

    this.addSql(
      `create table \`refund\` (\`id\` text not null primary key, \`receipt\` integer not null, \`booking\` text null, \`charge\` text null, \`sale\` text null, \`amount\` bigint not null, \`currency\` text check (\`currency\` in ('KES', 'TZS', 'USD')) not null, \`state\` text check (\`state\` in ('due', 'requested', 'done', 'failed', 'unknown')) not null, \`reason\` text check (\`reason\` in ('duplicate_payment', 'late_payment', 'showing_cancelled', 'booking_cancelled', 'overpaid', 'abandoned_sale', 'reversed', 'staff_decision')) not null, \`decidedBy\` text null, \`callbackTokenHash\` text null, \`conversationId\` text null, \`requestedAt\` datetime null, \`endedAt\` datetime null, \`code\` text null, \`proof\` text null, \`createdAt\` datetime not null, constraint \`refund_receipt_foreign\` foreign key (\`receipt\`) references \`receipt\` (\`id\`) on delete restrict, constraint \`refund_booking_foreign\` foreign key (\`booking\`) references \`booking\` (\`id\`) on delete restrict, constraint \`refund_charge_foreign\` foreign key (\`charge\`) references \`charge\` (\`id\`) on delete restrict, constraint \`refund_sale_foreign\` foreign key (\`sale\`) references \`sale\` (\`id\`) on delete restrict, constraint \`refund_paid_for\` check ((case when booking is null then 0 else 1 end) + (case when charge is null then 0 else 1 end) + (case when sale is null then 0 else 1 end) = 1));`,
    );
    this.addSql(`create index \`refund_of_receipt\` on \`refund\` (\`receipt\`);`);
    this.addSql(`create index \`refund_booking\` on \`refund\` (\`booking\`);`);
    this.addSql(`create index \`refund_charge\` on \`refund\` (\`charge\`);`);
    this.addSql(`create index \`refund_sale\` on \`refund\` (\`sale\`);`);
    this.addSql(`create unique index \`refund_callback_token\` on \`refund\` (\`callbackTokenHash\`);`);
    this.addSql(`create index \`refund_open\` on \`refund\` (\`state\`, \`requestedAt\`) where \`state\` != 'done';`);
    this.addSql(`create index \`refund_owed\` on \`refund\` (\`createdAt\`) where \`state\` != 'done';`);
    this.addSql(`create unique index \`refund_once\` on \`refund\` (\`receipt\`, \`reason\`, \`booking\`);`);
    this.addSql(`create unique index \`refund_charge_once\` on \`refund\` (\`receipt\`, \`reason\`, \`charge\`);`);
    this.addSql(`create unique index \`refund_sale_once\` on \`refund\` (\`receipt\`, \`reason\`, \`sale\`);`);

    this.addSql(
      `create table \`share\` (\`id\` integer not null primary key autoincrement, \`receipt\` integer not null, \`booking\` text null, \`charge\` text null, \`amount\` bigint not null, \`refund\` text null, constraint \`share_receipt_foreign\` foreign key (\`receipt\`) references \`receipt\` (\`id\`) on delete restrict, constraint \`share_booking_foreign\` foreign key (\`booking\`) references \`booking\` (\`id\`) on delete restrict, constraint \`share_charge_foreign\` foreign key (\`charge\`) references \`charge\` (\`id\`) on delete restrict, constraint \`share_refund_foreign\` foreign key (\`refund\`) references \`refund\` (\`id\`) on delete restrict, constraint \`share_pays_for\` check ((booking is null) != (charge is null)));`,
    );
    this.addSql(`create index \`share_receipt\` on \`share\` (\`receipt\`);`);
    this.addSql(`create index \`share_booking\` on \`share\` (\`booking\`);`);
    this.addSql(`create index \`share_charge\` on \`share\` (\`charge\`);`);
    this.addSql(`create index \`share_refund\` on \`share\` (\`refund\`);`);

    this.addSql(
      `create table \`journal_entry\` (\`id\` integer not null primary key autoincrement, \`shift\` integer not null, \`line\` integer not null, \`at\` datetime not null, \`kind\` text check (\`kind\` in ('shift_opened', 'cash_taken', 'cash_given_back', 'card_taken', 'complimentary_granted', 'paid_in', 'paid_out', 'drop', 'sale_abandoned', 'reprinted', 'counted', 'sealed')) not null, \`cash\` bigint not null, \`sale\` text null, \`payment\` text null, \`actor\` text not null, \`approver\` text null, \`details\` json not null, \`hash\` text not null, \`keyHash\` text null, constraint \`journal_entry_shift_foreign\` foreign key (\`shift\`) references \`shift\` (\`id\`) on delete restrict, constraint \`journal_entry_sale_foreign\` foreign key (\`sale\`) references \`sale\` (\`id\`) on delete restrict, constraint \`journal_entry_payment_foreign\` foreign key (\`payment\`) references \`payment\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create index \`journal_entry_shift_index\` on \`journal_entry\` (\`shift\`);`);
    this.addSql(`create index \`journal_sale\` on \`journal_entry\` (\`sale\`);`);
    this.addSql(`create index \`journal_payment\` on \`journal_entry\` (\`payment\`);`);
    this.addSql(`create unique index \`journal_line\` on \`journal_entry\` (\`shift\`, \`line\`);`);
    this.addSql(`create unique index \`journal_idempotency_key\` on \`journal_entry\` (\`shift\`, \`keyHash\`);`);
    this.addSql(
      `create trigger \`journal_only_grows_update\` BEFORE UPDATE on \`journal_entry\` for each ROW begin insert into journal_entry select * from journal_entry where id = old.id; end;`,
    );
    this.addSql(
      `create trigger \`journal_only_grows_delete\` BEFORE DELETE on \`journal_entry\` for each ROW begin insert into journal_entry select * from journal_entry where id = old.id; end;`,
    );

    this.addSql(
      `create table \`callback\` (\`id\` integer not null primary key autoincrement, \`gateway\` text check (\`gateway\` in ('daraja', 'pesapal')) not null, \`payment\` text null, \`state\` text check (\`state\` in ('received', 'settled', 'ignored', 'quarantined')) not null, \`verdict\` text null, \`bodySealed\` blob null, \`sourceAddress\` text not null, \`listed\` integer not null, \`refund\` text null, \`confirmation\` integer not null default false, \`receivedAt\` datetime not null, \`settledAt\` datetime null, constraint \`callback_payment_foreign\` foreign key (\`payment\`) references \`payment\` (\`id\`) on delete restrict, constraint \`callback_refund_foreign\` foreign key (\`refund\`) references \`refund\` (\`id\`) on delete restrict);`,
    );
    this.addSql(`create index \`callback_payment\` on \`callback\` (\`payment\`);`);
    this.addSql(`create index \`callback_refund\` on \`callback\` (\`refund\`);`);
    this.addSql(`create index \`callback_received\` on \`callback\` (\`receivedAt\`) where \`state\` = 'received';`);
    this.addSql(`create index \`callback_unlisted\` on \`callback\` (\`receivedAt\`) where \`listed\` = false;`);
    this.addSql(
      `create index \`callback_stray\` on \`callback\` (\`id\`) where \`payment\` is null and \`refund\` is null and \`confirmation\` = false;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`audit_entry\`;`);
    this.addSql(`drop table if exists \`booking_name\`;`);
    this.addSql(`drop table if exists \`movie\`;`);
    this.addSql(`drop table if exists \`outbox\`;`);
    this.addSql(`drop table if exists \`poster\`;`);
    this.addSql(`drop table if exists \`programme_entry\`;`);
    this.addSql(`drop table if exists \`remembered\`;`);
    this.addSql(`drop table if exists \`sign_in_delay\`;`);
    this.addSql(`drop table if exists \`staff_log\`;`);
    this.addSql(`drop table if exists \`venue\`;`);
    this.addSql(`drop table if exists \`staff\`;`);
    this.addSql(`drop table if exists \`showing\`;`);
    this.addSql(`drop trigger if exists \`shift_sealed_for_ever_update\`;`);
    this.addSql(`drop trigger if exists \`shift_sealed_for_ever_delete\`;`);
    this.addSql(`drop table if exists \`shift\`;`);
    this.addSql(`drop table if exists \`sale\`;`);
    this.addSql(`drop table if exists \`booking\`;`);
    this.addSql(`drop table if exists \`ticket\`;`);
    this.addSql(`drop table if exists \`mail\`;`);
    this.addSql(`drop table if exists \`device\`;`);
    this.addSql(`drop table if exists \`staff_session\`;`);
    this.addSql(`drop table if exists \`charge\`;`);
    this.addSql(`drop table if exists \`payment\`;`);
    this.addSql(`drop table if exists \`receipt\`;`);
    this.addSql(`drop table if exists \`refund\`;`);
    this.addSql(`drop table if exists \`share\`;`);
    this.addSql(`drop trigger if exists \`journal_only_grows_update\`;`);
    this.addSql(`drop trigger if exists \`journal_only_grows_delete\`;`);
    this.addSql(`drop table if exists \`journal_entry\`;`);
    this.addSql(`drop table if exists \`callback\`;`);
  }
}
