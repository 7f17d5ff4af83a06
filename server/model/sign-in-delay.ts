import { defineEntity, p } from '@mikro-orm/core';

export const SignInDelaySchema = defineEntity({
  name: 'SignInDelay',
  tableName: 'sign_in_delay',
  properties: {
    /** A device, or a device and a name, or an address and a name, hashed. */
    guesser: p.string().length(43).primary(),
    failures: p.integer(),
    nextAt: p.datetime(3).index('sign_in_delay_next'),
  },
});

/** How long somebody who guessed wrong has to wait. Kept in the database: a restart is no way around it. */
export class SignInDelay extends SignInDelaySchema.class {}
SignInDelaySchema.setClass(SignInDelay);
