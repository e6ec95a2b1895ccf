// A conversation in the window of Discord's client, at one size: a caption above, what is being written below.
import { escape, markdown } from './markdown.mjs';

export function windowHTML({ title, note, place, draft, replying, typing, height }, messages, names) {
  return `<div class="window" style="height: ${height}px">
    <div class="caption"><div>${escape(note)}</div><strong>${escape(title)}</strong></div>
    <div class="place"><span>#</span> <bdi>${escape(place)}</bdi></div>
    <div class="log">${messages}</div>
    <div class="typing">${typing ? `<i></i><i></i><i></i> <b><bdi>${escape(typing)}</bdi></b> is typing…` : ''}</div>
    <div class="composer">
      ${replying ? `<div class="replying">Replying to <b><bdi>${escape(replying)}</bdi></b></div>` : ''}
      <div class="draft">${draft ? writing(draft, names) : `<span>Message #<bdi>${escape(place)}</bdi></span>`}</div>
    </div>
  </div>`;
}

function writing(draft, names) {
  return `<div class="markup">${markdown(draft, names)}<span class="caret"></span></div>`;
}

// What is cut off at the top or the bottom: the last message is what is shown, and the caption says what it is.
export function cutOff() {
  const caption = document.querySelector('.caption');
  const log = document.querySelector('.log');
  const last = log?.querySelector('discord-message:last-of-type');
  return [
    ...(caption && caption.scrollHeight > caption.clientHeight ? ['the caption leaves its box'] : []),
    ...(last && last.getBoundingClientRect().top < log.getBoundingClientRect().top ? ['the last message leaves the window'] : []),
  ];
}
