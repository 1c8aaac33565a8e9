// Shows the warning of a page that is over two days old: the build of the sites failed, or stopped.
for (const warning of document.querySelectorAll("[data-stand]")) {
  const days = (Date.now() - new Date(`${warning.dataset.stand}T00:00`)) / 86_400_000; // since that day began
  warning.hidden = days < 3;
}
