// The script of the page: search, the filter by request, opening all. Without it everything is still there to read.

/** It takes nothing from the transcript: what it shows and hides stands in the page already, as text. */
export const pageScript = `'use strict';
(() => {
  const rows = [...document.querySelectorAll('.rows > ol > li')];
  const search = document.getElementById('search');
  const request = document.getElementById('request');
  const found = document.getElementById('found');
  const all = document.getElementById('all');
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let hits = [];
  let current = -1;

  const apply = () => {
    const wanted = search.value.trim().toLowerCase();
    const only = request === null ? '' : request.value;
    hits = [];
    current = -1;
    for (const row of rows) {
      row.hidden = only !== '' && row.dataset.request !== undefined && row.dataset.request !== only;
      const isHit = wanted !== '' && !row.hidden && texts.get(row).includes(wanted);
      if (isHit) hits.push(row);
      row.classList.toggle('hit', isHit);
      row.classList.toggle('off', wanted !== '' && !isHit);
    }
    found.textContent = wanted === '' ? '' : hits.length === 1 ? '1 found' : hits.length + ' found';
  };

  const step = (by) => {
    if (hits.length === 0) return;
    current = (current + by + hits.length) % hits.length;
    found.textContent = current + 1 + ' of ' + hits.length;
    hits[current].scrollIntoView({ block: 'center' });
  };

  search.addEventListener('input', apply);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') {
      search.value = '';
      apply();
    }
  });
  if (request !== null) request.addEventListener('change', apply);
  all.addEventListener('click', () => {
    const open = all.getAttribute('aria-pressed') !== 'true';
    all.setAttribute('aria-pressed', String(open));
    all.textContent = open ? 'Close all' : 'Open all';
    for (const details of document.querySelectorAll('.rows details')) details.open = open;
  });
  document.querySelector('.tools').hidden = false;
  apply();
})();
`;
