// What runs in the browser: the conversation that is shown, and what it measures there.
import css from './discord.css';
import { conversation } from './message.mjs';
import { restyleAll } from './theme.mjs';

export { measure } from './measure.mjs';

restyleAll();
document.head.append(Object.assign(document.createElement('style'), { textContent: css }));

export async function show({ messages, names = {}, base = 'auto', theme = 'dark' }) {
  Object.assign(document.body.dataset, { base, theme });
  document.body.innerHTML = conversation(messages, names, theme);
  await document.fonts.ready;
  const pending = [...document.querySelectorAll('*')].map((element) => element.updateComplete);
  await Promise.all(pending);
}
