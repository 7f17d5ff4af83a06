import { defineEntity, p } from '@mikro-orm/core';
import { StaffSchema } from './staff.ts';

export const StaffSessionSchema = defineEntity({
  name: 'StaffSession',
  tableName: 'staff_session',
  properties: {
    tokenHash: p.string().length(43).primary(),
    staff: () => p.manyToOne(StaffSchema).ref().deleteRule('cascade').index('staff_session_staff'),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
  },
});

/** One signed-in browser. Ending it is deleting it. */
export class StaffSession extends StaffSessionSchema.class {}
StaffSessionSchema.setClass(StaffSession);
