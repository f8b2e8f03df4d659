// What eslint and typescript-eslint recommend, for generated packages and for the examples.
import js from '@eslint/js';
import ts from 'typescript-eslint';

const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

// Generated packages use what Node and browsers both have.
const BOTH = ['AbortController', 'Blob', 'MessageChannel', 'ReadableStream', 'Request', 'Response', 'TextDecoder', 'TextEncoder', 'URL', 'WebAssembly', 'clearTimeout', 'console', 'fetch', 'setTimeout'];

export default ts.config(
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    languageOptions: { globals: readonly(BOTH) },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  { files: ['examples/**/*.mjs'], languageOptions: { globals: readonly(['process']) } },
);
