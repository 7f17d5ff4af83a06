import { nothing, render, type TemplateResult } from 'lit-html';

/** The places of the document that the box office draws into. */
export interface Stage {
  header: HTMLElement;
  gate: HTMLElement;
  page: HTMLElement;
}

/** What stood there was for the time before this script. */
export function findStage(): Stage {
  const stage = { header: place('#header'), gate: place('#gate'), page: place('#page') };
  stage.header.replaceChildren();
  stage.gate.replaceChildren();
  return stage;
}

/**
 * The gate stands before the page and hides it, without touching it: what was typed there is there again afterwards.
 * A gate that is a dialog opens over everything, over the page's own dialogs too.
 */
export function drawStage(
  { header, gate, page }: Stage,
  views: { header: TemplateResult; gate: TemplateResult | null; page: TemplateResult | null },
): void {
  render(views.header, header);
  render(views.gate ?? nothing, gate);
  page.hidden = views.gate !== null;
  if (!views.gate) render(views.page ?? nothing, page);
  gate.querySelector<HTMLDialogElement>('dialog:not([open])')?.showModal();
}

function place(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}
