/** What a server in a process of its own gets from this one: nothing of our settings. */
export const INHERITED = {
  PATH: process.env.PATH ?? '',
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
};
