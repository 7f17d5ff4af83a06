import type { Context, Next } from 'koa';
import * as v from 'valibot';

const BODY_BYTES_MAX = 65_536;

export async function readText(ctx: Context): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) ctx.throw(413, 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export async function readJson<S extends v.GenericSchema>(ctx: Context, schema: S): Promise<v.InferOutput<S>> {
  return v.parse(v.pipe(v.string(), v.parseJson(), schema), await readText(ctx));
}

/** The control API is for people at a workbench: one sentence is enough. */
export async function sayWhatIsWrong(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (error instanceof v.ValiError) {
      const { message } = error;
      const where = v.getDotPath(error.issues[0]);
      ctx.status = 422;
      ctx.body = { error: where ? `${where}: ${message}` : message };
    } else if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
      ctx.status = error.status;
      ctx.body = { error: error.message };
    } else throw error;
  }
}
