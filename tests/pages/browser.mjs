// Opens a page as a person does, offline, and keeps what the browser says of it.
import { createRequire } from 'node:module';

// The packages lie where scripts/setup put them, outside the checkout.
const require = createRequire(`${process.env.PAGES_PACKAGES}/`);
const { chromium } = require('./playwright-core');
const axe = require.resolve('./axe-core/axe.min.js');

const height = { 1280: 900, 390: 844 };

export const startBrowser = () =>
  chromium.launch({ executablePath: process.env.PAGES_BROWSER, args: ['--no-sandbox', '--disable-gpu'] });

// The page in a window of that width. `said` grows: errors, warnings, and what it asked of a network.
export const open = async (browser, file, width, scheme = 'light') => {
  const context = await browser.newContext({
    viewport: { width, height: height[width] },
    colorScheme: scheme,
    locale: 'en-GB',
    offline: true,
    bypassCSP: true,  // axe comes in as a script
  });
  const page = await context.newPage();
  const said = [];
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && said.push(line.text()));
  page.on('pageerror', (error) => said.push(error.message));
  const address = `file://${file}`;
  page.on('request', (request) => request.url() !== address && said.push(`asks for ${request.url().slice(0, 200)}`));
  await page.goto(address);
  await page.waitForFunction(() => !document.querySelector('[data-chart]:not(.drawn)'));
  return { page, said, close: () => context.close() };
};

export const speak = async (page, language) => {
  await page.locator(`.to-${language === 'fr' ? 'french' : 'english'}`).click();
  await page.waitForFunction((chosen) => document.documentElement.lang === chosen, language);
  await page.evaluate(() => scrollTo(0, 0));
};

// Takes the tables out that are folded: nobody sees them, and a picture of the page, or axe, would lay all of
// them out, for many seconds. Tables of their kind stand open elsewhere.
export const dropFolded = (page) =>
  page.evaluate(() => document.querySelectorAll('details:not([open]) > .scroll').forEach((folded) => folded.remove()));

// What axe finds against WCAG 2, A and AA, and its best practices: one sentence a rule.
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const violations = async (page, rules = { type: 'tag', values: everything }) => {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate((runOnly) => window.axe.run(document, { resultTypes: ['violations'], runOnly }), rules);
  return found.violations.map((one) =>
    `${one.id}: ${one.help}: ${one.nodes.slice(0, 4).map((node) => `${node.target} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
};

// The same of colours alone.
export const paleWords = (page) => violations(page, { type: 'rule', values: ['color-contrast'] });
