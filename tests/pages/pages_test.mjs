// What a reader meets on every page that the program writes, in a real browser (README.md).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdirSync } from 'node:fs';

import { dropFolded, open, paleWords, speak, startBrowser, violations } from './browser.mjs';
import { badCharts, tooWide } from './sight.mjs';
import { cutTables, emptySheets, lonelyHeads, print } from './paper.mjs';
import { foreignWords } from './words.mjs';
import { unlikeSigns } from './signs.mjs';

const folder = process.env.PAGES_FOLDER;
const seen = `${folder}/seen`;
const pages = {
  'release/report.html': 'report',
  'shapes/report.html': 'report-of-other-shapes',
  'risk-export.html': 'risk-of-an-export',
  'risk-people.html': 'risk-of-people',
  'risk-release.html': 'risk-of-a-release',
  'audit.html': 'audit',
  'audit-contradicted.html': 'audit-of-a-contradiction',
  'audit-long.html': 'audit-of-a-long-table',
};
const languages = { en: 'English', fr: 'French' };

const none = (faults) => faults.length && assert.fail([...new Set(faults)].join('\n'));

let browser;
before(async () => {
  mkdirSync(seen, { recursive: true });
  browser = await startBrowser();
});
after(() => browser?.close());

const onScreen = (file, name, width) => {
  let view;
  const foreign = {};
  before(async () => {
    view = await open(browser, `${folder}/${file}`, width);
    for (const language of Object.keys(languages)) {
      await speak(view.page, language);
      foreign[language] = await view.page.evaluate(foreignWords, language);
    }
    await dropFolded(view.page);
  });
  after(() => view?.close());

  for (const [language, word] of Object.entries(languages)) {
    describe(word, () => {
      before(async () => {
        await speak(view.page, language);
        await view.page.screenshot({ path: `${seen}/${name}-${language}-${width}.png`, fullPage: true });
      });
      test('nothing is wider than the window, or it scrolls and shows that it does', async () =>
        none(await view.page.evaluate(tooWide)));
      test('every chart is drawn whole and can be read', async () => none(await view.page.evaluate(badCharts)));
      test('hidden cells, zeros and small values look different, and a legend says so', async () =>
        none(await view.page.evaluate(unlikeSigns)));
      test('no sentence is of the other language', async () => none(foreign[language]));
      test('axe finds no violation', async () => none(await violations(view.page)));
    });
  }
  if (width === 1280) {
    test('in the dark, every word has enough contrast', async () => {
      await view.page.emulateMedia({ colorScheme: 'dark' });
      await view.page.screenshot({ path: `${seen}/${name}-dark.png`, fullPage: true });
      none(await paleWords(view.page));
    });
  }
  test('the browser reports no error and asks for nothing', () => none(view.said));
};

const onPaper = (file, name) => {
  let view;
  before(async () => { view = await open(browser, `${folder}/${file}`, 1280); });
  after(() => view?.close());

  for (const [language, word] of Object.entries(languages)) {
    describe(word, () => {
      let paper;
      before(async () => {
        await view.page.emulateMedia({ media: 'screen' });
        await speak(view.page, language);
        paper = await print(view.page, `${seen}/${name}-${language}.pdf`);
      });
      test('no head of a table and no heading stands alone', () => none(lonelyHeads(paper)));
      test('no sheet but the last is two thirds empty', () => none(emptySheets(paper)));
      test('no table is cut off at the edge', () => none(cutTables(paper)));
      test('it takes at most 30 sheets', () => assert.ok(paper.sheets.length <= 30, `${paper.sheets.length} sheets`));
    });
  }
};

for (const [file, name] of Object.entries(pages)) {
  const long = file === 'audit-long.html';  // only printing it is another matter
  for (const width of long ? [] : [1280, 390]) {
    describe(`${name}, ${width} pixels wide`, () => onScreen(file, name, width));
  }
  describe(`${name}, on paper`, () => onPaper(file, name));
}
