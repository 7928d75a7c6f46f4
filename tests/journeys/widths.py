"""What is cut off, out of reach or too small to touch: laptop, tablet either way, phone, 200 % zoom."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

SIZES: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 1024, "height": 768},
    {"width": 820, "height": 1180},
    {"width": 640, "height": 400},
    {"width": 390, "height": 844},
)
# From here down a page is touched.
_TOUCHED_TO = 1180
# An article's title and a person's name may be longer than their place, and end in an ellipsis.
_FIND_WRONG = """() => {
  const wrong = [], width = document.documentElement.clientWidth;
  const named = (what, e) => wrong.push(`${what}: ${e.tagName} "${e.textContent.trim().slice(0, 40)}"`);
  const shown = e => e.clientWidth > 1 && e.checkVisibility({visibilityProperty: true});
  const each = (elements, look) => [...document.querySelectorAll(elements)].filter(shown).forEach(look);
  if (document.scrollingElement.scrollWidth > width) wrong.push('the page is wider than the window');
  each('button, a, input, textarea, summary, table, h1, h2, h3, .konkyo', e => {
    const box = e.getBoundingClientRect();
    if (box.left < -1 || box.right > width + 1) named('beside the window', e);
  });
  each('.konkyo, .konkyo *, button *, [data-testid="stButtonGroup"] *', e => {
    const clips = getComputedStyle(e).overflowX === 'hidden' && !e.closest('.st-key-account, .trail');
    if (clips && e.scrollWidth > e.clientWidth + 1) named('cut off', e);
  });
  each('button:not(:disabled)', e => {
    e.scrollIntoView({block: 'nearest', inline: 'nearest'});
    const box = e.getBoundingClientRect();
    const met = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!e.contains(met)) named('out of reach', e);
  });
  return wrong;
}"""
# Links within a sentence are as high as it; what stands within a field is touched with the field.
_FIND_SMALL = """() => {
  const touched = 'button, summary, textarea, input:is([type="text"], [type="password"])';
  return [...document.querySelectorAll(touched)]
    .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && e.clientWidth > 1)
    .filter(e => !e.matches('details.caution *, .konkyo summary') && !e.closest('[data-baseweb="tag"]'))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.height < 43.5 || (box.width < 43.5 && !e.closest(
      '.stTextInput, .stTextArea, .stSelectbox, .stMultiSelect, .stDateInput, .stNumberInput')))
    .map(([e, box]) => `too small: ${e.tagName} ${Math.round(box.width)} x ${Math.round(box.height)}`
      + ` "${(e.textContent || e.ariaLabel || '').trim().slice(0, 40)}"`);
}"""


def find_wrong(page: Page) -> list[str]:
    """What is cut off, cannot be pressed or is too small for a finger, at each size of the window."""
    found: list[str] = []
    before = page.viewport_size or SIZES[0]
    for size in SIZES:
        page.set_viewport_size(size)
        page.wait_for_timeout(300)
        lines: list[str] = page.evaluate(_FIND_WRONG)
        if size["width"] <= _TOUCHED_TO:
            lines += page.evaluate(_FIND_SMALL)
        found += [f"{size['width']}: {line}" for line in lines]
    page.set_viewport_size(before)
    return found
