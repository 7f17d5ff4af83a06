import { defineEntity, p } from '@mikro-orm/core';
import { DeviceSchema } from './device.ts';
import { StaffSchema } from './staff.ts';

export const StaffSessionSchema = defineEntity({
  name: 'StaffSession',
  tableName: 'staff_session',
  properties: {
    tokenHash: p.string().length(43).primary(),
    staff: () => p.manyToOne(StaffSchema).ref().deleteRule('cascade').index('staff_session_staff'),
    /** On which it began by PIN; null: by password. */
    device: () => p.manyToOne(DeviceSchema).ref().nullable().deleteRule('cascade').index('staff_session_device'),
    /** While it is locked it opens nothing but itself. */
    lockedAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
  },
});

/** One signed-in browser. Ending it is deleting it. */
export class StaffSession extends StaffSessionSchema.class {}
StaffSessionSchema.setClass(StaffSession);
