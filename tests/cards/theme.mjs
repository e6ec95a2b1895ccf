// Discord's present look for the parts that the web components draw inside themselves.
import { DiscordButton, DiscordMessage, DiscordReply, DiscordCommand } from '@skyra/discord-components-core';

const BUTTON = `
  :host { min-width: 0; max-width: 100%; }
  :host > *:first-child {
    box-sizing: border-box; min-width: 60px; max-width: 100%; height: 32px; margin: 0; padding: 2px 12px;
    border-radius: 8px; font: inherit; font-size: 14px; font-weight: 500; line-height: 18px; white-space: nowrap;
  }
  :host > *:first-child > span { overflow: hidden; text-overflow: ellipsis; }
  :host > *:first-child > svg { flex: none; width: 16px; height: 16px; margin-left: 6px; }
  .secondary { background-color: var(--button); border: 1px solid var(--line); color: var(--strong); }
  .success { background-color: #00863a; }
  .destructive { background-color: #d22d39; }`;
const MESSAGE = `
  .discord-message-content { min-width: 0; }
  .discord-message-timestamp, .discord-message-edited, .discord-message-ephemeral { color: #94959c; }
  .discord-message-timestamp { margin-left: 4px; }`;
const REPLY = `
  .discord-replied-message-content { overflow: hidden; min-width: 0; unicode-bidi: plaintext; }
  .discord-replied-message-avatar, .discord-slash-command-name, span { flex: none; }
  :host .discord-slash-command-name { margin-left: 4px; background: rgb(88 101 242 / 24%); color: var(--mention); }
  .discord-replied-message-username { color: var(--text); }
  :host > span + span { margin-left: 4px; }`;

function restyle(element, rules) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  element.elementStyles.push(sheet);
}

export function restyleAll() {
  restyle(DiscordButton, BUTTON);
  restyle(DiscordMessage, MESSAGE);
  restyle(DiscordReply, REPLY);
  restyle(DiscordCommand, REPLY);
}
