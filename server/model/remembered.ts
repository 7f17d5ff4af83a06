import { defineEntity, p } from '@mikro-orm/core';

export const RememberedSchema = defineEntity({
  name: 'Remembered',
  tableName: 'remembered',
  properties: {
    name: p.string().primary().length(40),
    value: p.string().length(400),
  },
});

/** What the database itself must know from one start to the next: whether it is a test one, which key sealed it. */
export class Remembered extends RememberedSchema.class {}
RememberedSchema.setClass(Remembered);
