// Answers the app's two imports from this folder; what is imported from this folder itself is left alone.
const here = new URL('.', import.meta.url).href;
const own = { 'node:sqlite': './sqlite.mjs', electron: './electron.mjs' };

export const resolve = (specifier, context, next) =>
  Object.hasOwn(own, specifier) && !context.parentURL?.startsWith(here)
    ? { url: new URL(own[specifier], here).href, shortCircuit: true }
    : next(specifier, context);
