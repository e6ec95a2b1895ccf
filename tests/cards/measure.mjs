// Where the browser put every line and every run of one direction in it.
import { cutOff } from './window.mjs';

// A box that its lines must stay inside of.
const FRAME = 'discord-message, .container, discord-button, .menu';
const BLOCK = '.markup, blockquote, h1, h2, h3, li, small, pre, discord-button, .menu > div';
const GRAPHEMES = new Intl.Segmenter('ar', { granularity: 'grapheme' });
// A line that is isolated as a whole, behind a mark of its direction or without one.
const ONE_ISOLATE = /^(?:[\u200e\u200f][\u2066\u2067].*|[\u2066-\u2068][^\u2066-\u2069]*)\u2069$/s;
const TOLERANCE = 1;

export function measure() {
  return [...document.querySelectorAll('discord-message')].map((message) => ({
    author: message.getAttribute('author'),
    lines: parts(message).flatMap((part) => linesOf(part)),
    overflows: overflows(message),
  }));
}

function parts(message) {
  return [...message.querySelectorAll('[data-part]')].filter((part) => part.closest('discord-message') === message);
}

function linesOf(part) {
  const frame = part.closest(FRAME).getBoundingClientRect();
  return paragraphs(part).flatMap((paragraph) => {
    const direction = directionOf(paragraph);
    return visualLines(paragraph.flatMap(glyphsOf)).map((glyphs) => {
      const runs = runsOf(glyphs);
      const [left, right] = [Math.min(...runs.map((run) => run.left)), Math.max(...runs.map((run) => run.right))];
      const outside = left < frame.left - TOLERANCE || right > frame.right + TOLERANCE;
      const inside = glyphs.toSorted((one, other) => one.place - other.place);
      return { part: part.dataset.part, text: joined(inside), direction, left, right, outside, runs };
    });
  });
}

// The text nodes of each logical line: what stands in one block between two line breaks.
function paragraphs(part) {
  const found = [];
  let open = null;
  const close = () => { open = null; };
  const walk = (node) => {
    if (node instanceof Text) {
      if (open === null) found.push((open = []));
      open.push(node);
      return;
    }
    const breaks = node.tagName === 'BR' || node.matches(BLOCK);
    if (breaks) close();
    node.childNodes.forEach(walk);
    if (breaks) close();
  };
  walk(part);
  return found.filter((texts) => texts.some((text) => text.data.trim()));
}

// Nothing says which direction `unicode-bidi: plaintext` chose; an empty box at the start of the line shows it.
// A line that is one isolate as a whole reads as the isolate does, so the box goes into it.
function directionOf(paragraph) {
  const [first, ...others] = paragraph;
  const probe = document.createElement('span');
  probe.style.cssText = 'display: inline-block; width: 0; height: 1px';
  const isolate = ONE_ISOLATE.test(paragraph.map((text) => text.data).join('').trim());
  if (isolate) first.splitText(first.data.search(/[\u2066-\u2068]/) + 1).before(probe);
  else outermost(first).before(probe);
  const start = isolate ? probe.nextSibling : first;
  // No line may break behind the box.
  const block = probe.closest('[data-part]');
  block.style.whiteSpace = 'pre';
  const at = probe.getBoundingClientRect();
  const [text] = [start, ...others].flatMap(glyphsOf);
  const direction = text && at.left > text.left + TOLERANCE ? 'rtl' : 'ltr';
  const { parentNode } = probe;
  probe.remove();
  block.style.whiteSpace = '';
  parentNode.normalize();
  return direction;
}

// An element that the line starts with would draw the box into its own direction.
function outermost(node) {
  while (!node.previousSibling && node.parentElement && !node.parentElement.matches(BLOCK)) node = node.parentElement;
  return node;
}

function glyphsOf(text) {
  const range = document.createRange();
  const kind = text.parentElement.closest('a, code, strong, em, discord-mention, .emoji')?.localName ?? 'text';
  return [...GRAPHEMES.segment(text.data)].flatMap(({ segment, index }) => {
    range.setStart(text, index);
    range.setEnd(text, index + segment.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return right > left ? [{ segment, left, right, middle: (top + bottom) / 2, kind }] : [];
  });
}

function visualLines(glyphs) {
  const lines = [];
  let last = null;
  glyphs.forEach((glyph, place) => {
    if (last === null || Math.abs(glyph.middle - last.middle) > 6) lines.push([]);
    lines.at(-1).push({ ...glyph, place });
    last = glyph;
  });
  return lines;
}

// From left to right, the stretches of glyphs that follow each other in one direction and in one kind of element.
function runsOf(glyphs) {
  const runs = [];
  for (const glyph of glyphs.toSorted((one, other) => one.left - other.left || one.place - other.place)) {
    const run = runs.at(-1);
    const step = run && glyph.place - run.glyphs.at(-1).place;
    if (run && run.kind === glyph.kind && Math.abs(step) === 1 && (run.step === 0 || run.step === step)) {
      run.glyphs.push(glyph);
      run.step = step;
    } else {
      runs.push({ kind: glyph.kind, step: 0, glyphs: [glyph] });
    }
  }
  return runs.map(({ kind, step, glyphs: inside }) => ({
    text: joined(step < 0 ? inside.toReversed() : inside),
    kind,
    direction: { '-1': 'rtl', 0: null, 1: 'ltr' }[step],
    left: inside[0].left,
    right: inside.at(-1).right,
    place: Math.min(...inside.map((glyph) => glyph.place)),
  }));
}

function joined(glyphs) {
  return glyphs.map((glyph) => glyph.segment).join('');
}

// Boxes wider than what holds them, the page among them; and what a window cuts off.
function overflows(message) {
  const boxes = [document.documentElement, message, ...message.querySelectorAll('*')];
  return boxes
    .filter((box) => box.clientWidth > 0 && box.scrollWidth > box.clientWidth + TOLERANCE)
    .filter((box) => !box.closest('discord-reply'))
    .map((box) => `${box.localName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`)
    .concat(cutOff());
}
