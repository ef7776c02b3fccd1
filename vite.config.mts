import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer; relative addresses, so that the same build serves over HTTP and over app://. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    // Inlined assets would need `data:` in more of the page's Content-Security-Policy than images.
    assetsInlineLimit: 0,
    // One file for what several screens share: a browser asks for six files at a time.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } } },
  },
});
