// A message as Discord's API gives it, laid out as Discord shows it: content and components. Of these, what the bot sends.
import { escape, markdown } from './markdown.mjs';

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const BUTTON_TYPES = [undefined, 'primary', 'secondary', 'success', 'destructive', 'secondary'];

export function conversation(messages, names, theme = 'dark') {
  const light = theme === 'light' ? ' light-theme' : '';
  return `<discord-messages${light}>${messages.map((message) => messageHTML(message, names)).join('')}</discord-messages>`;
}

function messageHTML(message, names) {
  const { author, flags = 0, components = [] } = message;
  const attributes = [
    ...person(author, names),
    `timestamp="${escape((message.timestamp ?? '').slice(11, 16))}"`,
    flags & EPHEMERAL ? 'ephemeral' : '',
    // To a reader, filling in a deferred answer to a command is no edit.
    message.edited_timestamp && !message.interaction ? 'edited' : '',
  ];
  return `<discord-message ${attributes.join(' ')}>
    ${header(message, names)}
    ${flags & LOADING ? '<div class="markup thinking">…is thinking</div>' : ''}
    ${message.content ? text('content', message.content, names) : ''}
    ${components.length ? `<div slot="components" class="layout">${all(components, names)}</div>` : ''}
  </discord-message>`;
}

function person(user, names) {
  const name = names[user.id] ?? user.global_name ?? user.username;
  const avatar = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1" fill="${
    user.bot ? '#1b7f5c' : '#5865f2'}"/><text x="1" y="1.35" font-size="1" font-family="Noto Sans Arabic, sans-serif"
    text-anchor="middle" fill="white">${escape([...name][0])}</text></svg>`;
  return [
    `author="${escape(name)}"`,
    `avatar="data:image/svg+xml,${encodeURIComponent(avatar)}"`,
    user.bot ? 'bot' : '',
  ];
}

// What stands above the author's name: the message that this one replies to, or the command that it answers.
function header(message, names) {
  const replied = message.referenced_message;
  if (replied) {
    const content = replied.content
      ? markdown(replied.content.replaceAll('\n', ' '), names)
      : '<em>Click to see attachment</em>';
    return `<discord-reply slot="reply" ${person(replied.author, names).join(' ')}>${content}</discord-reply>`;
  }
  const { interaction } = message;
  if (!interaction) return '';
  const command = `command="${escape(interaction.name)}" type="slash_command"`;
  return `<discord-command slot="reply" ${person(interaction.user, names).join(' ')} ${command}></discord-command>`;
}

function text(part, source, names) {
  return `<div class="markup" data-part="${part}">${markdown(source, names)}</div>`;
}

function colour(number) {
  return `#${number.toString(16).padStart(6, '0')}`;
}

function all(components, names) {
  return components.map((component) => componentHTML(component, names)).join('');
}

function componentHTML(component, names) {
  const inner = () => all(component.components, names);
  switch (component.type) {
    case 1:
      return `<discord-action-row>${inner()}</discord-action-row>`;
    case 2:
      return button(component);
    case 3:
      return `<div class="menu"><div data-part="menu">${escape(component.placeholder ?? 'Make a selection')}</div></div>`;
    case 10:
      return text('text display', component.content, names);
    case 13: {
      const file = escape(component.name ?? component.file.url.split('/').pop());
      return `<div class="file">📄 ${file}</div>`;
    }
    case 14: {
      const room = component.spacing === 2 ? 'large' : 'small';
      return `<div class="separator ${room}${component.divider === false ? '' : ' divider'}"></div>`;
    }
    case 17: {
      const accent = component.accent_color;
      const bar = accent == null ? '' : `style="--accent: ${colour(accent)}"`;
      return `<div class="container${accent == null ? '' : ' accented'}" ${bar}>${inner()}</div>`;
    }
    default:
      throw new Error(`components of type ${component.type} are not drawn yet`);
  }
}

function button({ style = 2, label, emoji, url, disabled, pressed }) {
  const attributes = [
    `type="${BUTTON_TYPES[style]}"`,
    url ? `url="${escape(url)}"` : '',
    disabled ? 'disabled' : '',
    pressed ? 'data-pressed' : '',
  ];
  const sign = emoji ? `<span class="emoji${label ? ' before' : ''}">${escape(emoji.name)}</span>` : '';
  return `<discord-button ${attributes.join(' ')} data-part="button">${sign}${escape(label ?? '')}</discord-button>`;
}
