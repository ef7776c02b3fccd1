/**
 * What Electron 33.2.1 (Node 20.18, Chrome 130) lacks of Electron 45 and the app's own dist/main.js uses: node:sqlite
 * (in Node since 22.5) and the asynchronous clipboard (in Electron since 45). Loaded before the app by default_app/.
 */
const { register } = require('node:module');
const { pathToFileURL } = require('node:url');

// In a thread of its own: Node 20 has no module.registerHooks, which would do it in this one.
register('./hooks.mjs', pathToFileURL(__filename));
