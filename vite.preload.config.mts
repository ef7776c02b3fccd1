import { defineConfig } from 'vite';

/** A sandboxed preload is one CJS file that requires nothing but `electron`. */
export default defineConfig({
  build: {
    ssr: 'electron/preload.ts',
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    },
  },
});
