(() => {
  const list = document.getElementById("latest");
  const load = async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    try {
      const answer = await fetch(list.dataset.from);
      if (answer.ok) {
        const found = await answer.text();
        if (found !== list.innerHTML) list.innerHTML = found;
      }
    } catch { /* the next interval retries */ }
  };
  setInterval(load, 5000);
})();
