// The script of a case of the generator's tests; it and its package are put beside this file.
import './node.mjs';

const status = document.querySelector('[role=status]');
import('./test.mjs').then(
  () => (status.textContent = 'done'),
  (error) => (status.textContent = `failed: ${error.stack}`),
);
