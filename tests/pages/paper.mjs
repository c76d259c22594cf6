// A page on paper: printed to PDF by the browser, read back with poppler.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

// Names the heads, rows and headings in the text of the PDF, in signs too small to see, so that it can be
// read there on which sheet each of them stands.
const name = () => {
  document.querySelectorAll('.on-paper-here').forEach((old) => old.remove());
  const sign = (place, text) => {
    const mark = document.createElement('span');
    mark.textContent = text;
    mark.className = 'on-paper-here';
    mark.setAttribute('style', 'display:inline-block;width:0;height:0;overflow:visible;font:2px sans-serif;line-height:0;white-space:nowrap');
    place.prepend(mark);
  };
  for (const [t, table] of [...document.querySelectorAll('table')].entries()) {
    if (table.tHead) sign(table.tHead.rows[0].cells[0], `zh${t}z`);
    for (const row of table.tBodies[0].rows) sign(row.cells[row.cells.length - 1], `zr${t}z`);
  }
  const shown = (row) => row.checkVisibility();
  const rows = [...document.querySelectorAll('table')].map((table) => [...table.tBodies[0].rows].filter(shown).length);
  for (const heading of document.querySelectorAll('h2, h3')) sign(heading, 'zgz');
  return rows;
};

const sheetsOf = (pdf) => {
  const text = execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return text.split('<page ').slice(1).map((sheet) =>
    [...sheet.matchAll(/yMin="([\d.]+)"[^>]*>([^<]*)<\/word>/g)].map(([, y, word]) => ({ y: Number(y), word })));
};

// By sheet: the part of its height down to its lowest ink.
const filled = (pdf) => {
  const all = execFileSync('pdftoppm', ['-r', '20', '-gray', pdf], { maxBuffer: 1 << 30 });
  const parts = [];
  for (let at = 0; at < all.length;) {
    const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(all.toString('latin1', at, at + 40));
    const pixels = all.subarray(at + head.length, at + head.length + width * height);
    let lowest = 0;
    for (let i = pixels.length - 1; i >= 0 && !lowest; --i) {
      if (pixels[i] < 230) lowest = Math.floor(i / width);
    }
    parts.push(lowest / height);
    at += head.length + width * height;
  }
  return parts;
};

export const print = async (page, pdf) => {
  await page.evaluate(() => { for (const folded of document.querySelectorAll('details')) folded.open = true; });
  await page.emulateMedia({ media: 'print' });
  const rows = await page.evaluate(name);
  writeFileSync(pdf, await page.pdf({ format: 'A4', printBackground: false }));
  return { rows, sheets: sheetsOf(pdf), filled: filled(pdf) };
};

// Tables of which the last column of a row lies beyond the edge of the paper.
export const cutTables = ({ rows, sheets }) =>
  rows.flatMap((count, t) => {
    const seen = sheets.flat().filter(({ word }) => word === `zr${t}z`).length;
    return seen === count ? [] : [`of ${count} rows of table ${t}, ${seen} are printed to their end`];
  });

// Sheets on which the head of a table, or a heading, stands without what it is the head of.
export const lonelyHeads = ({ sheets }) => {
  const faults = [];
  for (const [s, words] of sheets.entries()) {
    const signs = words.map(({ word }) => word).filter((word) => /^z[hr]\d+z$|^zgz$/.test(word));
    for (const head of signs.filter((sign) => sign.startsWith('zh'))) {
      if (!signs.includes(head.replace('h', 'r'))) faults.push(`the head of table ${head.slice(2, -1)} stands alone on sheet ${s + 1}`);
    }
    const heading = words.findLast(({ word }) => word === 'zgz');
    if (heading && !words.some(({ y, word }) => y > heading.y + 20 && !word.startsWith('z'))) {
      faults.push(`a heading stands alone at the foot of sheet ${s + 1}`);
    }
  }
  return faults;
};

// Sheets, but for the last, of which two thirds are empty.
export const emptySheets = ({ filled: parts }) =>
  parts.slice(0, -1).flatMap((part, s) => (part < 1 / 3 ? [`sheet ${s + 1} is empty below ${Math.round(100 * part)} %`] : []));
