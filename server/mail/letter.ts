import type { Readable } from 'node:stream';

/** A mail as it is handed over. */
export interface Letter {
  /** The same at every try, so that one that arrived twice can be recognised. */
  messageId: string;
  to: string;
  replyTo: string | undefined;
  subject: string;
  text: string;
  html: string;
  attachments: Attachment[];
}

export interface Attachment {
  filename: string;
  content: Buffer | Readable;
  contentType: string;
  /** By which the HTML shows it; without one it stands beside the text. */
  cid?: string;
  contentDisposition?: 'inline' | 'attachment';
}
