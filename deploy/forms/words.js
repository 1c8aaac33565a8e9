// The words of the forms, over the Dutch ones of Decap: what it lacks, and what people here call things.
export const WORDS = {
  "app.header.content": "Dossiers",
  "app.header.workflow": "Voorstellen",
  "auth.login": "Beginnen",
  "collection.collectionTop.viewAsList": "Als lijst",
  "collection.collectionTop.viewAsGrid": "Als kaarten",
  "collection.entries.noEntries": "Geen dossiers",
  "collection.entries.unpublishedHeader": "Voorgestelde dossiers",
  "collection.sidebar.collections": "Trajecten",
  "editor.editor.confirmLoadBackup": "Er is op deze computer nog een versie die niet opgeslagen was. Wilt u die gebruiken?",
  "editor.editor.onLeavePage": "Wilt u deze pagina verlaten? Wat niet opgeslagen is, gaat verloren.",
  "editor.editor.onPublishingNotReady": "Zet de status op ‘Klaar’ voor u dit overneemt.",
  "editor.editorControl.field.widgetLabel": "veld van de soort %{widgetLabel}",
  "editor.editorControlPane.widget.regexPattern": "%{fieldLabel}: %{pattern}",
  "editor.editorControlPane.widget.required": "%{fieldLabel}: vul dit in.",
  "editor.editorToolbar.deletePublishedEntry": "Verwijder dit dossier",
  "editor.editorToolbar.deleteUnpublishedChanges": "Schrap dit voorstel",
  "editor.editorToolbar.deleteUnpublishedEntry": "Schrap dit voorstel",
  "editor.editorToolbar.publish": "Overnemen",
  "editor.editorToolbar.publishNow": "Neem over in het register",
  "editor.editorToolbar.published": "In het register",
  "editor.editorToolbar.statusInfoTooltipDraft": "Dit is een ontwerp. Zet de status op ‘Wordt beoordeeld’ als een collega het mag nakijken.",
  "editor.editorToolbar.statusInfoTooltipInReview": "Een collega kijkt dit na. U kunt intussen nog wijzigen.",
  "editor.editorWidgets.datetime.now": "Vandaag",
  "editor.editorWidgets.datetime.setToNow": "%{fieldLabel}: vandaag",
  "editor.editorWidgets.list.addType": "Voeg %{item} toe",
  "editor.editorWidgets.object.collapse": "Klap dicht",
  "editor.editorWidgets.object.expand": "Klap open",
  "ui.settingsDropdown.account": "Uw account",
  "ui.toast.entryPublished": "Overgenomen in het register",
  "ui.toast.entrySaved": "Opgeslagen als voorstel",
  "ui.toast.missingRequiredField": "Vul eerst de verplichte velden in.",
  "workflow.workflow.dateFormat": "D MMMM",
  "workflow.workflow.workflowHeading": "Voorstellen",
  "workflow.workflowList.onPublishEntry": "Wilt u dit overnemen in het register?",
  "workflow.workflowList.onPublishingNotReadyEntry": "Zet de status eerst op ‘Klaar’: sleep de kaart naar die kolom.",
};

/** A locale with these words in it. */
export function withWords(locale) {
  const result = structuredClone(locale);
  for (const [path, text] of Object.entries(WORDS)) {
    const parts = path.split(".");
    const name = parts.pop();
    const place = parts.reduce((inner, part) => (inner[part] ??= {}), result);
    place[name] = text;
  }
  return result;
}
