"use strict";
// Draws the charts in the page's own colours, keeps the language, opens folded tables for printing.
(() => {
  const english = document.getElementById("english");
  const french = document.getElementById("french");
  const page = document.getElementById("page");

  const named = () => {
    const language = french.checked ? "fr" : "en";
    document.documentElement.lang = language;
    document.title = page.getAttribute("data-title-" + language);
  };
  if (english && french) {  // a page in one language has neither
    if (location.hash === "#fr" || (location.hash === "" && /^fr/.test(navigator.language || ""))) {
      french.checked = true;
    }
    english.addEventListener("change", named);
    french.addEventListener("change", named);
    named();
  }

  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });

  // Text and lines take the colour of the text around them, so that they follow light and dark.
  const themed = (chart) => {
    const config = chart.config;
    const text = { labelColor: "currentColor", titleColor: "currentColor" };
    config.background = "transparent";
    config.axis = Object.assign({}, config.axis, text, {
      gridColor: "currentColor", gridOpacity: 0.12, domainColor: "currentColor", domainOpacity: 0.4,
      tickColor: "currentColor", tickOpacity: 0.4,
    });
    config.legend = Object.assign({}, config.legend, text);
    config.header = Object.assign({}, config.header, text);
    config.title = Object.assign({}, config.title, { color: "currentColor", subtitleColor: "currentColor" });
    delete chart.title;  // the heading above says it; captioned() keeps the rest
    delete chart.$schema;
    return chart;
  };

  const captioned = (figure, chart) => {
    const caption = document.createElement("figcaption");
    for (const line of (chart.title && chart.title.subtitle) || []) {
      const part = document.createElement("span");
      part.textContent = line;
      caption.append(part);
    }
    if (caption.childNodes.length) figure.append(caption);
  };

  // Boxes that hide something at their right edge say so, also when they come into sight.
  // What scrolls can be reached by keys.
  const cue = (box) => {
    box.classList.toggle("more", box.scrollWidth - box.clientWidth - box.scrollLeft > 4);
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
  };
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => cue(entry.target)));
  const watch = (box) => {
    box.addEventListener("scroll", () => cue(box), { passive: true });
    sizes.observe(box);
    cue(box);
  };
  document.querySelectorAll(".scroll").forEach(watch);

  const small = 600;  // pixels: less is a telephone's page
  const smallest = 130;  // of a panel, so that its bars can be told apart
  const labels = 140;  // pixels that a name beside a bar may take on a small page

  // Panels stand one below the other on a small page, and a key has few columns.
  const stacked = (chart) => {
    if (chart.facet && chart.facet.column) {
      chart.facet = chart.facet.column;
      chart.columns = 1;
    }
    const panel = chart.spec || chart;
    const encodings = [panel, ...(panel.layer || [])].map((part) => part.encoding || {});
    for (const { y, color, stroke } of encodings) {
      if (y && y.axis && y.axis.labelLimit) y.axis.labelLimit = labels;
      for (const part of [color, stroke]) {
        if (part) part.legend = Object.assign({}, part.legend, { orient: "top", columns: 1, titleOrient: "top", gradientLength: 120 });
      }
    }
    return chart;
  };

  const options = { actions: false, renderer: "svg", tooltip: { theme: "custom" } };
  const drawn = async (place, text, room) => {
    const made = () => (room < small ? stacked(JSON.parse(text)) : JSON.parse(text));
    await vegaEmbed(place, themed(made()), options);
    const over = parseFloat(place.querySelector("svg").getAttribute("width")) - room;
    const chart = made();
    const panel = chart.spec || chart;
    if (room < small && over > 0 && typeof panel.width === "number") {
      panel.width = Math.max(smallest, panel.width - Math.ceil(over));
      await vegaEmbed(place, themed(chart), options);
    }
  };

  const room = (document.querySelector("main") || document.body).clientWidth;
  for (const figure of document.querySelectorAll("[data-chart]")) {
    const text = figure.querySelector("script").textContent;
    const chart = JSON.parse(text);
    const box = document.createElement("div");
    const place = document.createElement("div");
    box.append(place);
    figure.append(box);
    captioned(figure, chart);
    drawn(place, text, room)
      .then(() => {
        // One name for the whole chart, and none for each bar: its table says them better.
        place.setAttribute("role", "img");
        place.removeAttribute("aria-roledescription");
        place.setAttribute("aria-label", chart.description);
        place.querySelector("svg").setAttribute("aria-hidden", "true");
        figure.classList.add("drawn");
        watch(box);
      })
      .catch((problem) => console.error(problem));
  }
})();
