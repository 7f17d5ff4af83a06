import { html, type TemplateResult } from 'lit-html';
import type { SessionView, UnlockRequest } from '../../shared/office/people.ts';
import { submitted } from '../kit/fields.ts';
import { type Gate, type GateParts, retype, typedInto } from './gate.ts';
import type { Answered } from './office-api.ts';
import { secretField } from './secret-field.ts';

export interface LockParts extends GateParts {
  session: SessionView;
  unlock(request: UnlockRequest): Promise<Answered<SessionView>>;
  entered(session: SessionView): void;
  signOut(): void;
  over(): void;
}

/** Over everything, until whoever locked it comes back. What was going on stands behind it, untouched. */
export class Lock implements Gate {
  readonly #parts: LockParts;
  #problem = '';

  constructor(parts: LockParts) {
    this.#parts = parts;
  }

  view(): TemplateResult {
    const { say } = this.#parts.words();
    const { staff } = this.#parts.session;
    const way = this.#way;
    return html`
      <dialog class="lock-screen" closedby="none" aria-labelledby="locked" @cancel=${stays} @close=${reopen}>
        <div class="gate">
        <h1 class="text-2xl" id="locked">${say('lockedTitle')}</h1>
        <p class="text-dust">${say('lockedText', { name: staff.name })}</p>
        <form class="grid gap-4" @submit=${submitted(form => this.#submit(form))}>
          ${secretField(way, say(way), this.#problem, { id: 'unlock' })}
          <div class="flex flex-wrap gap-3">
            <button class="button">${say('unlock')}</button>
            <button class="button-second" type="button" @click=${() => this.#parts.signOut()}>${say('signOut')}</button>
          </div>
        </form>
        </div>
      </dialog>`;
  }

  get #way(): 'pin' | 'password' {
    const { hasPin, device } = this.#parts.session;
    return hasPin && device ? 'pin' : 'password';
  }

  async #submit(form: Element) {
    const secret = typedInto(form, this.#way);
    const answer = await this.#parts.unlock(this.#way === 'pin' ? { pin: secret } : { password: secret });
    if ('value' in answer) return this.#parts.entered(answer.value);
    if (answer.trouble.code === 'not_signed_in') return this.#parts.over(); // Signed out elsewhere meanwhile.
    this.#problem = this.#parts.sentence(answer.trouble);
    this.#parts.draw();
    retype(form, this.#way);
  }
}

/** Escape is no way out. */
function stays(event: Event) {
  event.preventDefault();
}

/** Browsers that do not know `closedby` close a dialog at the second Escape all the same. */
function reopen({ target }: Event) {
  if (target instanceof HTMLDialogElement && target.isConnected) target.showModal();
}
