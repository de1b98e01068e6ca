// Logging by the keyboard: a letter chooses among answers while one of them has the focus, Ctrl+Enter in the words saves.
(() => {
  const form = document.querySelector('[data-quick]');
  form.addEventListener('keydown', (key) => {
    if (key.ctrlKey && key.key === 'Enter' && key.target.tagName === 'TEXTAREA') form.requestSubmit(form.querySelector('button'));
    if (key.target.type !== 'radio' || key.ctrlKey || key.altKey || key.metaKey || key.key.length !== 1) return;
    const all = [...form.elements[key.target.name]];
    const named = all.filter((one) => one.labels[0].textContent.trim().toLowerCase().startsWith(key.key.toLowerCase()));
    const next = named[(named.indexOf(key.target) + 1) % named.length];
    if (next) { next.checked = true; next.focus(); key.preventDefault(); }
  });
})();
