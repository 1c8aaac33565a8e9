// Decap begins when start.js has told it how a dossier is written, and not by itself.
window.CMS_MANUAL_INIT = true;
