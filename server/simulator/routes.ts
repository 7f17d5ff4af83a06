import Router from '@koa/router';
import * as v from 'valibot';
import { arm, armedOf, availableFaults, disarm } from './fault-lists.ts';
import { pesapalRoutes } from './pesapal/routes.ts';
import { phoneRoutes } from './phone-routes.ts';
import { readJson, sayWhatIsWrong } from './read-body.ts';
import { FaultWish } from './requests.ts';
import { Behaviour, BehaviourChange } from './settings.ts';
import type { Simulator } from './simulator.ts';
import { armedView, callbackView, debitView, reversalView, stateView } from './view-state.ts';

/** The control API: what a test, or the page, does to the simulated world and sees of it. */
export function controlRoutes(simulator: Simulator): Router {
  const { parts, ledger } = simulator;
  const router = new Router({ prefix: '/simulator' });
  router.use(sayWhatIsWrong);

  router.get('/state', ctx => {
    ctx.body = { ...stateView(parts), requests: parts.requests };
  });
  router.get('/ledger', ctx => {
    ctx.body = { debits: ledger.debits.map(debitView), reversals: ledger.reversals.map(reversalView) };
  });
  router.get('/callbacks', ctx => {
    ctx.body = { callbacks: parts.callbacks.map(callbackView) };
  });

  router.get('/faults', ctx => {
    ctx.body = { armed: armedOf(parts).map(armedView), available: availableFaults() };
  });
  router.post('/faults', async ctx => {
    arm(parts, await readJson(ctx, FaultWish));
    simulator.changed();
    ctx.status = 201;
    ctx.body = { armed: armedOf(parts).map(armedView) };
  });
  router.delete('/faults', ctx => {
    disarm(parts);
    simulator.changed();
    ctx.status = 204;
  });

  router.get('/settings', ctx => {
    ctx.body = v.parse(Behaviour, simulator.settings);
  });
  router.patch('/settings', async ctx => {
    simulator.change(await readJson(ctx, BehaviourChange));
    ctx.body = v.parse(Behaviour, simulator.settings);
  });
  router.post('/reset', ctx => {
    simulator.reset();
    ctx.status = 204;
  });

  phoneRoutes(router, simulator);
  pesapalRoutes(router, simulator);
  return router;
}
