import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { CURRENCIES } from '../../shared/money.ts';
import { COUNTRIES } from '../../shared/phone.ts';

const Whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const Programme = v.object({
  venues: v.array(
    v.object({
      name: v.string(),
      city: v.string(),
      country: v.picklist(COUNTRIES),
      currency: v.picklist(CURRENCIES),
      timeZone: v.string(),
      address: v.string(),
      phone: v.string(),
      email: v.string(),
      screens: v.array(v.string()),
      charges: v.optional(v.object({ least: Whole, largest: Whole })),
    }),
  ),
  movies: v.array(
    v.object({
      title: v.string(),
      description: v.string(),
      poster: v.string(),
      minutes: Whole,
      rating: v.string(),
      time: v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)),
      price: Whole,
      priceTzs: Whole,
      capacity: Whole,
    }),
  ),
});
type Programme = v.InferOutput<typeof Programme>;
export type SampleVenue = Programme['venues'][number];
export type SampleMovie = Programme['movies'][number];

export function readSampleProgramme(): Programme {
  return v.parse(Programme, JSON.parse(readFileSync(`${import.meta.dirname}/sample-programme.json`, 'utf8')));
}
