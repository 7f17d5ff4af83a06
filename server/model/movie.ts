import { defineEntity, p } from '@mikro-orm/core';

export const MovieSchema = defineEntity({
  name: 'Movie',
  tableName: 'movie',
  properties: {
    id: p.integer().primary().autoincrement(),
    title: p.string().length(120),
    description: p.string().length(1_000),
    imageUrl: p.string().length(300),
    minutes: p.integer(),
    rating: p.string().length(12),
  },
});

/** What plays. */
export class Movie extends MovieSchema.class {}
MovieSchema.setClass(Movie);
