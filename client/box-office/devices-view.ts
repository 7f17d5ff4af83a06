import { html, nothing, type TemplateResult } from 'lit-html';
import type { DeviceView } from '../../shared/office/people.ts';
import type { PeopleDoings } from './people-page.ts';
import { momentOf, type PeopleState, venueName } from './people-view.ts';

const KINDS = { waiting: 'wait', enrolled: 'good', revoked: 'bad' } as const;

export function deviceSection(
  devices: DeviceView[],
  revoking: number | null,
  doings: PeopleDoings,
  state: PeopleState,
): TemplateResult {
  const { say } = state.words;
  return html`
    <section class="mt-8" aria-labelledby="devices">
      <div class="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 class="text-lg" id="devices">${say('devices')}</h2>
        <button class="button small" type="button" @click=${() => doings.enrol()}>${say('addDevice')}</button>
      </div>
      ${devices.length === 0 ? html`<p class="text-dust">${say('noDevices')}</p>` : deviceTable(devices, revoking, doings, state)}
    </section>`;
}

function deviceTable(
  devices: DeviceView[],
  revoking: number | null,
  doings: PeopleDoings,
  state: PeopleState,
): TemplateResult {
  const { say } = state.words;
  return html`
    <table class="sheet">
      <thead>
        <tr>
          <th scope="col">${say('device')}</th>
          <th scope="col">${say('worksAt')}</th>
          <th scope="col">${say('state')}</th>
          <th scope="col">${say('lastUsed')}</th>
          <th scope="col"><span class="sr-only">${say('revoke')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${devices.map(device => deviceRow(device, revoking === device.deviceId, doings, state))}
      </tbody>
    </table>`;
}

function deviceRow(device: DeviceView, isRevoking: boolean, doings: PeopleDoings, state: PeopleState): TemplateResult {
  const { say } = state.words;
  const { deviceId, name, lastUsedAt } = device;
  const sentence = say(isRevoking ? 'reallyRevoke' : 'revoke');
  const revoke = html`
    <button
      class="button-second small ${isRevoking ? 'danger' : ''}"
      type="button"
      aria-label="${sentence}: ${name}"
      @click=${() => doings.revoke(deviceId)}
    >
      ${sentence}
    </button>`;
  return html`
    <tr class=${device.state === 'revoked' ? 'text-dust' : ''}>
      <td data-label=${say('device')}><b>${name}</b></td>
      <td data-label=${say('worksAt')}>${venueName(device.venueId, state)}</td>
      <td data-label=${say('state')}>
        <span class="badge" data-kind=${KINDS[device.state]}>${say(`device_is_${device.state}`)}</span>
      </td>
      <td data-label=${say('lastUsed')}>${lastUsedAt ? momentOf(lastUsedAt, state) : say('never')}</td>
      <td>${device.state === 'revoked' ? nothing : revoke}</td>
    </tr>`;
}
