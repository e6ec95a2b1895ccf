// Draw conversations with the bot as Discord shows them: `node render.mjs scenes.json directory [scale [widths]]`.
//
// The file holds `{"scenes": [{"name", "messages", "names", "base", "theme", "window"}]}` or a plain list of messages, each a
// scene of its own. `names` gives users, roles and channels by id, `window` what stands around the messages.
// Each scene becomes a picture for each width, and measures.json tells where every line and run of text stands.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-color-profile=srgb',
];
const HERE = dirname(fileURLToPath(import.meta.url));

function readScenes(path) {
  const data = JSON.parse(readFileSync(path, 'utf8'));
  return data.scenes ?? data.map((message, index) => ({ name: `message-${index + 1}`, messages: [message] }));
}

function bundle() {
  const { outputFiles } = buildSync({
    entryPoints: [join(HERE, 'page.mjs')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'cards',
    loader: { '.css': 'text' },
  });
  return outputFiles[0].text;
}

async function draw(browser, scenes, width, directory, scale) {
  const context = await browser.newContext({ viewport: { width, height: 600 }, deviceScaleFactor: scale });
  await context.route(/^(?!data:)/, (route) => route.abort());
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.setContent('<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body></body></html>');
  await page.addScriptTag({ content: bundle() });
  const measures = [];
  for (const scene of scenes) {
    await page.evaluate((shown) => cards.show(shown), scene);
    const picture = `${scene.name}-${width}.png`;
    await page.locator(scene.window ? '.window' : 'discord-messages').screenshot({ path: join(directory, picture) });
    measures.push({ scene: scene.name, width, picture, messages: await page.evaluate(() => cards.measure()) });
  }
  await context.close();
  return measures;
}

const [source, directory, scale = '2', widths = '390,900'] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!source || !directory || !existsSync(executablePath)) {
  console.error(source && directory ? `No Chromium at ${executablePath}.` : 'node render.mjs scenes.json directory');
  process.exit(1);
}
mkdirSync(directory, { recursive: true });
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  const scenes = readScenes(source);
  const measures = [];
  for (const width of widths.split(',').map(Number)) measures.push(...(await draw(browser, scenes, width, directory, Number(scale))));
  writeFileSync(join(directory, 'measures.json'), JSON.stringify(measures, null, 1));
} finally {
  await browser.close();
}
