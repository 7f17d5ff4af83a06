import { defineEntity, p } from '@mikro-orm/core';
import { VenueSchema } from './venue.ts';

export const DeviceSchema = defineEntity({
  name: 'Device',
  tableName: 'device',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string().length(80),
    venue: () => p.manyToOne(VenueSchema).ref().deleteRule('restrict').index('device_venue'),
    /** What its browser keeps in a cookie, hashed; null until it is enrolled. */
    tokenHash: p.string().length(43).nullable().unique('device_token'),
    /** Of the code with which it can be enrolled, once; null after that. */
    codeHash: p.string().length(43).nullable().unique('device_code'),
    codeEndsAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
    enrolledAt: p.datetime(3).nullable(),
    lastUsedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
  },
});

/** A browser at a counter or a door: PINs, short as they are, work nowhere else. */
export class Device extends DeviceSchema.class {}
DeviceSchema.setClass(Device);
