import { defineConfig } from 'vite';

export default defineConfig({
  // The page works from any folder of a site.
  base: './',
  build: {
    target: 'es2022',
    // Small core modules stay files: the page's policy allows no data: addresses to be fetched.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
