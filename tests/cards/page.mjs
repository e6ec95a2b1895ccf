// What runs in the browser: the conversation that is shown, and what it measures there.
import css from './discord.css';
import windowStyle from './window.css';
import { conversation } from './message.mjs';
import { restyleAll } from './theme.mjs';
import { windowHTML } from './window.mjs';

export { measure } from './measure.mjs';

restyleAll();
document.head.append(Object.assign(document.createElement('style'), { textContent: css + windowStyle }));

export async function show({ messages, names = {}, base = 'auto', theme = 'dark', window = null }) {
  Object.assign(document.body.dataset, { base, theme });
  const shown = conversation(messages, names, theme);
  document.body.innerHTML = window ? windowHTML(window, shown, names) : shown;
  await document.fonts.ready;
  const pending = [...document.querySelectorAll('*')].map((element) => element.updateComplete);
  await Promise.all(pending);
}
