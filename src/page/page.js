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

  for (const figure of document.querySelectorAll("[data-chart]")) {
    const chart = JSON.parse(figure.querySelector("script").textContent);
    const place = document.createElement("div");
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", chart.description);
    figure.append(place);
    captioned(figure, chart);
    vegaEmbed(place, themed(chart), { actions: false, renderer: "svg", tooltip: { theme: "custom" } })
      .then(() => figure.classList.add("drawn"))
      .catch((problem) => console.error(problem));
  }
})();
