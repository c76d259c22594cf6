// What a person sees on an open page. Each function runs inside the page and answers with a sentence for
// each fault.

// What reaches beyond the window, but for what lies in a box that scrolls and shows that it does.
export const tooWide = () => {
  const width = document.documentElement.clientWidth;
  const box = (element) => {
    for (let over = element.parentElement; over; over = over.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(over).overflowX)) return over;
    }
    return null;
  };
  const cued = (over) => over.scrollWidth <= over.clientWidth + 4 || /gradient/.test(getComputedStyle(over).maskImage);
  const faults = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const at = element.getBoundingClientRect();
    if (!element.checkVisibility() || element.closest('svg svg, svg > *, caption') || at.width <= 1 || at.right <= width + 1) continue;
    const over = box(element);
    const name = `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.trim().slice(0, 40)}"`;
    if (!over) faults.add(`${name} reaches to ${Math.round(at.right)} px`);
    else if (!cued(over)) faults.add(`the box around ${name} scrolls and does not show it`);
  }
  if (document.documentElement.scrollWidth > width) faults.add(`the page is ${document.documentElement.scrollWidth} px wide`);
  return [...faults].slice(0, 10);
};

// Charts that drew nothing, are cut off, whose text is small or runs into other text.
export const badCharts = () => {
  const faults = [];
  for (const figure of document.querySelectorAll('[data-chart]')) {
    if (!figure.closest('[lang]').checkVisibility()) continue;
    const chart = JSON.parse(figure.querySelector('script').textContent);
    const fault = (text) => faults.push(`"${chart.description}": ${text}`);
    const svg = figure.querySelector('svg');
    if (!svg) {
      fault('nothing is drawn');
      continue;
    }
    const marks = [...svg.querySelectorAll('.role-mark path, .role-mark line, .role-mark text')]
      .filter((mark) => { const at = mark.getBoundingClientRect(); return at.width + at.height > 0; });
    if (!marks.length) fault('no mark is drawn');
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim() && getComputedStyle(text).opacity !== '0');
    const boxes = [];
    for (const text of texts) {
      const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b);
      if (size < 9) fault(`"${text.textContent}" is ${size.toFixed(1)} px high`);
      const at = text.getBoundingClientRect();
      if (at.left < frame.left - 1 || at.right > frame.right + 1 || at.top < frame.top - 1 || at.bottom > frame.bottom + 1) {
        fault(`"${text.textContent}" is cut off`);
      }
      if (!/rotate\((?!0)/.test(text.getAttribute('transform') || '')) boxes.push([at, text.textContent]);
    }
    for (const [i, [one, name]] of boxes.entries()) {
      for (const [other, its] of boxes.slice(i + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 2 && down > 4) fault(`"${name}" and "${its}" lie on each other`);
      }
    }
  }
  return faults.slice(0, 10);
};
