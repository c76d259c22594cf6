// Runs inside the page: charts in which a hidden cell, a cell of nobody and a small value could be taken
// for each other, or whose legend does not say what a sign means.
export const unlikeSigns = () => {
  const faults = [];
  for (const figure of document.querySelectorAll('[data-chart]')) {
    if (!figure.closest('[lang]').checkVisibility()) continue;
    const chart = JSON.parse(figure.querySelector('script').textContent);
    const rows = chart.data.values;
    if (!rows.some((row) => 'drawn' in row)) continue;  // no cells: shares of patients
    const fault = (text) => faults.push(`"${chart.description}": ${text}`);
    const legend = figure.querySelector('figcaption')?.textContent ?? '';
    const texts = [...figure.querySelectorAll('.role-mark text')].map((text) => text.textContent);
    for (const [drawn, sign] of [['hidden', '▨'], ['zero', '0']]) {
      const there = rows.filter((row) => row.drawn === drawn).length;
      const seen = texts.filter((text) => text === sign).length;
      if (there !== seen) fault(`${there} cells are ${drawn}, and ${seen} have the sign ${sign}`);
      if (there > 0 && !new RegExp(`${sign}[  ]?[:=]? ?\\p{L}`, 'u').test(legend)) fault(`the legend does not say what ${sign} is`);
    }
    const layer = (chart.spec ?? chart).layer[0];
    if (layer.encoding.color?.type === 'quantitative') {
      const smallest = Math.min(...rows.filter((row) => row.drawn === 'value').map((row) => row.value));
      const digits = legend.replace(/(\d)[,\u202f](?=\d{3})/g, '$1').replace(/(\d),(?=\d)/g, '$1.');
      if (!digits.includes(String(smallest))) fault(`the legend does not say that the lightest shade is ${smallest}`);
    }
    const values = rows.filter((row) => row.drawn === 'value').length;
    const marks = [...figure.querySelectorAll('.mark-rect.role-mark path')].map((path) => path.getBoundingClientRect());
    if (marks.length !== values) fault(`${values} cells have a value, and ${marks.length} are drawn`);
    if (marks.some((at) => Math.min(at.width, at.height) < 1)) fault('a bar is too thin to be seen');
  }
  return faults;
};
