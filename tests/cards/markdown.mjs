// Discord's markdown as HTML; mentions become pills with the names of those whom they mean.
import { toHTML } from '@odiffey/discord-markdown';

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

export function escape(text) {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

function pill(kind, name) {
  return `<discord-mention type="${kind}">${escape(name)}</discord-mention>`;
}

// `names` knows users, roles and channels by their ids.
export function markdown(text, names) {
  const name = ({ id }) => names[id] ?? 'unknown';
  return toHTML(text.trim(), {
    embed: true, // masked links are read as links, as in all that bots write
    discordCallback: {
      user: (node) => pill('user', name(node)),
      role: (node) => pill('role', name(node)),
      channel: (node) => pill('channel', name(node)),
      everyone: () => pill('user', 'everyone'),
      here: () => pill('user', 'here'),
      slash: (node) => pill('slash', node.name),
      timestamp: (node) => `<time>${TIME.format(node.timestamp * 1000)}</time>`,
    },
  });
}
