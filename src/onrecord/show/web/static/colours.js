// Charts are drawn on canvas, so they ask the style sheet for its colours.

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export const quad = (number) => colour(`q${number}`);

/** What every chart shares; ECharts' own tooltips would need inline styles, which are forbidden. */
export function common() {
  return {
    animation: false,
    textStyle: { color: colour("ink"), fontFamily: "system-ui, Liberation Sans, sans-serif" },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: colour("card"),
      borderColor: colour("line"), textStyle: { color: colour("ink"), fontSize: 12 } },
  };
}

/** Draw now, when the window changes, and when light turns dark. */
export function keepDrawn(chart, option) {
  const draw = () => chart.setOption(option(), { notMerge: true });
  draw();
  new ResizeObserver(() => chart.resize()).observe(chart.getDom());
  document.addEventListener("theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  return draw;
}

export function shorten(text, most) {
  const letters = [...text];
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
}
