import { defineEntity, p } from '@mikro-orm/core';

export const PosterSchema = defineEntity({
  name: 'Poster',
  tableName: 'poster',
  properties: {
    /** Drawn from what was uploaded, so the same picture is kept once. */
    id: p.string().primary().length(32),
    small: p.blob(),
    large: p.blob(),
    createdAt: p.datetime(3),
  },
});

/** A picture that somebody uploaded, made anew in two sizes. Beside the rest of the data: so every backup and every machine has it. */
export class Poster extends PosterSchema.class {}
PosterSchema.setClass(Poster);
