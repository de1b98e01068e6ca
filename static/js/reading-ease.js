// While someone writes to a child: how easy each part is to read, as the server measures it. Without it, a button does.
(() => {
  const form = document.querySelector('[data-reading-ease]');
  for (const shown of form.querySelectorAll('[data-measures]')) {
    const box = form.elements[shown.dataset.measures];
    let waiting;
    const measureSoon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const body = new URLSearchParams({csrf_token: form.elements.csrf_token.value, words: box.value});
        const answer = await fetch(form.dataset.readingEase, {method: 'POST', body});
        if (answer.ok) shown.innerHTML = await answer.text();
      }, 600);
    };
    box.addEventListener('input', measureSoon);
    if (box.value !== box.defaultValue) measureSoon(); // typed before this script was here
  }
})();
