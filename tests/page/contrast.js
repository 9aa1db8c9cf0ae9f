// Run in the page: every visible text against the ground behind it. Returns [texts seen, those below 4.5 : 1].
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, at) => part * a + under[at] * (1 - a));
  const ground = (node) => {
    if (!node) return [255, 255, 255];
    const style = getComputedStyle(node);
    return style.backgroundImage !== "none"
      ? [31, 95, 69]
      : over(rgba(style.backgroundColor), ground(node.parentElement));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => ((part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const poor = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue;
    if (node.closest(".hidden, .spoiler-text, .avatar-bot, .option-emoji, .button-emoji, :disabled")) continue;
    const under = ground(node);
    const [a, b] = [light(over(rgba(getComputedStyle(node).color), under)), light(under)].sort((x, y) => y - x);
    seen += 1;
    if ((a + 0.05) / (b + 0.05) < 4.5)
      poor.add(`${node.className || node.tagName}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return [seen, [...poor]];
};
