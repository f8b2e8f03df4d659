// The page: what its elements do. All work is done by the component.
import { instantiate } from './generated/studio/index.js';
import { byId } from './elements.js';

const text = byId('text', HTMLTextAreaElement);
const page = byId('page', HTMLElement);
const file = byId('file', HTMLInputElement);
const title = byId('title', HTMLInputElement);
const publishButton = byId('publish', HTMLButtonElement);
const cancelButton = byId('cancel', HTMLButtonElement);
const result = byId('result', HTMLAnchorElement);
const status = byId('status', HTMLElement);
const published = byId('published', HTMLProgressElement);

// What the component imports, beside WASI, is given here.
const { markdown } = await instantiate({
  'example:studio/desk': {
    progress(done, total) {
      published.max = total;
      published.value = done;
      status.textContent = `${done} of ${total} sections`;
    },
    stopped(done, total, reason) {
      status.textContent = `Cancelled: Go stopped after ${done} of ${total} sections (${reason}).`;
    },
  },
});

/** The count that is shown; an older one is no longer wanted. */
let counting: { close(): void } | undefined;

/** Streams bytes into the component, and shows its counts as they come back. */
async function count(bytes: Blob): Promise<void> {
  counting?.close();
  const counts = await markdown.count(bytes.stream());
  counting = counts;
  const list = byId('counts', HTMLElement);
  const bar = byId('counted', HTMLProgressElement);
  list.ariaBusy = 'true';
  bar.max = Math.max(bytes.size, 1);
  for await (const so of counts) {
    if (counting !== counts) return;
    for (const what of ['words', 'lines', 'bytes'] as const) {
      byId(what, HTMLElement).textContent = so[what].toLocaleString('en');
    }
    bar.value = Number(so.bytes);
  }
  list.ariaBusy = 'false';
}

async function publish(signal: AbortSignal): Promise<void> {
  const html = await markdown.publish(title.value, text.value, { signal });
  result.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  result.hidden = false;
  status.textContent = 'Published.';
}

/** What there is to say of a call that failed; an exception that nobody expected goes on. */
function explain(error: unknown): string {
  if (!(error instanceof markdown.RefusalError)) throw error;
  switch (error.payload.tag) {
    case 'empty':
      return 'There is nothing to publish.';
    case 'too-long':
      return `More than ${error.payload.val} sections are too many.`;
  }
}

publishButton.addEventListener('click', async () => {
  const controller = new AbortController();
  const cancel = () => {
    status.textContent = 'Cancelling…';
    controller.abort();
  };
  cancelButton.addEventListener('click', cancel, { once: true });
  publishButton.disabled = true;
  cancelButton.disabled = false;
  result.hidden = true;
  published.value = 0;
  status.textContent = 'Publishing…';
  try {
    await publish(controller.signal);
  } catch (error) {
    // When a call was cancelled, Go says so itself.
    if (!controller.signal.aborted) status.textContent = explain(error);
  } finally {
    cancelButton.removeEventListener('click', cancel);
    cancelButton.disabled = true;
    publishButton.disabled = false;
  }
});

function show(): void {
  // Go leaves out HTML that is in the text, and links that would run a script.
  page.innerHTML = markdown.render(text.value);
  void count(new Blob([text.value]));
}

text.addEventListener('input', show);
file.addEventListener('change', () => {
  const chosen = file.files?.[0];
  if (chosen) void count(chosen);
});

show();
page.ariaBusy = 'false';
file.disabled = publishButton.disabled = false;
status.textContent = 'Ready.';
