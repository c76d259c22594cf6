// Runs inside the page: sentences that stand in the other language than the one that was chosen. A line
// that holds two little words of the other language and none of its own is taken for one.
export const foreignWords = (language) => {
  const little = {
    en: /\b(the|of|and|which|with|from|that|are|was|these|they|its|were|has|have|than|each|other)\b/gi,
    fr: /(?<![\p{L}’'])(le|les|des|du|une|dans|avec|sur|sont|qui|que|ces|par|pour|aux|et)(?![\p{L}’'])/giu,
  };
  const other = language === 'en' ? 'fr' : 'en';
  const faults = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const over = node.parentElement;
    const hidden = over.closest(`[lang="${other}"]`) || (!over.checkVisibility() && !over.closest('details:not([open])'));
    if (hidden || over.closest('script, style, svg, code, pre, cite, [lang="en-GB"], .languages')) continue;
    const foreign = node.data.match(little[other]) || [];
    const own = node.data.match(little[language]) || [];
    if (foreign.length > 0 && own.length === 0 && (foreign.length > 1 || node.data.trim().split(/\s+/).length < 6)) {
      faults.push(node.data.trim().slice(0, 120));
    }
  }
  return faults.slice(0, 10);
};
