import { registerHooks } from 'node:module';

const NO_WIRE = new URL('no-wire.ts', import.meta.url).href;

/** Loaded before the server: it then keeps its news to itself, on PostgreSQL as on SQLite. */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.endsWith('realtime/postgres-wire.ts') ? NO_WIRE : specifier, context),
});
