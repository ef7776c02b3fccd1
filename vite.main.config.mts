import { defineConfig } from 'vite';

/** The two hosts and what they share: ESM for Node 24 and for Electron's Node, all libraries inside. */
export default defineConfig({
  ssr: { noExternal: true, external: ['electron', 'keytar'] },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: {
        main: 'electron/main.ts',
        headless: 'electron/headless.ts',
        // Beside the page and the others, which it finds by its own place.
        'headless-console': 'electron/headless-console.ts',
      },
      external: ['electron', 'keytar'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
