import type { GatewayAnswer } from '../daraja/wire.ts';
import type { Parts } from '../parts.ts';
import { REFUSALS, sayInstead } from './refusals.ts';
import { guid, isWebUrl, json, utcStamp } from './wire.ts';

/** A URL under which a merchant wants to be notified. */
export interface NotificationUrl {
  ipnId: string;
  number: number;
  url: string;
  method: 'GET' | 'POST';
  registeredAt: Date;
}

const METHODS = ['GET', 'POST'] as const; // In the order of their numbers.

/** `POST /api/URLSetup/RegisterIPN`: a new id each time, and no look at whether anybody is there. */
export function registerUrl(parts: Parts, body: Record<string, unknown>): GatewayAnswer {
  const { pesapal, random, clock } = parts;
  const instead = pesapal.faults.take('registration', null)?.registration;
  if (instead) return sayInstead(instead);
  const method = METHODS.find(one => one === body.ipn_notification_type);
  if (!method) return REFUSALS.invalidParameters();
  if (!isWebUrl(body.url)) return REFUSALS.invalidUrl();
  const registeredAt = clock.now();
  pesapal.registrations += 1;
  const registered: NotificationUrl = {
    ipnId: guid(random, registeredAt),
    number: pesapal.registrations,
    url: body.url,
    method,
    registeredAt,
  };
  pesapal.notificationUrls.set(registered.ipnId, registered);
  return json(200, written(registered));
}

/** `GET /api/URLSetup/GetIpnList`: a bare list. */
export function listUrls({ pesapal, settings }: Parts): GatewayAnswer {
  return json(200, settings.ipnListEmpty ? [] : [...pesapal.notificationUrls.values()].map(written));
}

/** Misspelt where Pesapal misspells. */
function written({ number, url, registeredAt, ipnId, method }: NotificationUrl) {
  return {
    id: number,
    url,
    created_date: utcStamp(registeredAt),
    ipn_id: ipnId,
    notification_type: METHODS.indexOf(method),
    ipn_notification_type_description: method,
    ipn_status: 1,
    ipn_status_decription: 'Active',
    error: null,
    status: '200',
  };
}
