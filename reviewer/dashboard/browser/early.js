// What is pressed before the page can hear it waits; the first script of the room that arrives collects it.
window.konkyoEarly = [];
window.addEventListener('keydown', event => {
  if (!window.konkyoEarly) return;
  window.konkyoEarly.push(event);
  // Streamlit has letters of its own.
  const isTyped = event.target.closest?.('input, textarea, select, [contenteditable="true"], [role="combobox"]');
  if (event.key.length === 1 && event.key !== ' ' && !isTyped) event.stopPropagation();
}, true);
window.addEventListener('click', event => {
  if (!window.konkyoEarly || !event.target.closest?.('.stButton button')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  window.konkyoEarly.push(event);
}, true);
