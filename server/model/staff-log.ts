import { defineEntity, p } from '@mikro-orm/core';

/** What can happen to the people of the box office, in the past tense. */
export type StaffHappening =
  | 'signed_in'
  | 'sign_in_refused'
  | 'sign_in_delayed'
  | 'signed_out'
  | 'locked'
  | 'unlocked'
  | 'unlock_refused'
  | 'approved'
  | 'approval_refused'
  | 'staff_added'
  | 'staff_changed'
  | 'device_code_made'
  | 'device_enrolled'
  | 'device_refused'
  | 'device_revoked';

export const StaffLogSchema = defineEntity({
  name: 'StaffLog',
  tableName: 'staff_log',
  properties: {
    id: p.integer().primary().autoincrement(),
    at: p.datetime(3).index('staff_log_at'),
    happening: p.string().$type<StaffHappening>().length(40),
    /** Whom it is about; null where a name was typed that nobody has: it might be a password. */
    name: p.string().length(80).nullable(),
    /** Who did it or asked for it, where that is somebody else. */
    by: p.string().length(80).nullable(),
    venue: p.integer().nullable(),
    device: p.string().length(80).nullable(),
    address: p.string().length(45).nullable(),
    about: p.string().length(300).nullable(),
  },
});

/** One line about who came, who was refused and who changed whom. Never changed, never deleted. */
export class StaffLog extends StaffLogSchema.class {}
StaffLogSchema.setClass(StaffLog);
