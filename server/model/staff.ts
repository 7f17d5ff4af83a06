import { defineEntity, p } from '@mikro-orm/core';
import { ROLES } from '../../shared/office/people.ts';
import { VenueSchema } from './venue.ts';

export const StaffSchema = defineEntity({
  name: 'Staff',
  tableName: 'staff',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string().length(80).unique('staff_name'),
    role: p.enum(ROLES),
    /** Null: at all venues. */
    venue: () => p.manyToOne(VenueSchema).ref().nullable().deleteRule('restrict').index('staff_venue'),
    /** Managers only: it opens the box office from anywhere. */
    passwordHash: p.string().length(200).nullable(),
    /** Works on enrolled devices only. */
    pinHash: p.string().length(200).nullable(),
    active: p.boolean(),
    createdAt: p.datetime(3),
  },
});

/** Somebody who works here. */
export class Staff extends StaffSchema.class {}
StaffSchema.setClass(Staff);
