// Runs before the first paint, so that a dark page does not flash white.
try {
  const kept = localStorage.getItem("theme");
  if (kept) document.documentElement.dataset.theme = kept;
} catch { /* storage may be forbidden; the system's choice holds */ }
