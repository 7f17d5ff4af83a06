import { html, nothing } from 'lit-html';
import * as v from 'valibot';
import { DeviceView, EnrolmentAnswer, StaffLogLine, StaffRow } from '../../shared/office/people.ts';
import { deviceSection } from './devices-view.ts';
import { enrolDialog } from './enrol-dialog.ts';
import { typedInto } from './gate.ts';
import type { Office, OfficePage, OpenPage } from './page.ts';
import { logSection, staffSection } from './people-view.ts';
import { PEOPLE_SENTENCES } from './people-words.ts';
import { readStaffForm, staffDialog } from './staff-dialog.ts';

const STAFF = '/box-office/staff';
const DEVICES = '/box-office/devices';
const LOOK_EVERY_S = 3; // While a code is shown: did the device take it?

const StaffAnswer = v.object({ staff: v.array(StaffRow) });
const DevicesAnswer = v.object({ devices: v.array(DeviceView) });
const LogAnswer = v.object({ log: v.array(StaffLogLine) });

export const PEOPLE_PAGE: OfficePage = {
  path: '/box-office/people',
  title: 'page_people',
  role: 'manager',
  open: office => new PeoplePage(office),
};

/** What the buttons of the page do. */
export type PeopleDoings = PeoplePage;

/** Staff and devices of the manager's venue, or of all. */
class PeoplePage implements OpenPage {
  readonly #office: Office;
  readonly #stopTicking: () => void;
  #staff: StaffRow[] = [];
  #devices: DeviceView[] = [];
  #log: StaffLogLine[] = [];
  #edited: StaffRow | 'new' | null = null;
  #problem = '';
  #wrong: string[] = [];
  #code: EnrolmentAnswer | 'asked' | null = null;
  #revoking: number | null = null;
  #ticks = 0;

  constructor(office: Office) {
    this.#office = office;
    this.#stopTicking = office.everySecond(() => void this.#tick());
    void this.#load();
  }

  view() {
    const words = this.#office.wordsOf(PEOPLE_SENTENCES);
    const { venues, clock } = this.#office;
    const state = { words, venues, now: clock.now(), problem: this.#problem, wrong: this.#wrong };
    return html`
      <h1 class="mb-4 text-xl">${words.say('page_people')}</h1>
      ${staffSection(this.#staff, this, state)} ${deviceSection(this.#devices, this.#revoking, this, state)}
      ${logSection(this.#log, state)} ${this.#edited ? staffDialog(this.#edited, this, state) : nothing}
      ${this.#code ? enrolDialog(this.#code, this.#taken(), this, state) : nothing}`;
  }

  close() {
    this.#stopTicking();
  }

  edit(whom: StaffRow | 'new') {
    this.#edited = whom;
    this.#showDialog();
  }

  enrol() {
    this.#code = 'asked';
    this.#showDialog();
  }

  putAway() {
    this.#edited = null;
    this.#code = null;
    this.#complain('', []);
  }

  async saveStaff(form: Element) {
    const edited = this.#edited;
    const answer =
      edited === 'new' || edited === null
        ? await this.#office.api.post(STAFF, v.unknown(), readStaffForm(form, null))
        : await this.#office.api.patch(`${STAFF}/${edited.staffId}`, v.unknown(), readStaffForm(form, edited));
    if ('trouble' in answer) return this.#complain(this.#office.sentence(answer.trouble), answer.trouble.fields);
    const name = typedInto(form, 'name');
    this.putAway();
    this.#office.tell(this.#office.wordsOf(PEOPLE_SENTENCES).say('saved', { name }));
    await this.#load();
  }

  async makeCode(form: Element) {
    const venueId = Number(typedInto(form, 'venueId'));
    const body = { name: typedInto(form, 'name'), venueId };
    const answer = await this.#office.api.post(`${DEVICES}/enrolments`, EnrolmentAnswer, body);
    if ('trouble' in answer) return this.#complain(this.#office.sentence(answer.trouble), answer.trouble.fields);
    this.#code = answer.value;
    this.#complain('', []);
    await this.#load();
  }

  /** Select, then confirm: a till in the middle of a queue is not revoked by a slip. */
  async revoke(deviceId: number) {
    const isSure = this.#revoking === deviceId;
    this.#revoking = isSure ? null : deviceId;
    if (isSure) await this.#office.api.delete(`${DEVICES}/${deviceId}`, v.unknown());
    await this.#load();
  }

  /** The device whose code is on the screen has taken it. */
  #taken(): boolean {
    const code = this.#code;
    if (code === null || code === 'asked') return false;
    return this.#devices.some(({ deviceId, state }) => deviceId === code.device.deviceId && state === 'enrolled');
  }

  async #tick() {
    if (this.#code === null || this.#code === 'asked') return;
    this.#ticks += 1;
    if (this.#ticks % LOOK_EVERY_S === 0 && !this.#taken()) await this.#load();
    this.#office.draw();
  }

  async #load() {
    const { api } = this.#office;
    const [staff, devices, log] = await Promise.all([
      api.get(STAFF, StaffAnswer),
      api.get(DEVICES, DevicesAnswer),
      api.get('/box-office/staff-log', LogAnswer),
    ]);
    if ('value' in staff) this.#staff = staff.value.staff;
    if ('value' in devices) this.#devices = devices.value.devices;
    if ('value' in log) this.#log = log.value.log;
    if ('trouble' in staff) return this.#office.tell(this.#office.sentence(staff.trouble), 'bad');
    this.#office.draw();
  }

  #complain(problem: string, wrong: string[]) {
    this.#problem = problem;
    this.#wrong = wrong;
    this.#office.draw();
  }

  #showDialog() {
    this.#complain('', []);
    const dialog = document.querySelector<HTMLDialogElement>('#page dialog:not([open])');
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('input')?.focus();
  }
}
