import { html, render, type TemplateResult } from 'lit-html';
import { type Approval, ApproversAnswer } from '../../shared/office/people.ts';
import { submitted } from '../kit/fields.ts';
import { type GateParts, retype, typedInto } from './gate.ts';
import type { Answered, OfficeApi } from './office-api.ts';
import { secretField } from './secret-field.ts';

const REFUSED = /^(approval_refused|too_many_requests|no_answer|invalid_body)$/; // The question stands: try again.

export interface ApprovalParts extends Pick<GateParts, 'words' | 'sentence'> {
  api: OfficeApi;
  venueId: number | null;
}

/** A supervisor's name and PIN, on the screen of whoever asks. The PIN goes into one request and is forgotten. */
export async function askApproval<T>(
  { api, venueId, words, sentence }: ApprovalParts,
  what: string,
  act: (approval: Approval) => Promise<Answered<T>>,
): Promise<Answered<T> | null> {
  const found = await api.get(`/box-office/approvers${venueId === null ? '' : `?venueId=${venueId}`}`, ApproversAnswer);
  const names = 'value' in found ? found.value.names : [];
  const place = document.querySelector<HTMLElement>('#asking') ?? document.body;
  return new Promise(done => {
    const show = (problem: string) => render(approvalDialog({ what, names, problem, submit, closed }), place);
    let answer: Answered<T> | null = null;
    const submit = async (form: Element) => {
      const tried = await act({ name: typedInto(form, 'approver'), pin: typedInto(form, 'pin') });
      if ('trouble' in tried && REFUSED.test(tried.trouble.code)) {
        show(sentence(tried.trouble));
        return retype(form, 'pin');
      }
      answer = tried;
      form.closest('dialog')?.close();
    };
    const closed = () => {
      render(html``, place);
      done(answer);
    };
    show('');
    place.querySelector('dialog')?.showModal();
    place.querySelector<HTMLInputElement>('[name="pin"]')?.focus();
  });

  function approvalDialog(asked: {
    what: string;
    names: string[];
    problem: string;
    submit(form: Element): Promise<void>;
    closed(): void;
  }): TemplateResult {
    const { say } = words();
    return html`
      <dialog class="card m-auto w-[calc(100%-2rem)] max-w-md text-cream" aria-labelledby="approval" @close=${asked.closed}>
        <h2 class="text-xl" id="approval">${say('approvalTitle')}</h2>
        <p class="mt-1 mb-4">${asked.what}</p>
        <form class="grid gap-4" @submit=${submitted(asked.submit)}>
          <div class="field">
            <label for="approver">${say('approver')}</label>
            <select class="input" id="approver" name="approver" required>
              ${asked.names.map(name => html`<option>${name}</option>`)}
            </select>
            <p class="hint">${asked.names.length === 0 ? say('noApprovers') : ''}</p>
          </div>
          ${secretField('pin', say('pin'), asked.problem, { id: 'approval-pin' })}
          <div class="flex flex-wrap gap-3">
            <button class="button">${say('approve')}</button>
            <button class="button-second" type="button" @click=${closeDialog}>${say('cancel')}</button>
          </div>
        </form>
      </dialog>`;
  }
}

function closeDialog({ target }: Event) {
  if (target instanceof Element) target.closest('dialog')?.close();
}
