import type { SendRequest, Sent } from '../../server/gateway/send.ts';
import { PESAPAL_BASE_PATH } from '../../server/simulator/pesapal/answer.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import { pause } from '../../shared/clock.ts';
import { askDaraja } from './daraja-network.ts';
import { never, notSent, unanswered } from './on-the-way.ts';
import { askPesapal } from './pesapal-network.ts';
import type { World } from './world.ts';

/** The way from our server to a gateway and back, with everything that can happen on it. */
export function createGatewayNetwork(world: World, simulator: Simulator) {
  return (wish: SendRequest): Promise<Sent> => {
    const timeout = pause(world.time, wish.timeoutMs).then(() => unanswered('timeout'));
    return Promise.race([travel(world, simulator, wish), timeout]);
  };
}

async function travel(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  if (world.outage.isOn()) return world.chance.happens(0.5) ? notSent('ECONNREFUSED') : never();
  return (wish.url.includes(PESAPAL_BASE_PATH) ? askPesapal : askDaraja)(world, simulator, wish);
}
