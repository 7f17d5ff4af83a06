import * as v from 'valibot';
import {
  SessionView as SessionSchema,
  type SessionView,
  type SignInRequest,
  ThisDevice,
  type UnlockRequest,
} from '../../shared/office/people.ts';
import type { Answered, OfficeApi } from './office-api.ts';

const SESSIONS = '/box-office/sessions';

/** What the server says about who sits here. */
export interface Session {
  current(): Promise<Answered<SessionView>>;
  signIn(request: SignInRequest): Promise<Answered<SessionView>>;
  signOut(): Promise<Answered<unknown>>;
  lock(): Promise<Answered<SessionView>>;
  unlock(request: UnlockRequest): Promise<Answered<SessionView>>;
  device(): Promise<Answered<ThisDevice>>;
  enrol(code: string): Promise<Answered<ThisDevice>>;
}

export function createSession(api: OfficeApi): Session {
  return {
    current: () => api.get(`${SESSIONS}/current`, SessionSchema),
    signIn: request => api.post(SESSIONS, SessionSchema, request),
    signOut: () => api.delete(SESSIONS, v.unknown()),
    lock: () => api.post(`${SESSIONS}/lock`, SessionSchema),
    unlock: request => api.post(`${SESSIONS}/unlock`, SessionSchema, request),
    device: () => api.get('/box-office/devices/current', ThisDevice),
    enrol: code => api.post('/box-office/devices', ThisDevice, { code }),
  };
}
