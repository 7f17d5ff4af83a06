import type { Router } from '@koa/router';
import { DeviceRequest, EnrolmentRequest } from '../../shared/office/people.ts';
import { clientAddress } from '../http/client-address.ts';
import { readJson } from '../http/read-body.ts';
import type { Parts } from '../parts.ts';
import { cookieName, setCookie } from './cookies.ts';
import { enrolDevice, makeCode, revokeDevice } from './devices.ts';
import { idIn } from './people-routes.ts';
import { findDevice, placeOf } from './place.ts';
import { seeDevices, seeThisDevice } from './see-devices.ts';
import { atVenue, signedIn } from './signed-in.ts';

const DEVICES = '/api/v1/box-office/devices';

/** The browsers on which PINs work. */
export function deviceRoutes(router: Router, parts: Parts): void {
  router.get(`${DEVICES}/current`, async ctx => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = await seeThisDevice(parts.database.read(), (await placeOf(ctx, parts)).device);
  });
  router.post(DEVICES, async ctx => {
    await parts.limits.count('signIns', clientAddress(ctx.req, parts.config.trustedProxies));
    const { code } = await readJson(ctx, DeviceRequest);
    const old = ctx.cookies.get(cookieName(parts, 'device'));
    const token = await enrolDevice(parts, await placeOf(ctx, parts), code, old);
    setCookie(ctx, parts, 'device', token);
    ctx.status = 201;
    ctx.body = await seeThisDevice(parts.database.read(), await findDevice(parts, token));
  });
  router.get(DEVICES, async ctx => {
    const manager = await signedIn(ctx, parts, 'manager');
    ctx.body = { devices: await seeDevices(parts.database.read(), manager, parts.clock.now()) };
  });
  router.post(`${DEVICES}/enrolments`, async ctx => {
    const manager = await signedIn(ctx, parts, 'manager');
    const wish = await readJson(ctx, EnrolmentRequest);
    atVenue(manager, wish.venueId);
    ctx.body = await makeCode(parts, await placeOf(ctx, parts), manager, wish);
    ctx.status = 201;
  });
  router.delete(`${DEVICES}/:deviceId`, async ctx => {
    const manager = await signedIn(ctx, parts, 'manager');
    await revokeDevice(parts, await placeOf(ctx, parts), manager, idIn(ctx, 'deviceId'));
    ctx.status = 204;
  });
}
