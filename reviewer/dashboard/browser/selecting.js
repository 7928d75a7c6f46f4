// Words that are selected: in the abstract they can become the reviewer's own rationale, in the claim the range of a flag.
const SELECTED = { quote: '.konkyo .abstract', flag_words: '.konkyo .excerpt mark.now' };

// The span of the selection within the element that holds it whole, in code points; null where there is none.
function findSelected() {
  const chosen = getSelection();
  if (!chosen?.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const within = node => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
  for (const [name, selector] of Object.entries(SELECTED)) {
    const holder = within(range.commonAncestorContainer).closest(selector);
    if (!holder) continue;
    const before = document.createRange();
    before.setStart(holder, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = [...before.toString()].length;
    return { name, span: [start, start + [...range.toString()].length], at: range.getBoundingClientRect() };
  }
  return null;
}
function followSelection() {
  const found = room.data?.screen?.part === 'grades' || room.data?.screen?.part === 'views' ? findSelected() : null;
  const present = document.getElementById('konkyo-selected');
  if (!found) return present?.remove();
  const button = present ?? document.createElement('button');
  button.id = 'konkyo-selected';
  button.className = 'konkyo';
  button.textContent = room.data.words[found.name];
  button.style.left = `${Math.max(8, found.at.left)}px`;
  button.style.top = `${Math.max(8, found.at.top - 44)}px`;
  button.onpointerdown = event => event.preventDefault(); // the selection stays
  button.onclick = event => {
    getSelection().removeAllRanges();
    button.remove();
    enqueue({ name: found.name, label: button.textContent, span: found.span, at: event.timeStamp });
  };
  if (!present) document.body.append(button);
}
