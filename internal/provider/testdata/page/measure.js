// What a browser makes of a page: findings, and the texts that can be seen. Colors are
// compared as WCAG 2 says.

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const channels = (color) => color.match(/[\d.]+/g).map(Number);

// background is what is painted behind an element: its color, or "picture".
function background(view, element) {
  for (let at = element; at; at = at.parentElement) {
    const style = view.getComputedStyle(at);
    if (style.backgroundImage !== "none") return "picture";
    const color = channels(style.backgroundColor);
    if (color.length < 4 || color[3] > 0) return color;
  }
  return [255, 255, 255];
}

function shown(view, element) {
  const rect = element.getBoundingClientRect();
  return rect.width > 0 && rect.height > 0 && view.getComputedStyle(element).visibility === "visible";
}

function measure(view) {
  const root = view.document.documentElement;
  const findings = [];
  const about = (element) => `<${element.localName} class="${element.className}"> "${element.textContent.trim().slice(0, 40)}"`;
  const text = (element, style, behind) => {
    const size = parseFloat(style.fontSize);
    if (size < 12) findings.push(`${size} px: ${about(element)}`);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = behind === "picture" ? 0 : contrast(channels(style.color), behind);
    if (ratio < (large ? 3 : 4.5)) findings.push(`contrast ${ratio.toFixed(2)}: ${about(element)}`);
  };

  if (root.scrollWidth > root.clientWidth) findings.push(`the page is ${root.scrollWidth} px wide, not ${root.clientWidth}`);

  for (const element of view.document.body.querySelectorAll("*")) {
    if (!shown(view, element)) continue;
    const rect = element.getBoundingClientRect();
    if (rect.left < -0.5 || rect.right > root.clientWidth + 0.5) findings.push(`${rect.left} to ${rect.right} px: ${about(element)}`);
    if (element.scrollWidth > element.clientWidth + 1 && view.getComputedStyle(element).display !== "inline") {
      findings.push(`${element.scrollWidth} px in ${element.clientWidth}: ${about(element)}`);
    }
    if ([...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) {
      text(element, view.getComputedStyle(element), background(view, element));
    }
    const label = view.getComputedStyle(element, "::before");
    if (label.content !== "none" && label.content !== "normal") text(element, label, background(view, element));
  }

  const tables = {};
  for (const table of view.document.querySelectorAll("table")) {
    tables[table.id] = [...table.querySelectorAll("tbody tr:not(.picture), tfoot tr")].map((row) =>
      [...row.querySelectorAll("th bdi, tfoot th, td")].filter((cell) => cell.textContent && shown(view, cell)).map((cell) => cell.textContent));
  }

  // The parts of bars, as they are painted.
  const bars = [...view.document.querySelectorAll(".picture .bar")].map((bar) =>
    [...bar.children].filter((part) => part.className.startsWith("part-")).map((part) => part.getBoundingClientRect().width));

  return {
    findings, tables, bars, texts: [...view.document.querySelectorAll("h1, dd")].filter((e) => shown(view, e)).map((e) => e.textContent),
    dark: view.matchMedia("(prefers-color-scheme: dark)").matches,
    page: channels(view.getComputedStyle(view.document.body).backgroundColor),
    rows: [...view.document.querySelectorAll("table")].map((table) => view.getComputedStyle(table).display),
  };
}

async function measureAll(html, widths) {
  const measured = {};
  for (const width of widths) {
    const frame = document.createElement("iframe");
    frame.style.cssText = `width: ${width}px; height: 800px; border: 0`;
    frame.srcdoc = html;
    const loaded = new Promise((done) => { frame.onload = done; });
    document.body.append(frame);
    await loaded;
    measured[width] = measure(frame.contentWindow);
    frame.remove();
  }
  const result = document.createElement("pre");
  result.id = "measured";
  result.textContent = JSON.stringify(measured);
  document.body.append(result);
}
