<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
<name>lsd2</name>
<message>
<source> GB</source>
<translation> GB</translation>
</message>
<message>
<source> and </source>
<translation> und </translation>
</message>
<message>
<source> sigma {0}</source>
<translation> Sigma {0}</translation>
</message>
<message>
<source>&amp;100 %</source>
<translation>&amp;100 %</translation>
</message>
<message>
<source>&amp;About LSD2</source>
<translation>&amp;Über LSD2</translation>
</message>
<message>
<source>&amp;Amplify the difference</source>
<translation>Unterschied &amp;verstärken</translation>
</message>
<message>
<source>&amp;Batch…</source>
<translation>&amp;Stapel…</translation>
</message>
<message>
<source>&amp;Cancel</source>
<translation>&amp;Abbrechen</translation>
</message>
<message>
<source>&amp;Close the pair</source>
<translation>Paar &amp;schließen</translation>
</message>
<message>
<source>&amp;Edit</source>
<translation>&amp;Bearbeiten</translation>
</message>
<message>
<source>&amp;File</source>
<translation>&amp;Datei</translation>
</message>
<message>
<source>&amp;Fit</source>
<translation>&amp;Einpassen</translation>
</message>
<message>
<source>&amp;Grid</source>
<translation>&amp;Raster</translation>
</message>
<message>
<source>&amp;Help</source>
<translation>&amp;Hilfe</translation>
</message>
<message>
<source>&amp;Histogram</source>
<translation>&amp;Histogramm</translation>
</message>
<message>
<source>&amp;Keys and mouse</source>
<translation>&amp;Tasten und Maus</translation>
</message>
<message>
<source>&amp;Log</source>
<translation>&amp;Protokoll</translation>
</message>
<message>
<source>&amp;Loupe</source>
<translation>&amp;Lupe</translation>
</message>
<message>
<source>&amp;Next pair of the folder</source>
<translation>&amp;Nächstes Paar des Ordners</translation>
</message>
<message>
<source>&amp;Open photos…</source>
<translation>Fotos ö&amp;ffnen…</translation>
</message>
<message>
<source>&amp;Preferences…</source>
<translation>&amp;Einstellungen…</translation>
</message>
<message>
<source>&amp;Process</source>
<translation>&amp;Verarbeiten</translation>
</message>
<message>
<source>&amp;Quit</source>
<translation>&amp;Beenden</translation>
</message>
<message>
<source>&amp;Recent pairs</source>
<translation>&amp;Zuletzt geöffnete Paare</translation>
</message>
<message>
<source>&amp;Redo</source>
<translation>&amp;Wiederholen</translation>
</message>
<message>
<source>&amp;Save result…</source>
<translation>Er&amp;gebnis speichern…</translation>
</message>
<message>
<source>&amp;Split</source>
<translation>Ge&amp;teilt</translation>
</message>
<message>
<source>&amp;Swap short and long</source>
<translation>&amp;Kurz und lang tauschen</translation>
</message>
<message>
<source>&amp;Try again</source>
<translation>Noch einmal &amp;versuchen</translation>
</message>
<message>
<source>&amp;Turn the divider</source>
<translation>Trennlinie &amp;drehen</translation>
</message>
<message>
<source>&amp;Undo</source>
<translation>&amp;Rückgängig</translation>
</message>
<message>
<source>&amp;View</source>
<translation>&amp;Ansicht</translation>
</message>
<message>
<source>&amp;Weaken the difference</source>
<translation>Unterschied &amp;abschwächen</translation>
</message>
<message>
<source>&amp;Zoom</source>
<translation>&amp;Zoom</translation>
</message>
<message>
<source>1 - 9</source>
<translation>1 - 9</translation>
</message>
<message>
<source>100, 200, 400 or 800 %</source>
<translation>100, 200, 400 oder 800 %</translation>
</message>
<message>
<source>8 bit</source>
<translation>8 Bit</translation>
</message>
<message>
<source>A name is needed.</source>
<translation>Ein Name ist nötig.</translation>
</message>
<message>
<source>A pair is a short and a long photo of the same scene, shot one right after the other.</source>
<translation>Ein Paar sind ein kurzes und ein langes Foto derselben Szene, direkt nacheinander aufgenommen.</translation>
</message>
<message>
<source>A sharp photo of the same scene: PSNR and SSIM of every result are measured against it</source>
<translation>Ein scharfes Foto derselben Szene: PSNR und SSIM jedes Ergebnisses werden daran gemessen</translation>
</message>
<message>
<source>A sheet holds {0} parts at most.</source>
<translation>Ein Blatt fasst höchstens {0} Ausschnitte.</translation>
</message>
<message>
<source>A sheet with the photos, the results and enlarged parts, as a picture or PDF</source>
<translation>Ein Blatt mit den Fotos, den Ergebnissen und vergrößerten Ausschnitten, als Bild oder PDF</translation>
</message>
<message>
<source>A small file from which 'lsd2 redo' makes the same result again.</source>
<translation>Eine kleine Datei, aus der „lsd2 redo“ dasselbe Ergebnis noch einmal macht.</translation>
</message>
<message>
<source>A small map while only a part of the picture is seen</source>
<translation>Eine kleine Karte, solange nur ein Teil des Bildes zu sehen ist</translation>
</message>
<message>
<source>About LSD2</source>
<translation>Über LSD2</translation>
</message>
<message>
<source>Absolute, signed, or of the luminance</source>
<translation>Absolut, mit Vorzeichen oder der Helligkeit</translation>
</message>
<message>
<source>Add a photo</source>
<translation>Foto hinzufügen</translation>
</message>
<message>
<source>Add the {0} photo.</source>
<translation>Fügen Sie das {0} Foto hinzu.</translation>
</message>
<message>
<source>Add what is seen</source>
<translation>Gezeigtes hinzufügen</translation>
</message>
<message>
<source>Align the long photo first</source>
<translation>Das lange Foto zuerst ausrichten</translation>
</message>
<message>
<source>Aligning the long frame</source>
<translation>Das lange Bild wird ausgerichtet</translation>
</message>
<message>
<source>All files (*)</source>
<translation>Alle Dateien (*)</translation>
</message>
<message>
<source>All {0} results</source>
<translation>Alle {0} Ergebnisse</translation>
</message>
<message>
<source>Alone: {0}</source>
<translation>Einzeln: {0}</translation>
</message>
<message>
<source>An ICC profile (.icc, .icm)</source>
<translation>Ein ICC-Profil (.icc, .icm)</translation>
</message>
<message>
<source>Aperture</source>
<translation>Blende</translation>
</message>
<message>
<source>Arrow keys</source>
<translation>Pfeiltasten</translation>
</message>
<message>
<source>As in the profile below</source>
<translation>Wie im Profil darunter</translation>
</message>
<message>
<source>As the system</source>
<translation>Wie das System</translation>
</message>
<message>
<source>As the system says</source>
<translation>Wie das System sagt</translation>
</message>
<message>
<source>Automatic</source>
<translation>Automatisch</translation>
</message>
<message>
<source>Automatic makes highlights as white as they were before.</source>
<translation>Automatisch werden die Lichter so weiß, wie sie vorher waren.</translation>
</message>
<message>
<source>Automatic takes the graphics card if there is one that can be used.</source>
<translation>Automatisch nimmt die Grafikkarte, wenn es eine gibt, die sich nutzen lässt.</translation>
</message>
<message>
<source>B</source>
<translation>B</translation>
</message>
<message>
<source>Batch</source>
<translation>Stapel</translation>
</message>
<message>
<source>Batch: {0} of {1} pairs done, {2} failed.</source>
<translation>Stapel: {0} von {1} Paaren fertig, {2} fehlgeschlagen.</translation>
</message>
<message>
<source>Begins</source>
<translation>Beginnt</translation>
</message>
<message>
<source>Best adds nothing on this pair: the result is the same as with the effort Normal.</source>
<translation>Beste bringt bei diesem Paar nichts dazu: Das Ergebnis ist dasselbe wie mit dem Aufwand Normal.</translation>
</message>
<message>
<source>Best, six times as long</source>
<translation>Beste, sechsmal so lange</translation>
</message>
<message>
<source>Black point</source>
<translation>Schwarzpunkt</translation>
</message>
<message>
<source>Blue</source>
<translation>Blau</translation>
</message>
<message>
<source>Bright, but blurred</source>
<translation>Hell, aber verwackelt</translation>
</message>
<message>
<source>Bringing back highlights</source>
<translation>Lichter werden zurückgeholt</translation>
</message>
<message>
<source>Browse…</source>
<translation>Durchsuchen…</translation>
</message>
<message>
<source>By hand</source>
<translation>Von Hand</translation>
</message>
<message>
<source>Camera</source>
<translation>Kamera</translation>
</message>
<message>
<source>Camera data from</source>
<translation>Kameradaten von</translation>
</message>
<message>
<source>Camera raw, JPEG, PNG, TIFF, HEIC, AVIF or WebP. Your photos never leave this computer.</source>
<translation>Kamera-Rohdaten, JPEG, PNG, TIFF, HEIC, AVIF oder WebP. Ihre Fotos verlassen diesen Computer nie.</translation>
</message>
<message>
<source>Cancel</source>
<translation>Abbrechen</translation>
</message>
<message>
<source>Cancel all &amp;runs</source>
<translation>Alle &amp;Durchgänge abbrechen</translation>
</message>
<message>
<source>Cancel all {0}</source>
<translation>Alle {0} abbrechen</translation>
</message>
<message>
<source>Cancel {0}</source>
<translation>{0} abbrechen</translation>
</message>
<message>
<source>Cancelled. The pair is still open.</source>
<translation>Abgebrochen. Das Paar ist noch geöffnet.</translation>
</message>
<message>
<source>Cancelling…</source>
<translation>Wird abgebrochen…</translation>
</message>
<message>
<source>Change how files are written</source>
<translation>Ändern, wie Dateien geschrieben werden</translation>
</message>
<message>
<source>Change…</source>
<translation>Ändern…</translation>
</message>
<message>
<source>Channel of the histogram</source>
<translation>Kanal des Histogramms</translation>
</message>
<message>
<source>Check: {0}</source>
<translation>Prüfen: {0}</translation>
</message>
<message>
<source>Choose a folder</source>
<translation>Ordner wählen</translation>
</message>
<message>
<source>Choose a folder for the results</source>
<translation>Ordner für die Ergebnisse wählen</translation>
</message>
<message>
<source>Choose a folder of photos</source>
<translation>Ordner mit Fotos wählen</translation>
</message>
<message>
<source>Choose a folder…</source>
<translation>Ordner wählen…</translation>
</message>
<message>
<source>Choose a photo</source>
<translation>Foto auswählen</translation>
</message>
<message>
<source>Choose a short and a long photo</source>
<translation>Ein kurzes und ein langes Foto auswählen</translation>
</message>
<message>
<source>Choose another folder</source>
<translation>Anderen Ordner wählen</translation>
</message>
<message>
<source>Choose another folder…</source>
<translation>Anderen Ordner wählen…</translation>
</message>
<message>
<source>Choose other photos</source>
<translation>Andere Fotos wählen</translation>
</message>
<message>
<source>Choose the right picture; with Ctrl the left one</source>
<translation>Das rechte Bild wählen; mit Strg das linke</translation>
</message>
<message>
<source>Choose…</source>
<translation>Wählen…</translation>
</message>
<message>
<source>Cleans and sharpens what exposure fusion brings back from the short photo.</source>
<translation>Säubert und schärft, was die Belichtungsfusion aus dem kurzen Foto zurückholt.</translation>
</message>
<message>
<source>Click in the grid</source>
<translation>Klick ins Raster</translation>
</message>
<message>
<source>Click to choose a photo, or drop one here</source>
<translation>Klicken, um ein Foto zu wählen, oder eines hier ablegen</translation>
</message>
<message>
<source>Clipped highligh&amp;ts</source>
<translation>&amp;Überstrahlte Lichter</translation>
</message>
<message>
<source>Clipped shado&amp;ws</source>
<translation>Abgesoffene Sch&amp;atten</translation>
</message>
<message>
<source>Close</source>
<translation>Schließen</translation>
</message>
<message>
<source>Close the comparison sheet</source>
<translation>Vergleichsblatt schließen</translation>
</message>
<message>
<source>Close the folder</source>
<translation>Ordner schließen</translation>
</message>
<message>
<source>Close this message</source>
<translation>Meldung schließen</translation>
</message>
<message>
<source>Colours</source>
<translation>Farben</translation>
</message>
<message>
<source>Colours of the screen</source>
<translation>Farben des Bildschirms</translation>
</message>
<message>
<source>Compare, then save the result.</source>
<translation>Vergleichen, dann speichern.</translation>
</message>
<message>
<source>Compare; double click puts it in the middle</source>
<translation>Vergleichen; Doppelklick: Mitte</translation>
</message>
<message>
<source>Cop&amp;y result</source>
<translation>Ergebnis &amp;kopieren</translation>
</message>
<message>
<source>Copied, in 8 bits. Paste it into another program.</source>
<translation>Kopiert, mit 8 Bit. Jetzt in ein anderes Programm einfügen.</translation>
</message>
<message>
<source>Copy details</source>
<translation>Einzelheiten kopieren</translation>
</message>
<message>
<source>Copy version details</source>
<translation>Angaben zur Version kopieren</translation>
</message>
<message>
<source>Count logarithmically, so that rare values show</source>
<translation>Logarithmisch zählen, damit seltene Werte zu sehen sind</translation>
</message>
<message>
<source>Count only the part of the pictures that is seen</source>
<translation>Nur den sichtbaren Teil der Bilder zählen</translation>
</message>
<message>
<source>Details</source>
<translation>Einzelheiten</translation>
</message>
<message>
<source>Di&amp;fference</source>
<translation>&amp;Unterschied</translation>
</message>
<message>
<source>Di&amp;vider</source>
<translation>Trennli&amp;nie</translation>
</message>
<message>
<source>Differe&amp;nce</source>
<translation>Unterschied &amp;zeigen</translation>
</message>
<message>
<source>Display</source>
<translation>Anzeige</translation>
</message>
<message>
<source>Display P3: more colours, for newer screens</source>
<translation>Display P3: mehr Farben, für neuere Bildschirme</translation>
</message>
<message>
<source>Do all pairs of this folder as a batch</source>
<translation>Alle Paare dieses Ordners als Stapel verarbeiten</translation>
</message>
<message>
<source>Done before</source>
<translation>Schon fertig</translation>
</message>
<message>
<source>Done in {0}</source>
<translation>Fertig in {0}</translation>
</message>
<message>
<source>Double click or Backspace puts it back.</source>
<translation>Doppelklick oder Rücktaste stellt zurück.</translation>
</message>
<message>
<source>Double click, middle click</source>
<translation>Doppelklick, Mittelklick</translation>
</message>
<message>
<source>Drag</source>
<translation>Ziehen</translation>
</message>
<message>
<source>Drag a sheet's part</source>
<translation>Ausschnitt ziehen</translation>
</message>
<message>
<source>Drag over what is to be enlarged, or leave that to the program.</source>
<translation>Aufziehen, was vergrößert wird, oder dem Programm überlassen.</translation>
</message>
<message>
<source>Drag the divider</source>
<translation>Trennlinie ziehen</translation>
</message>
<message>
<source>Drawing {0}…</source>
<translation>{0} wird gezeichnet…</translation>
</message>
<message>
<source>Drop a folder of photos here</source>
<translation>Legen Sie einen Ordner mit Fotos hier ab</translation>
</message>
<message>
<source>Drop a short and a long exposure</source>
<translation>Kurze und lange Belichtung hier ablegen</translation>
</message>
<message>
<source>Drop one folder at a time, or photos.</source>
<translation>Legen Sie einen einzelnen Ordner ab oder Fotos.</translation>
</message>
<message>
<source>Drop two photos to start a new pair, or drop one on the Short or Long card to replace it.</source>
<translation>Legen Sie zwei Fotos ab, um ein neues Paar zu beginnen, oder eines auf der Karte „Kurz“ oder „Lang“, um es zu ersetzen.</translation>
</message>
<message>
<source>E&amp;xchange the sides</source>
<translation>&amp;Seiten tauschen</translation>
</message>
<message>
<source>Effort</source>
<translation>Aufwand</translation>
</message>
<message>
<source>Enlarge the part that is on the screen now</source>
<translation>Den Teil vergrößern, der gerade zu sehen ist</translation>
</message>
<message>
<source>Exposure gap unknown</source>
<translation>Belichtungsabstand unbekannt</translation>
</message>
<message>
<source>F&amp;ull screen</source>
<translation>&amp;Vollbild</translation>
</message>
<message>
<source>Figures of all results</source>
<translation>Zahlen aller Ergebnisse</translation>
</message>
<message>
<source>File</source>
<translation>Datei</translation>
</message>
<message>
<source>Files</source>
<translation>Dateien</translation>
</message>
<message>
<source>Filled in for each result:</source>
<translation>Wird für jedes Ergebnis ausgefüllt:</translation>
</message>
<message>
<source>Fine detail</source>
<translation>Feine Details</translation>
</message>
<message>
<source>Fine tuning</source>
<translation>Feineinstellung</translation>
</message>
<message>
<source>Finishes the running pair, and begins no other</source>
<translation>Beendet das laufende Paar und beginnt kein weiteres</translation>
</message>
<message>
<source>Fit / 100 % at the &amp;pointer</source>
<translation>Einpassen / 100 % am &amp;Zeiger</translation>
</message>
<message>
<source>Fit / 100 % at the pointer</source>
<translation>Einpassen / 100 % am Zeiger</translation>
</message>
<message>
<source>Fo&amp;cus: picture or panel</source>
<translation>Eingabe: Bild oder Lei&amp;ste</translation>
</message>
<message>
<source>Focal length</source>
<translation>Brennweite</translation>
</message>
<message>
<source>Fold this section away</source>
<translation>Diesen Abschnitt einklappen</translation>
</message>
<message>
<source>Folder</source>
<translation>Ordner</translation>
</message>
<message>
<source>For all methods</source>
<translation>Für alle Verfahren</translation>
</message>
<message>
<source>Forget these</source>
<translation>Diese vergessen</translation>
</message>
<message>
<source>Format</source>
<translation>Format</translation>
</message>
<message>
<source>From the short photo</source>
<translation>Aus dem kurzen Foto</translation>
</message>
<message>
<source>From the short photo, by a network</source>
<translation>Aus dem kurzen, durch ein Netz</translation>
</message>
<message>
<source>From the short photo: {0} of the picture</source>
<translation>Aus dem kurzen Foto: {0} des Bildes</translation>
</message>
<message>
<source>Fuse all pairs of a folder</source>
<translation>Alle Paare eines Ordners verschmelzen</translation>
</message>
<message>
<source>Fuse all…</source>
<translation>Alle verschmelzen…</translation>
</message>
<message>
<source>Fused</source>
<translation>Verschmolzen</translation>
</message>
<message>
<source>Fusing</source>
<translation>Verschmelzen</translation>
</message>
<message>
<source>G</source>
<translation>G</translation>
</message>
<message>
<source>General</source>
<translation>Allgemein</translation>
</message>
<message>
<source>Go on</source>
<translation>Weiter</translation>
</message>
<message>
<source>Good exposure</source>
<translation>Gute Belichtung</translation>
</message>
<message>
<source>Graphics card (GPU)</source>
<translation>Grafikkarte (GPU)</translation>
</message>
<message>
<source>Green</source>
<translation>Grün</translation>
</message>
<message>
<source>Greys, middle grey with a white frame to assess by, black, white, checks</source>
<translation>Graustufen, Mittelgrau mit weißem Rahmen zum Beurteilen, Schwarz, Weiß, Karos</translation>
</message>
<message>
<source>Half is a natural look; all of it shows both exposures alike, and looks flatter.</source>
<translation>Die Hälfte sieht natürlich aus; alles zeigt beide Belichtungen gleich und wirkt flacher.</translation>
</message>
<message>
<source>Halves the memory budget and runs again</source>
<translation>Halbiert den Arbeitsspeicher und läuft noch einmal</translation>
</message>
<message>
<source>Hide or show the pan&amp;el</source>
<translation>Leiste ein- oder a&amp;usblenden</translation>
</message>
<message>
<source>Highlights</source>
<translation>Lichter</translation>
</message>
<message>
<source>Histogram</source>
<translation>Histogramm</translation>
</message>
<message>
<source>Histogram of {0}: {1}</source>
<translation>Histogramm von {0}: {1}</translation>
</message>
<message>
<source>Hold Space or \</source>
<translation>Leertaste oder \ halten</translation>
</message>
<message>
<source>Hold to see the left picture everywhere  (Space)</source>
<translation>Halten, um überall das linke Bild zu sehen  (Leertaste)</translation>
</message>
<message>
<source>How files are written: their names, colours and quality</source>
<translation>Wie Dateien geschrieben werden: Namen, Farben und Qualität</translation>
</message>
<message>
<source>How much</source>
<translation>Wie stark</translation>
</message>
<message>
<source>How much fine contrast counts in choosing between the exposures.</source>
<translation>Wie viel feiner Kontrast bei der Wahl zwischen den Belichtungen zählt.</translation>
</message>
<message>
<source>How much middle brightness counts in choosing between the exposures; more looks flatter.</source>
<translation>Wie viel mittlere Helligkeit bei der Wahl zwischen den Belichtungen zählt; mehr wirkt flacher.</translation>
</message>
<message>
<source>How much more light the long photo got, by shutter, aperture and ISO. One EV is twice the light.</source>
<translation>Wie viel mehr Licht das lange Foto bekam, nach Verschlusszeit, Blende und ISO. Ein EV ist doppelt so viel Licht.</translation>
</message>
<message>
<source>How much of the result is shown and saved; the rest is the short photo in the long one's brightness. Nothing is run again. Double click for all of it.</source>
<translation>Wie viel vom Ergebnis gezeigt und gespeichert wird; der Rest ist das kurze Foto in der Helligkeit des langen. Nichts läuft noch einmal. Doppelklick für das ganze Ergebnis.</translation>
</message>
<message>
<source>How much saturated colours count in choosing between the exposures.</source>
<translation>Wie viel satte Farben bei der Wahl zwischen den Belichtungen zählen.</translation>
</message>
<message>
<source>How often LSD2 looks at the pair. Quick is its network alone, as in the paper. Normal finds the blur with its result and looks again, the classical way. Best has the network look four times, and FDnCNN denoise the short photo for the classical look: for the picture that matters. Where that adds nothing, the result says so.</source>
<translation>Wie oft LSD2 das Paar ansieht. Schnell ist sein Netz allein, wie im Artikel. Normal findet mit dessen Ergebnis die Unschärfe und sieht noch einmal hin, auf klassische Art. Beste lässt das Netz viermal hinsehen und für den klassischen Blick FDnCNN das kurze Foto entrauschen: für das Bild, auf das es ankommt. Wo das nichts bringt, steht es beim Ergebnis.</translation>
</message>
<message>
<source>How often each value occurs in the compared pictures</source>
<translation>Wie oft jeder Wert in den verglichenen Bildern vorkommt</translation>
</message>
<message>
<source>How the program works</source>
<translation>Wie das Programm arbeitet</translation>
</message>
<message>
<source>How to take and fuse a pair</source>
<translation>Wie ein Paar aufgenommen und verschmolzen wird</translation>
</message>
<message>
<source>In the picture</source>
<translation>Im Bild</translation>
</message>
<message>
<source>It is also written to {0}</source>
<translation>Es steht auch in {0}</translation>
</message>
<message>
<source>Its SHA-256 begins with {0}</source>
<translation>Seine SHA-256 beginnt mit {0}</translation>
</message>
<message>
<source>Its parameters are those of the window</source>
<translation>Mit den Einstellungen des Fensters</translation>
</message>
<message>
<source>Its short and long photos are put together in pairs. You see them before anything runs.</source>
<translation>Kurze und lange Fotos werden zu Paaren zusammengestellt. Sie sehen sie, bevor etwas läuft.</translation>
</message>
<message>
<source>JPEG, 8 bit</source>
<translation>JPEG, 8 Bit</translation>
</message>
<message>
<source>Keep where it was taken</source>
<translation>Aufnahmeort behalten</translation>
</message>
<message>
<source>Keys and mouse</source>
<translation>Tasten und Maus</translation>
</message>
<message>
<source>Kind and gain of the difference</source>
<translation>Art und Verstärkung des Unterschieds</translation>
</message>
<message>
<source>Lamps and windows that the long photo burns out still have their shape in the short one: exposure fusion brings it back after the method.</source>
<translation>Lampen und Fenster, die im langen Foto ausgebrannt sind, haben im kurzen noch ihre Form: Die Belichtungsfusion holt sie nach dem Verfahren zurück.</translation>
</message>
<message>
<source>Language</source>
<translation>Sprache</translation>
</message>
<message>
<source>Last pair at the start</source>
<translation>Letztes Paar beim Start</translation>
</message>
<message>
<source>Last time {0} and {1} were open.</source>
<translation>Letztes Mal waren {0} und {1} geöffnet.</translation>
</message>
<message>
<source>Leave it closed</source>
<translation>Geschlossen lassen</translation>
</message>
<message>
<source>Left as they are</source>
<translation>Unverändert</translation>
</message>
<message>
<source>Left out</source>
<translation>Ausgelassen</translation>
</message>
<message>
<source>Left out unless you ask for it: a shared picture would tell where you live.</source>
<translation>Wird weggelassen, wenn Sie es nicht verlangen: Ein geteiltes Bild verriete, wo Sie wohnen.</translation>
</message>
<message>
<source>Left picture to the right, right picture to the left</source>
<translation>Das linke Bild nach rechts, das rechte nach links</translation>
</message>
<message>
<source>Lens</source>
<translation>Objektiv</translation>
</message>
<message>
<source>Levels from this one on become white: less makes highlights brighter.</source>
<translation>Werte ab hier werden weiß: Weniger macht die Lichter heller.</translation>
</message>
<message>
<source>Levels up to this one become black: more makes shadows deeper. 0 leaves them alone.</source>
<translation>Werte bis hierher werden schwarz: Mehr macht die Schatten tiefer. 0 lässt sie, wie sie sind.</translation>
</message>
<message>
<source>Licence</source>
<translation>Lizenz</translation>
</message>
<message>
<source>Load a sharp re&amp;ference…</source>
<translation>Scharfe &amp;Referenz laden…</translation>
</message>
<message>
<source>Loading the network</source>
<translation>Das Netz wird geladen</translation>
</message>
<message>
<source>Log</source>
<translation>Log</translation>
</message>
<message>
<source>Logarithmic</source>
<translation>Logarithmisch</translation>
</message>
<message>
<source>Long</source>
<translation>Lang</translation>
</message>
<message>
<source>Looking again adds nothing on this pair: the result is the same as with the effort Quick.</source>
<translation>Noch einmal hinzusehen bringt bei diesem Paar nichts: Das Ergebnis ist dasselbe wie mit dem Aufwand Schnell.</translation>
</message>
<message>
<source>Looking for pairs in {0}…</source>
<translation>Paare in {0} werden gesucht…</translation>
</message>
<message>
<source>Looking for pairs…</source>
<translation>Suche nach Paaren…</translation>
</message>
<message>
<source>Loupe &amp;magnification</source>
<translation>Vergrößerung der Lu&amp;pe</translation>
</message>
<message>
<source>Luminance</source>
<translation>Helligkeit</translation>
</message>
<message>
<source>Made already with these settings.</source>
<translation>Mit diesen Einstellungen schon gemacht.</translation>
</message>
<message>
<source>Made on {0}</source>
<translation>Auf {0} gerechnet</translation>
</message>
<message>
<source>Magnify every picture around the pointer</source>
<translation>Jedes Bild um den Zeiger herum vergrößern</translation>
</message>
<message>
<source>Makes one picture of what LSD2's network and a classical look make of a pair.</source>
<translation>Macht ein Bild aus dem, was das Netz von LSD2 und ein klassischer Blick aus einem Paar machen.</translation>
</message>
<message>
<source>Mark in blue what is black in the file</source>
<translation>Blau markieren, was in der Datei schwarz ist</translation>
</message>
<message>
<source>Mark in red what is burnt out in the file</source>
<translation>Rot markieren, was in der Datei ausgebrannt ist</translation>
</message>
<message>
<source>Measured in the short photo when it is open.</source>
<translation>Wird im kurzen Foto gemessen, sobald es geöffnet ist.</translation>
</message>
<message>
<source>Measured in the short photo: {0}</source>
<translation>Im kurzen Foto gemessen: {0}</translation>
</message>
<message>
<source>Measuring the noise</source>
<translation>Das Rauschen wird gemessen</translation>
</message>
<message>
<source>Memory</source>
<translation>Speicher</translation>
</message>
<message>
<source>Method</source>
<translation>Verfahren</translation>
</message>
<message>
<source>Methods</source>
<translation>Verfahren</translation>
</message>
<message>
<source>Min&amp;imap</source>
<translation>Übersichts&amp;karte</translation>
</message>
<message>
<source>Move one picture by itself</source>
<translation>Ein Bild für sich verschieben</translation>
</message>
<message>
<source>Move or resize it; with Ctrl draw another</source>
<translation>Verschieben, ändern; mit Strg neu zeichnen</translation>
</message>
<message>
<source>Move the pictures</source>
<translation>Die Bilder verschieben</translation>
</message>
<message>
<source>Name</source>
<translation>Name</translation>
</message>
<message>
<source>Names, colours and quality of all saved results, in the preferences</source>
<translation>Namen, Farben und Qualität aller gespeicherten Ergebnisse, in den Einstellungen</translation>
</message>
<message>
<source>Network</source>
<translation>Netz</translation>
</message>
<message>
<source>Network {0}, on {1}</source>
<translation>Netz {0}, auf {1}</translation>
</message>
<message>
<source>Networks</source>
<translation>Netze</translation>
</message>
<message>
<source>New here? Try the sample pair; the guide tells how to take your own.</source>
<translation>Neu hier? Probieren Sie das Beispielpaar; die Anleitung sagt, wie Sie eigene aufnehmen.</translation>
</message>
<message>
<source>Next &amp;background</source>
<translation>Nächster Hinter&amp;grund</translation>
</message>
<message>
<source>Next &amp;kind of difference</source>
<translation>Nächste A&amp;rt des Unterschieds</translation>
</message>
<message>
<source>Next &amp;picture at the right</source>
<translation>Rechts nä&amp;chstes Bild</translation>
</message>
<message>
<source>No exposure data</source>
<translation>Keine Belichtungsdaten</translation>
</message>
<message>
<source>No file of that name can be put into {0}: choose another folder or name.</source>
<translation>Eine Datei dieses Namens kann nicht nach {0} gelegt werden: wählen Sie einen anderen Ordner oder Namen.</translation>
</message>
<message>
<source>No model card is installed.</source>
<translation>Es ist keine Modellkarte installiert.</translation>
</message>
<message>
<source>No pairs in this folder</source>
<translation>Keine Paare in diesem Ordner</translation>
</message>
<message>
<source>No pairs were found in {0}: a short and a long photo, shot one right after the other.</source>
<translation>In {0} wurden keine Paare gefunden: ein kurzes und ein langes Foto, gleich nacheinander aufgenommen.</translation>
</message>
<message>
<source>Noise</source>
<translation>Rauschen</translation>
</message>
<message>
<source>Noise left in the result, as sigma where white is 255: less is cleaner</source>
<translation>Rauschen im Ergebnis, als Sigma mit Weiß bei 255: weniger ist sauberer</translation>
</message>
<message>
<source>Noise level</source>
<translation>Rauschpegel</translation>
</message>
<message>
<source>Noise level as given: sigma {0}</source>
<translation>Rauschpegel wie angegeben: Sigma {0}</translation>
</message>
<message>
<source>Noise level, estimated: sigma {0}</source>
<translation>Rauschpegel, geschätzt: Sigma {0}</translation>
</message>
<message>
<source>Noise level, sigma</source>
<translation>Rauschpegel, Sigma</translation>
</message>
<message>
<source>Noise level, sigma, as a slider</source>
<translation>Rauschpegel, Sigma, als Regler</translation>
</message>
<message>
<source>Noise level: automatic or by hand</source>
<translation>Rauschpegel: automatisch oder von Hand</translation>
</message>
<message>
<source>None</source>
<translation>Keines</translation>
</message>
<message>
<source>None yet</source>
<translation>Noch keine</translation>
</message>
<message>
<source>Normal</source>
<translation>Normal</translation>
</message>
<message>
<source>Now drop the {0} exposure of the same scene</source>
<translation>Legen Sie nun die {0} Belichtung derselben Szene ab</translation>
</message>
<message>
<source>Of a JPEG: 95 cannot be told from the original; less makes smaller files.</source>
<translation>Eines JPEG: 95 ist vom Original nicht zu unterscheiden; weniger macht kleinere Dateien.</translation>
</message>
<message>
<source>Offer to open it</source>
<translation>Anbieten, es zu öffnen</translation>
</message>
<message>
<source>One pair in {0}</source>
<translation>Ein Paar in {0}</translation>
</message>
<message>
<source>One pixel of the photo on one pixel of the screen</source>
<translation>Ein Bildpunkt des Fotos auf einem Bildpunkt des Schirms</translation>
</message>
<message>
<source>One sharp, clean photo from a short and a long exposure. Works offline; nothing is sent anywhere.</source>
<translation>Ein scharfes, sauberes Foto aus einer kurzen und einer langen Belichtung. Arbeitet ohne Netz; nichts wird irgendwohin gesendet.</translation>
</message>
<message>
<source>Open a fol&amp;der…</source>
<translation>Or&amp;dner öffnen…</translation>
</message>
<message>
<source>Open in the window</source>
<translation>Im Fenster öffnen</translation>
</message>
<message>
<source>Open it</source>
<translation>Öffnen</translation>
</message>
<message>
<source>Open photos…</source>
<translation>Fotos öffnen…</translation>
</message>
<message>
<source>Open the last pair</source>
<translation>Letztes Paar öffnen</translation>
</message>
<message>
<source>Open the last pair a&amp;gain</source>
<translation>&amp;Letztes Paar wieder öffnen</translation>
</message>
<message>
<source>Open the sample &amp;pair</source>
<translation>Beispiel&amp;paar öffnen</translation>
</message>
<message>
<source>Opening the photos…</source>
<translation>Die Fotos werden geöffnet…</translation>
</message>
<message>
<source>Opening…</source>
<translation>Wird geöffnet…</translation>
</message>
<message>
<source>Other pairs in this fo&amp;lder</source>
<translation>&amp;Andere Paare in diesem Ordner</translation>
</message>
<message>
<source>P&amp;revious picture at the right</source>
<translation>Rechts vor&amp;heriges Bild</translation>
</message>
<message>
<source>PDF (*.pdf)</source>
<translation>PDF (*.pdf)</translation>
</message>
<message>
<source>PNG, 16 bit</source>
<translation>PNG, 16 Bit</translation>
</message>
<message>
<source>PSNR against the reference photo: more is nearer</source>
<translation>PSNR gegen das Referenzfoto: mehr ist näher</translation>
</message>
<message>
<source>Pair</source>
<translation>Paar</translation>
</message>
<message>
<source>Pairs of the folder</source>
<translation>Paare des Ordners</translation>
</message>
<message>
<source>Pairs: {0}</source>
<translation>Paare: {0}</translation>
</message>
<message>
<source>Part {0}: {1} × {2} pixels at {3}, {4}</source>
<translation>Ausschnitt {0}: {1} × {2} Pixel bei {3}, {4}</translation>
</message>
<message>
<source>Parts for the comparison sheet</source>
<translation>Ausschnitte für das Vergleichsblatt</translation>
</message>
<message>
<source>Pause</source>
<translation>Pause</translation>
</message>
<message>
<source>Photo data</source>
<translation>Fotodaten</translation>
</message>
<message>
<source>Photos</source>
<translation>Fotos</translation>
</message>
<message>
<source>Photos that stay alone, and why</source>
<translation>Fotos, die einzeln bleiben, und warum</translation>
</message>
<message>
<source>Picture</source>
<translation>Bild</translation>
</message>
<message>
<source>Picture (*.png)</source>
<translation>Bild (*.png)</translation>
</message>
<message>
<source>Picture at the left</source>
<translation>Linkes Bild</translation>
</message>
<message>
<source>Picture at the right</source>
<translation>Rechtes Bild</translation>
</message>
<message>
<source>Pictures</source>
<translation>Bilder</translation>
</message>
<message>
<source>Pixel under the pointer</source>
<translation>Bildpunkt unter dem Zeiger</translation>
</message>
<message>
<source>Pixel v&amp;alues</source>
<translation>Pixel&amp;werte</translation>
</message>
<message>
<source>Pre&amp;vious pair of the folder</source>
<translation>&amp;Voriges Paar des Ordners</translation>
</message>
<message>
<source>Preferences</source>
<translation>Einstellungen</translation>
</message>
<message>
<source>Preparing the file: keep the button pressed…</source>
<translation>Die Datei wird vorbereitet: Taste gedrückt halten…</translation>
</message>
<message>
<source>Preview of the photos being opened</source>
<translation>Vorschau der Fotos, die geöffnet werden</translation>
</message>
<message>
<source>Processing</source>
<translation>Verarbeitung</translation>
</message>
<message>
<source>Processor (CPU)</source>
<translation>Prozessor (CPU)</translation>
</message>
<message>
<source>Profile of the photo</source>
<translation>Profil des Fotos</translation>
</message>
<message>
<source>Profile of the screen</source>
<translation>Profil des Bildschirms</translation>
</message>
<message>
<source>Profiles (*.icc *.icm)</source>
<translation>Profile (*.icc *.icm)</translation>
</message>
<message>
<source>Progress</source>
<translation>Fortschritt</translation>
</message>
<message>
<source>Progress of {0}</source>
<translation>Fortschritt von {0}</translation>
</message>
<message>
<source>Put m&amp;oved panes back</source>
<translation>Verschobene Bilder &amp;zurücksetzen</translation>
</message>
<message>
<source>Put the result on the clipboard, in 8 bits</source>
<translation>Das Ergebnis in die Zwischenablage legen, mit 8 Bit</translation>
</message>
<message>
<source>Quality</source>
<translation>Qualität</translation>
</message>
<message>
<source>Quick: the network alone</source>
<translation>Schnell: das Netz allein</translation>
</message>
<message>
<source>R</source>
<translation>R</translation>
</message>
<message>
<source>R&amp;emove the reference</source>
<translation>Referenz &amp;entfernen</translation>
</message>
<message>
<source>Reading the photos</source>
<translation>Die Fotos werden gelesen</translation>
</message>
<message>
<source>Reading {0} of {1} files</source>
<translation>Lese {0} von {1} Dateien</translation>
</message>
<message>
<source>Red</source>
<translation>Rot</translation>
</message>
<message>
<source>Reference</source>
<translation>Referenz</translation>
</message>
<message>
<source>Remove the res&amp;ult</source>
<translation>Er&amp;gebnis entfernen</translation>
</message>
<message>
<source>Remove this result</source>
<translation>Dieses Ergebnis entfernen</translation>
</message>
<message>
<source>Result 1 to 9 at the right</source>
<translation>Rechts Ergebnis 1 bis 9</translation>
</message>
<message>
<source>Results</source>
<translation>Ergebnisse</translation>
</message>
<message>
<source>Results are measured against {0}.</source>
<translation>Ergebnisse werden an {0} gemessen.</translation>
</message>
<message>
<source>Retry failed</source>
<translation>Fehlgeschlagene wiederholen</translation>
</message>
<message>
<source>Right minus left, made visible; again for the next kind</source>
<translation>Rechts minus links, sichtbar gemacht; noch einmal für die nächste Art</translation>
</message>
<message>
<source>Roles as you chose</source>
<translation>Rollen wie von Ihnen gewählt</translation>
</message>
<message>
<source>Roles guessed: {0}</source>
<translation>Rollen erkannt: {0}</translation>
</message>
<message>
<source>Run &amp;all methods</source>
<translation>&amp;Alle Verfahren ausführen</translation>
</message>
<message>
<source>Run on the &amp;visible part</source>
<translation>Auf dem &amp;sichtbaren Teil ausführen</translation>
</message>
<message>
<source>Run on the &amp;whole photo</source>
<translation>Auf dem &amp;ganzen Foto ausführen</translation>
</message>
<message>
<source>Run the ticked methods, or save this result.</source>
<translation>Angekreuzte ausführen, oder dies speichern.</translation>
</message>
<message>
<source>Run {0} methods on:</source>
<translation>{0} Verfahren laufen lassen:</translation>
</message>
<message>
<source>Run {0} on the whole photo</source>
<translation>{0} auf dem ganzen Foto ausführen</translation>
</message>
<message>
<source>Run {0} on:</source>
<translation>{0} laufen lassen:</translation>
</message>
<message>
<source>Runs every method on the whole photo; one for comparison only if it is ticked</source>
<translation>Führt jedes Verfahren auf dem ganzen Foto aus; ein bloßes Vergleichsverfahren nur, wenn es angekreuzt ist</translation>
</message>
<message>
<source>Runs on</source>
<translation>Läuft auf</translation>
</message>
<message>
<source>Runs the ticked methods on the whole photo</source>
<translation>Führt die angekreuzten Verfahren auf dem ganzen Foto aus</translation>
</message>
<message>
<source>Runs the ticked methods on what is on the screen: soon done, and just as the whole photo will look</source>
<translation>Führt die angekreuzten Verfahren auf dem aus, was auf dem Schirm ist: schnell fertig und genau so, wie das ganze Foto aussehen wird</translation>
</message>
<message>
<source>SSIM</source>
<translation>SSIM</translation>
</message>
<message>
<source>Save</source>
<translation>Speichern</translation>
</message>
<message>
<source>Save co&amp;mparison…</source>
<translation>Ver&amp;gleichsblatt speichern…</translation>
</message>
<message>
<source>Save elsewhere</source>
<translation>Anderswo speichern</translation>
</message>
<message>
<source>Save the comparison sheet</source>
<translation>Vergleichsblatt speichern</translation>
</message>
<message>
<source>Save the result</source>
<translation>Ergebnis speichern</translation>
</message>
<message>
<source>Save the sheet…</source>
<translation>Blatt speichern…</translation>
</message>
<message>
<source>Saved to {0}</source>
<translation>Gespeichert unter {0}</translation>
</message>
<message>
<source>Saved. Drop two photos for a new pair.</source>
<translation>Gespeichert. Legen Sie zwei Fotos für ein neues Paar ab.</translation>
</message>
<message>
<source>Save…</source>
<translation>Speichern…</translation>
</message>
<message>
<source>Saving</source>
<translation>Speichern</translation>
</message>
<message>
<source>Saving waits until the short photo is matched for this strength.</source>
<translation>Gespeichert werden kann, sobald das kurze Foto für diese Stärke angeglichen ist.</translation>
</message>
<message>
<source>Saving {0} results…</source>
<translation>{0} Ergebnisse werden gespeichert…</translation>
</message>
<message>
<source>Saving {0}…</source>
<translation>{0} wird gespeichert…</translation>
</message>
<message>
<source>Saving, then closing…</source>
<translation>Wird gespeichert, dann geschlossen…</translation>
</message>
<message>
<source>Seconds that the method itself took</source>
<translation>Sekunden, die das Verfahren selbst brauchte</translation>
</message>
<message>
<source>See the left picture everywhere</source>
<translation>Überall das linke Bild sehen</translation>
</message>
<message>
<source>Sensitivity</source>
<translation>Empfindlichkeit</translation>
</message>
<message>
<source>Settings of {0}</source>
<translation>Einstellungen von {0}</translation>
</message>
<message>
<source>Sharp</source>
<translation>Scharf</translation>
</message>
<message>
<source>Sharp, but dark and noisy</source>
<translation>Scharf, aber verrauscht</translation>
</message>
<message>
<source>Sharpness of the result alone: more is sharper, but noise counts too</source>
<translation>Schärfe des Ergebnisses für sich: mehr ist schärfer, aber Rauschen zählt mit</translation>
</message>
<message>
<source>Shift + drag</source>
<translation>Umschalt + Ziehen</translation>
</message>
<message>
<source>Shifts and turns the long photo onto the short one. Needed for hand-held pairs; harmless on a tripod.</source>
<translation>Verschiebt und dreht das lange Foto auf das kurze. Nötig bei Aufnahmen aus der Hand, unschädlich mit Stativ.</translation>
</message>
<message>
<source>Short</source>
<translation>Kurz</translation>
</message>
<message>
<source>Short  ·  shown {0} brighter</source>
<translation>Kurz  ·  um {0} heller gezeigt</translation>
</message>
<message>
<source>Short and long are the same file: choose another photo.</source>
<translation>Kurz und lang sind dieselbe Datei: Wählen Sie ein anderes Foto.</translation>
</message>
<message>
<source>Show in &amp;folder</source>
<translation>Im &amp;Ordner zeigen</translation>
</message>
<message>
<source>Show in folder</source>
<translation>Im Ordner zeigen</translation>
</message>
<message>
<source>Show results</source>
<translation>Ergebnisse zeigen</translation>
</message>
<message>
<source>Show the pairs of a folder below the picture</source>
<translation>Die Paare eines Ordners unter dem Bild zeigen</translation>
</message>
<message>
<source>Show the pairs of the folder that the open photos are in</source>
<translation>Die Paare des Ordners zeigen, in dem die geöffneten Fotos liegen</translation>
</message>
<message>
<source>Show the whole picture</source>
<translation>Das ganze Bild zeigen</translation>
</message>
<message>
<source>Show this section</source>
<translation>Diesen Abschnitt ausklappen</translation>
</message>
<message>
<source>Shown as bright as the long photo, so that the two can be compared; its file stays as it is.</source>
<translation>So hell gezeigt wie das lange Foto, damit sich beide vergleichen lassen; seine Datei bleibt, wie sie ist.</translation>
</message>
<message>
<source>Shows in orange what exposure fusion took from the short photo</source>
<translation>Zeigt in Orange, was die Belichtungsfusion aus dem kurzen Foto nahm</translation>
</message>
<message>
<source>Shutter</source>
<translation>Belichtungszeit</translation>
</message>
<message>
<source>Si&amp;de by side</source>
<translation>&amp;Nebeneinander</translation>
</message>
<message>
<source>Sigma {0}, measured in the short photo.</source>
<translation>Sigma {0}, im kurzen Foto gemessen.</translation>
</message>
<message>
<source>Sigma: the standard deviation of the noise, where white is 255. Too little leaves noise, too much takes fine detail away. Double click on the slider goes back to the estimate.</source>
<translation>Sigma: die Standardabweichung des Rauschens, mit Weiß bei 255. Zu wenig lässt Rauschen übrig, zu viel nimmt feine Einzelheiten weg. Ein Doppelklick auf den Regler stellt die Schätzung wieder her.</translation>
</message>
<message>
<source>Size</source>
<translation>Größe</translation>
</message>
<message>
<source>Something went wrong</source>
<translation>Etwas ist schiefgegangen</translation>
</message>
<message>
<source>Start</source>
<translation>Start</translation>
</message>
<message>
<source>Start with two photos of the same scene.</source>
<translation>Beginnen Sie mit zwei Fotos derselben Szene.</translation>
</message>
<message>
<source>Starting…</source>
<translation>Beginnt…</translation>
</message>
<message>
<source>State</source>
<translation>Stand</translation>
</message>
<message>
<source>Stops at once; what is done stays, and Start goes on from there</source>
<translation>Hält sofort an; was fertig ist, bleibt, und Start macht dort weiter</translation>
</message>
<message>
<source>Strength</source>
<translation>Stärke</translation>
</message>
<message>
<source>Strong colours</source>
<translation>Satte Farben</translation>
</message>
<message>
<source>Structural similarity with the reference photo: 1 is equal</source>
<translation>Strukturelle Ähnlichkeit mit dem Referenzfoto: 1 ist gleich</translation>
</message>
<message>
<source>Sub-folders, too</source>
<translation>Auch Unterordner</translation>
</message>
<message>
<source>Such as {0}</source>
<translation>Zum Beispiel {0}</translation>
</message>
<message>
<source>Swap short and long</source>
<translation>Kurz und lang tauschen</translation>
</message>
<message>
<source>TIFF, 16 bit</source>
<translation>TIFF, 16 Bit</translation>
</message>
<message>
<source>Ta&amp;ken from the short photo</source>
<translation>Aus dem &amp;kurzen Foto entnommen</translation>
</message>
<message>
<source>Take part {0} off the sheet</source>
<translation>Ausschnitt {0} vom Blatt nehmen</translation>
</message>
<message>
<source>Taken</source>
<translation>Aufgenommen</translation>
</message>
<message>
<source>Takes effect at the next start.</source>
<translation>Gilt ab dem nächsten Start.</translation>
</message>
<message>
<source>Takes the result on the screen off the list; files are left alone</source>
<translation>Nimmt das Ergebnis auf dem Schirm von der Liste; Dateien bleiben unberührt</translation>
</message>
<message>
<source>The file is ready now: drag the result again.</source>
<translation>Die Datei ist jetzt bereit: Das Ergebnis noch einmal ziehen.</translation>
</message>
<message>
<source>The last pair cannot be opened: {0} is no longer there.</source>
<translation>Das letzte Paar kann nicht geöffnet werden: {0} ist nicht mehr da.</translation>
</message>
<message>
<source>The log cannot be read: {0}</source>
<translation>Das Protokoll kann nicht gelesen werden: {0}</translation>
</message>
<message>
<source>The long photo</source>
<translation>Dem langen Foto</translation>
</message>
<message>
<source>The long photo was not moved: {0}</source>
<translation>Das lange Foto wurde nicht verschoben: {0}</translation>
</message>
<message>
<source>The photos, their roles and what was chosen; also after the program or the computer stopped in the middle.</source>
<translation>Die Fotos, ihre Rollen und was gewählt war; auch nachdem das Programm oder der Computer mittendrin stehen blieb.</translation>
</message>
<message>
<source>The profile that the system has for the screen is found on X11 and Windows; elsewhere, and without one, the screen is taken for sRGB. You can also choose what it is, or the file that a calibration made for it. Only what you see changes, never a file.</source>
<translation>Das Profil, das das System für den Bildschirm hat, wird unter X11 und Windows gefunden; sonst, und wo keines ist, gilt der Bildschirm als sRGB. Sie können auch wählen, was er ist, oder die Datei, die eine Kalibrierung für ihn gemacht hat. Nur was Sie sehen, ändert sich, nie eine Datei.</translation>
</message>
<message>
<source>The program did not come to its end last time. Its photos are unharmed: {0} and {1}.</source>
<translation>Das Programm kam letztes Mal nicht zu seinem Ende. Die Fotos sind unversehrt: {0} und {1}.</translation>
</message>
<message>
<source>The program made a mistake. Your photos are safe, and you can go on.</source>
<translation>Das Programm hat einen Fehler gemacht. Ihre Fotos sind sicher, und Sie können weiterarbeiten.</translation>
</message>
<message>
<source>The result has its colours and its brightness.</source>
<translation>Das Ergebnis hat seine Farben und seine Helligkeit.</translation>
</message>
<message>
<source>The result on the screen: {0}</source>
<translation>Das gezeigte Ergebnis: {0}</translation>
</message>
<message>
<source>The short photo</source>
<translation>Dem kurzen Foto</translation>
</message>
<message>
<source>The short photo becomes the long one, and the long one the short one</source>
<translation>Das kurze Foto wird zum langen und das lange zum kurzen</translation>
</message>
<message>
<source>The short photo is being matched for this strength: drag the result again then.</source>
<translation>Das kurze Foto wird noch für diese Stärke angeglichen: ziehen Sie das Ergebnis danach noch einmal.</translation>
</message>
<message>
<source>The trained weights. Others can be added by 'lsd2 weights import'.</source>
<translation>Die trainierten Gewichte. Weitere lassen sich mit „lsd2 weights import“ hinzufügen.</translation>
</message>
<message>
<source>There is no file {0}.</source>
<translation>Es gibt keine Datei {0}.</translation>
</message>
<message>
<source>These two cannot be fused: choose photos of one size.</source>
<translation>Diese beiden lassen sich nicht verschmelzen: wählen Sie gleich große Fotos.</translation>
</message>
<message>
<source>This is the visible part. Run the whole photo to save it.</source>
<translation>Das ist der sichtbare Teil. Lassen Sie das ganze Foto laufen, um es zu speichern.</translation>
</message>
<message>
<source>Tick a method.</source>
<translation>Kreuzen Sie ein Verfahren an.</translation>
</message>
<message>
<source>To the &amp;left, or up</source>
<translation>Nach &amp;links oder oben</translation>
</message>
<message>
<source>To the &amp;middle</source>
<translation>In die &amp;Mitte</translation>
</message>
<message>
<source>To the &amp;right, or down</source>
<translation>Nach &amp;rechts oder unten</translation>
</message>
<message>
<source>Try again</source>
<translation>Noch einmal versuchen</translation>
</message>
<message>
<source>Try again with &amp;less memory</source>
<translation>Mit weniger &amp;Speicher versuchen</translation>
</message>
<message>
<source>Try the sample pair</source>
<translation>Beispielpaar ausprobieren</translation>
</message>
<message>
<source>Try with less memory</source>
<translation>Mit weniger Speicher</translation>
</message>
<message>
<source>Two photos of the same dark scene: one short, sharp but noisy; one long, clean but blurred.</source>
<translation>Zwei Fotos einer dunklen Szene: kurz, scharf, verrauscht; lang, sauber, verwackelt.</translation>
</message>
<message>
<source>Two pictures beside each other, moved together</source>
<translation>Zwei Bilder nebeneinander, gemeinsam verschoben</translation>
</message>
<message>
<source>Two pictures with a divider between them</source>
<translation>Zwei Bilder mit einer Trennlinie dazwischen</translation>
</message>
<message>
<source>Type per cent, or 'fit'</source>
<translation>Prozent eintippen, oder „einpassen“</translation>
</message>
<message>
<source>Type per cent, such as 50, or 'fit'.</source>
<translation>Prozent eintippen, etwa 50, oder „einpassen“.</translation>
</message>
<message>
<source>Undo what dragging with Shift did</source>
<translation>Zurücknehmen, was Ziehen mit Umschalt bewirkt hat</translation>
</message>
<message>
<source>Up to nine pictures, moved together</source>
<translation>Bis zu neun Bilder, gemeinsam verschoben</translation>
</message>
<message>
<source>Upright or level; side by side or one above the other</source>
<translation>Senkrecht oder waagrecht; nebeneinander oder übereinander</translation>
</message>
<message>
<source>User &amp;guide</source>
<translation>An&amp;leitung</translation>
</message>
<message>
<source>User guide</source>
<translation>Anleitung</translation>
</message>
<message>
<source>Values at the pointer in every picture, in 8 bits and in linear light</source>
<translation>Werte am Zeiger in jedem Bild, in 8 Bit und in linearem Licht</translation>
</message>
<message>
<source>Version {0}</source>
<translation>Version {0}</translation>
</message>
<message>
<source>Version, licences, networks</source>
<translation>Version, Lizenzen, Netze</translation>
</message>
<message>
<source>Version, system and the log, for a report</source>
<translation>Version, System und Protokoll, für einen Bericht</translation>
</message>
<message>
<source>Visible part</source>
<translation>Sichtbarer Teil</translation>
</message>
<message>
<source>Waiting</source>
<translation>Wartet</translation>
</message>
<message>
<source>What decides between the exposures, and which levels become black and white</source>
<translation>Was zwischen den Belichtungen entscheidet, und welche Werte schwarz und weiß werden</translation>
</message>
<message>
<source>What follows is in English.</source>
<translation>Was nun folgt, gibt es nur auf Englisch.</translation>
</message>
<message>
<source>What it stands on</source>
<translation>Worauf es beruht</translation>
</message>
<message>
<source>What the program noted, to send with a report</source>
<translation>Was das Programm notiert hat, für einen Bericht</translation>
</message>
<message>
<source>Wheel, pinch</source>
<translation>Mausrad, zwei Finger</translation>
</message>
<message>
<source>Where {0} comes from</source>
<translation>Woher {0} kommt</translation>
</message>
<message>
<source>Which pictures the grid shows</source>
<translation>Welche Bilder das Raster zeigt</translation>
</message>
<message>
<source>Which results the sheet shows, beside the two photos</source>
<translation>Welche Ergebnisse das Blatt neben den beiden Fotos zeigt</translation>
</message>
<message>
<source>White point</source>
<translation>Weißpunkt</translation>
</message>
<message>
<source>White point: automatic or by hand</source>
<translation>Weißpunkt: automatisch oder von Hand</translation>
</message>
<message>
<source>Whole photo</source>
<translation>Ganzes Foto</translation>
</message>
<message>
<source>Why they are a pair</source>
<translation>Warum sie ein Paar sind</translation>
</message>
<message>
<source>Working memory of a run, beside the photos. Less is slower but fits smaller computers.</source>
<translation>Arbeitsspeicher eines Durchgangs, neben den Fotos. Weniger ist langsamer, passt aber auf kleinere Computer.</translation>
</message>
<message>
<source>Write beside it how it was made</source>
<translation>Daneben schreiben, wie es entstand</translation>
</message>
<message>
<source>Write the result, or all results, to files</source>
<translation>Das Ergebnis oder alle Ergebnisse in Dateien schreiben</translation>
</message>
<message>
<source>Writing the file</source>
<translation>Die Datei wird geschrieben</translation>
</message>
<message>
<source>You can zoom and compare meanwhile.</source>
<translation>Sie können unterdessen zoomen und vergleichen.</translation>
</message>
<message>
<source>Zoom</source>
<translation>Zoom</translation>
</message>
<message>
<source>Zoom &amp;in</source>
<translation>Ver&amp;größern</translation>
</message>
<message>
<source>Zoom &amp;out</source>
<translation>Ver&amp;kleinern</translation>
</message>
<message>
<source>Zoom at the pointer</source>
<translation>Am Zeiger zoomen</translation>
</message>
<message>
<source>Zoom to a &amp;value…</source>
<translation>Zoom auf &amp;Wert…</translation>
</message>
<message>
<source>Zoom: type per cent, or 'fit'  (P)</source>
<translation>Zoom: Prozent eintippen, oder „einpassen“  (P)</translation>
</message>
<message>
<source>about {0} left</source>
<translation>noch etwa {0}</translation>
</message>
<message>
<source>absolute</source>
<translation>absolut</translation>
</message>
<message>
<source>and {0} more</source>
<translation>und {0} weitere</translation>
</message>
<message>
<source>at {0} %</source>
<translation>bei {0} %</translation>
</message>
<message>
<source>best</source>
<translation>beste</translation>
</message>
<message>
<source>black {0}   white {1}</source>
<translation>schwarz {0}   weiß {1}</translation>
</message>
<message>
<source>cancelling…</source>
<translation>wird abgebrochen…</translation>
</message>
<message>
<source>dB</source>
<translation>dB</translation>
</message>
<message>
<source>done</source>
<translation>fertig</translation>
</message>
<message>
<source>failed</source>
<translation>misslungen</translation>
</message>
<message>
<source>fit</source>
<translation>einpassen</translation>
</message>
<message>
<source>folded</source>
<translation>eingeklappt</translation>
</message>
<message>
<source>linear</source>
<translation>linear</translation>
</message>
<message>
<source>long</source>
<translation>lange</translation>
</message>
<message>
<source>luminance</source>
<translation>Helligkeit</translation>
</message>
<message>
<source>no network installed</source>
<translation>kein Netz installiert</translation>
</message>
<message>
<source>parameters</source>
<translation>Parameter</translation>
</message>
<message>
<source>parts of the sheet</source>
<translation>Ausschnitte des Vergleichsblatts</translation>
</message>
<message>
<source>photos or settings changed since</source>
<translation>Fotos oder Einstellungen geändert</translation>
</message>
<message>
<source>profile of the photo</source>
<translation>Profil des Fotos</translation>
</message>
<message>
<source>quality {0}</source>
<translation>Qualität {0}</translation>
</message>
<message>
<source>quick</source>
<translation>schnell</translation>
</message>
<message>
<source>roles</source>
<translation>Rollen</translation>
</message>
<message>
<source>s</source>
<translation>s</translation>
</message>
<message>
<source>sRGB, or unknown (values as they are)</source>
<translation>sRGB oder unbekannt (Werte, wie sie sind)</translation>
</message>
<message>
<source>sRGB: right everywhere</source>
<translation>sRGB: überall richtig</translation>
</message>
<message>
<source>saved as {0}</source>
<translation>gespeichert als {0}</translation>
</message>
<message>
<source>settings changed</source>
<translation>Einstellungen geändert</translation>
</message>
<message>
<source>short</source>
<translation>kurze</translation>
</message>
<message>
<source>short photo</source>
<translation>kurzes Foto</translation>
</message>
<message>
<source>signed</source>
<translation>mit Vorzeichen</translation>
</message>
<message>
<source>stops after this pair</source>
<translation>hält nach diesem Paar an</translation>
</message>
<message>
<source>strength</source>
<translation>Stärke</translation>
</message>
<message>
<source>the graphics card</source>
<translation>der Grafikkarte</translation>
</message>
<message>
<source>the processor</source>
<translation>dem Prozessor</translation>
</message>
<message>
<source>the sizes differ ({0} x {1} and {2} x {3}): choose two photos of one size</source>
<translation>die Größen sind verschieden ({0} x {1} und {2} x {3}): wählen Sie zwei gleich große Fotos</translation>
</message>
<message>
<source>there is no folder {0}</source>
<translation>es gibt keinen Ordner {0}</translation>
</message>
<message>
<source>ticked ones are run</source>
<translation>angekreuzte laufen</translation>
</message>
<message>
<source>under {0}</source>
<translation>unter {0}</translation>
</message>
<message>
<source>unfolded</source>
<translation>ausgeklappt</translation>
</message>
<message>
<source>visible part</source>
<translation>sichtbarer Teil</translation>
</message>
<message>
<source>visible part done</source>
<translation>sichtbarer Teil fertig</translation>
</message>
<message>
<source>waiting</source>
<translation>wartet</translation>
</message>
<message>
<source>with a recipe</source>
<translation>mit Rezept</translation>
</message>
<message>
<source>with its position</source>
<translation>mit Aufnahmeort</translation>
</message>
<message>
<source>without its position</source>
<translation>ohne Aufnahmeort</translation>
</message>
<message>
<source>{0}
Drag it to another program or a folder to have it as a file.</source>
<translation>{0}
In ein anderes Programm oder einen Ordner ziehen, um eine Datei zu bekommen.</translation>
</message>
<message>
<source>{0}  ·  moved by {1}, {2} px</source>
<translation>{0}  ·  um {1}, {2} px verschoben</translation>
</message>
<message>
<source>{0}  ·  orange: from the short photo, {1}</source>
<translation>{0}  ·  orange: aus dem kurzen Foto, {1}</translation>
</message>
<message>
<source>{0} %</source>
<translation>{0} %</translation>
</message>
<message>
<source>{0} + {1}  ({2})</source>
<translation>{0} + {1}  ({2})</translation>
</message>
<message>
<source>{0} EV</source>
<translation>{0} EV</translation>
</message>
<message>
<source>{0} EV apart</source>
<translation>{0} EV Abstand</translation>
</message>
<message>
<source>{0} failed</source>
<translation>{0} fehlgeschlagen</translation>
</message>
<message>
<source>{0} files were given: {1} taken, the first by name.</source>
<translation>{0} Dateien wurden übergeben: {1} genommen, die ersten nach dem Namen.</translation>
</message>
<message>
<source>{0} h {1} min</source>
<translation>{0} h {1} min</translation>
</message>
<message>
<source>{0} is done: {1}.</source>
<translation>{0} ist fertig: {1}.</translation>
</message>
<message>
<source>{0} is missing: install the program again.</source>
<translation>{0} fehlt: installieren Sie das Programm neu.</translation>
</message>
<message>
<source>{0} is not of the size of the short photo: choose a sharp photo of the same scene and size.</source>
<translation>{0} hat nicht die Größe des kurzen Fotos: Wählen Sie ein scharfes Foto derselben Szene und Größe.</translation>
</message>
<message>
<source>{0} is open already: add the other photo.</source>
<translation>{0} ist schon geöffnet: Fügen Sie das andere Foto hinzu.</translation>
</message>
<message>
<source>{0} left</source>
<translation>noch {0}</translation>
</message>
<message>
<source>{0} million parameters</source>
<translation>{0} Millionen Gewichte</translation>
</message>
<message>
<source>{0} min {1} s</source>
<translation>{0} min {1} s</translation>
</message>
<message>
<source>{0} of {1} pairs done</source>
<translation>{0} von {1} Paaren fertig</translation>
</message>
<message>
<source>{0} of {1} results</source>
<translation>{0} von {1} Ergebnissen</translation>
</message>
<message>
<source>{0} pairs in {1}</source>
<translation>{0} Paare in {1}</translation>
</message>
<message>
<source>{0} s</source>
<translation>{0} s</translation>
</message>
<message>
<source>{0} was given twice: add the other photo of the pair.</source>
<translation>{0} wurde zweimal angegeben: fügen Sie das andere Foto des Paars hinzu.</translation>
</message>
<message>
<source>{0} − {1}  ·  {2} difference × {3}</source>
<translation>{0} − {1}  ·  Unterschied {2} × {3}</translation>
</message>
<message>
<source>{0}, about {1} left</source>
<translation>{0}, noch etwa {1}</translation>
</message>
<message>
<source>{0}, in the making</source>
<translation>{0}, in Arbeit</translation>
</message>
<message>
<source>{0}, {1} bit</source>
<translation>{0}, {1} Bit</translation>
</message>
<message>
<source>{0}: {1}</source>
<translation>{0}: {1}</translation>
</message>
</context>
<context>
<name>library</name>
<message>
<source>; {0} that it does not show was filled from the short one</source>
<translation>; {0} davon, die es nicht zeigt, wurden aus dem kurzen gefüllt</translation>
</message>
<message>
<source>Adobe RGB compatible</source>
<translation>Verträglich mit Adobe RGB</translation>
</message>
<message>
<source>BM3D takes (H, W, 3) or (H, W) pixels, not {0}</source>
<translation>BM3D nimmt (H, W, 3) oder (H, W) Bildpunkte, nicht {0}</translation>
</message>
<message>
<source>Deblurs by the pair's own blur kernel; for scenes in which nothing moves.</source>
<translation>Schärft mit dem eigenen Verwacklungskern des Paars; für Szenen, in denen sich nichts bewegt.</translation>
</message>
<message>
<source>Denoises the short frame by a trained network.</source>
<translation>Entrauscht das kurze Bild durch ein trainiertes Netz.</translation>
</message>
<message>
<source>Denoises the short frame by block matching; no network.</source>
<translation>Entrauscht das kurze Bild durch Blockvergleich; ohne Netz.</translation>
</message>
<message>
<source>FDnCNN for colour</source>
<translation>FDnCNN für Farbe</translation>
</message>
<message>
<source>FDnCNN for grey pictures</source>
<translation>FDnCNN für graue Bilder</translation>
</message>
<message>
<source>For comparison only: trained on synthetic pairs alone, weaker on real photos.</source>
<translation>Nur zum Vergleich: künstlich trainiert, bei echten Fotos schwächer.</translation>
</message>
<message>
<source>Fuses the frames as they are; noise and blur stay.</source>
<translation>Verschmilzt die Bilder, wie sie sind; Rauschen und Unschärfe bleiben.</translation>
</message>
<message>
<source>Fuses the sharp short frame and the clean long frame by a trained network.</source>
<translation>Verschmilzt das scharfe kurze und das saubere lange Bild durch ein trainiertes Netz.</translation>
</message>
<message>
<source>LSD2's network as the paper trains it, on its synthetic pairs alone; for comparison.</source>
<translation>Das Netz von LSD2, trainiert wie in der Veröffentlichung, nur mit deren künstlichen Paaren; zum Vergleich.</translation>
</message>
<message>
<source>LSD2, paper's recipe</source>
<translation>LSD2 (Artikel)</translation>
</message>
<message>
<source>Long, registered</source>
<translation>Lang, ausgerichtet</translation>
</message>
<message>
<source>MEF-SSIM needs at least {0}x{1} pixels</source>
<translation>MEF-SSIM braucht mindestens {0}x{1} Bildpunkte</translation>
</message>
<message>
<source>MEF-SSIM needs two or more exposures of the fused picture's size</source>
<translation>MEF-SSIM braucht zwei oder mehr Belichtungen in der Größe des verschmolzenen Bildes</translation>
</message>
<message>
<source>No copyright, use freely</source>
<translation>Kein Urheberrecht, frei verwendbar</translation>
</message>
<message>
<source>Plain exposure fusion</source>
<translation>Nur Belichtungsfusion</translation>
</message>
<message>
<source>PyTorch state dict</source>
<translation>PyTorch-Zustand</translation>
</message>
<message>
<source>Rec. 2020 primaries, sRGB curve</source>
<translation>Primärfarben nach Rec. 2020, Kurve von sRGB</translation>
</message>
<message>
<source>SSIM needs at least {0}x{1} pixels, not {2}x{3}</source>
<translation>SSIM braucht mindestens {0}x{1} Bildpunkte, nicht {2}x{3}</translation>
</message>
<message>
<source>Short, matched</source>
<translation>Kurz, angeglichen</translation>
</message>
<message>
<source>The long frame, moved onto the short one.</source>
<translation>Das lange Bild, auf das kurze verschoben.</translation>
</message>
<message>
<source>The photos are still loaded; try again</source>
<translation>Die Fotos sind noch geladen; versuchen Sie es noch einmal</translation>
</message>
<message>
<source>The short frame, as bright as the long one.</source>
<translation>Das kurze Bild, so hell wie das lange.</translation>
</message>
<message>
<source>The worker process could not start (exit code {0}). Try again, or install the program anew.</source>
<translation>Der Rechenprozess konnte nicht starten (Code {0}). Versuchen Sie es noch einmal, oder installieren Sie das Programm neu.</translation>
</message>
<message>
<source>The worker process crashed (signal {0}). {1}.</source>
<translation>Der Rechenprozess ist abgestürzt (Signal {0}). {1}.</translation>
</message>
<message>
<source>The worker process ended unexpectedly (exit code {0}). {1}.</source>
<translation>Der Rechenprozess endete unerwartet (Code {0}). {1}.</translation>
</message>
<message>
<source>The worker process keeps ending; please restart the program.</source>
<translation>Der Rechenprozess endet immer wieder; bitte starten Sie das Programm neu.</translation>
</message>
<message>
<source>The worker process was ended from outside (signal {0}). {1}.</source>
<translation>Der Rechenprozess wurde von außen beendet (Signal {0}). {1}.</translation>
</message>
<message>
<source>The worker process was killed (signal {0}), perhaps for lack of memory. {1} with a smaller memory budget.</source>
<translation>Der Rechenprozess wurde beendet (Signal {0}), vielleicht aus Mangel an Speicher. {1} mit weniger Arbeitsspeicher.</translation>
</message>
<message>
<source>Yuan et al.</source>
<translation>Yuan et al.</translation>
</message>
<message>
<source>a JPEG XL picture</source>
<translation>ein JPEG-XL-Bild</translation>
</message>
<message>
<source>a JPEG ends at {0} pixels a side: save as .png or .tif</source>
<translation>ein JPEG endet bei {0} Bildpunkten je Seite: speichern Sie als .png oder .tif</translation>
</message>
<message>
<source>a JPEG has no room for the maker's notes in the EXIF data: save as TIFF to keep them</source>
<translation>ein JPEG hat keinen Platz für die Herstellernotizen in den EXIF-Daten: speichern Sie als TIFF, um sie zu behalten</translation>
</message>
<message>
<source>a JPEG has no room for the {} data: save as TIFF to keep it</source>
<translation>ein JPEG hat keinen Platz für die Daten ({}): speichern Sie als TIFF, um sie zu behalten</translation>
</message>
<message>
<source>a JPEG has no room for this colour profile: save as TIFF, or choose another profile</source>
<translation>ein JPEG hat keinen Platz für dieses Farbprofil: speichern Sie als TIFF, oder wählen Sie ein anderes Profil</translation>
</message>
<message>
<source>a bracket of {0} ({1} to {2})</source>
<translation>eine Belichtungsreihe von {0} ({1} bis {2})</translation>
</message>
<message>
<source>a file without suffix</source>
<translation>eine Datei ohne Endung</translation>
</message>
<message>
<source>a network '{0}' of {1} channels</source>
<translation>ein Netz '{0}' mit {1} Kanälen</translation>
</message>
<message>
<source>a network for exposure fusion</source>
<translation>ein Netz für Belichtungsfusion</translation>
</message>
<message>
<source>a network that joins two looks</source>
<translation>ein Netz, das zwei Blicke vereint</translation>
</message>
<message>
<source>a profile for other than RGB</source>
<translation>ein Profil für anderes als RGB</translation>
</message>
<message>
<source>a profile for other than {0} channels</source>
<translation>ein Profil für andere als {0} Kanäle</translation>
</message>
<message>
<source>a result of partial strength has no recipe: it was saved without one</source>
<translation>ein Ergebnis mit geringerer Stärke hat kein Rezept: es wurde ohne eines gespeichert</translation>
</message>
<message>
<source>a tile at ({0}, {1}) of {2}x{3} lies outside of {4}</source>
<translation>eine Kachel bei ({0}, {1}) von {2}x{3} liegt außerhalb von {4}</translation>
</message>
<message>
<source>a tile of {0}x{1} came back as {2}</source>
<translation>eine Kachel von {0}x{1} kam als {2} zurück</translation>
</message>
<message>
<source>a video or another media file</source>
<translation>ein Video oder eine andere Mediendatei</translation>
</message>
<message>
<source>alignment was switched off</source>
<translation>das Ausrichten war ausgeschaltet</translation>
</message>
<message>
<source>an LSD2 network</source>
<translation>ein LSD2-Netz</translation>
</message>
<message>
<source>another batch is writing to {0}: wait for it, or choose another folder</source>
<translation>ein anderer Stapel schreibt nach {0}: warten Sie darauf, oder wählen Sie einen anderen Ordner</translation>
</message>
<message>
<source>both photos are about equally bright and do not tell their shutter times: check which one is short</source>
<translation>beide Fotos sind etwa gleich hell und nennen keine Belichtungszeiten: prüfen Sie, welches das kurze ist</translation>
</message>
<message>
<source>both photos were exposed nearly alike ({0} EV apart): is this a short and a long exposure?</source>
<translation>beide Fotos wurden fast gleich belichtet ({0} EV Abstand): Ist das eine kurze und eine lange Belichtung?</translation>
</message>
<message>
<source>brightness and colours of this part are estimated; the whole photo's may differ by a shade</source>
<translation>Helligkeit und Farben dieses Teils sind geschätzt; die des ganzen Fotos können eine Spur abweichen</translation>
</message>
<message>
<source>by ISO and aperture the long one is {0} EV darker than the short one</source>
<translation>nach ISO und Blende ist das lange {0} EV dunkler als das kurze</translation>
</message>
<message>
<source>by ISO, as the shutter times are equal: ISO {0} and ISO {1}</source>
<translation>an der ISO-Zahl, da die Belichtungszeiten gleich sind: ISO {0} und ISO {1}</translation>
</message>
<message>
<source>by brightness, as {0}</source>
<translation>an der Helligkeit, da {0}</translation>
</message>
<message>
<source>by shutter time: {0} and {1}</source>
<translation>an der Belichtungszeit: {0} und {1}</translation>
</message>
<message>
<source>by their settings the long photo got {0} times the light of the short one, by the pictures {1}</source>
<translation>nach den Einstellungen bekam das lange Foto {0}-mal das Licht des kurzen, nach den Bildern {1}-mal</translation>
</message>
<message>
<source>can't allocate memory</source>
<translation>es ist kein Speicher zu bekommen</translation>
</message>
<message>
<source>cannot be read: it {0}</source>
<translation>kann nicht gelesen werden: sie {0}</translation>
</message>
<message>
<source>change of perspective</source>
<translation>Änderung der Perspektive</translation>
</message>
<message>
<source>choose two photos of one size</source>
<translation>wählen Sie zwei gleich große Fotos</translation>
</message>
<message>
<source>chosen from {0}: the two that come nearest to 16 times longer</source>
<translation>gewählt aus: {0}; die beiden, die 16-mal länger am nächsten kommen</translation>
</message>
<message>
<source>claims a picture larger than any camera's: it is damaged</source>
<translation>gibt ein Bild an, das größer ist als das jeder Kamera: die Datei ist beschädigt</translation>
</message>
<message>
<source>claims to have no pixels: it is damaged</source>
<translation>gibt an, keine Bildpunkte zu haben: die Datei ist beschädigt</translation>
</message>
<message>
<source>claims to have {0} pixels, above the limit of {1} megapixels: scale it down first</source>
<translation>gibt an, {0} Bildpunkte zu haben, mehr als die Grenze von {1} Megapixeln: verkleinern Sie das Bild zuerst</translation>
</message>
<message>
<source>converted by a rule of thumb</source>
<translation>nach einer Faustregel umgerechnet</translation>
</message>
<message>
<source>day on which it was taken, 2024-05-01</source>
<translation>Tag der Aufnahme, 2024-05-01</translation>
</message>
<message>
<source>does not exist: make it first</source>
<translation>gibt es nicht: legen Sie ihn zuerst an</translation>
</message>
<message>
<source>encoding the picture needs more memory than there is: close other programs</source>
<translation>das Bild zu kodieren braucht mehr Speicher, als da ist: schließen Sie andere Programme</translation>
</message>
<message>
<source>exposure fusion changed nothing: the short photo does not show the same scene as the result, only darker</source>
<translation>die Belichtungsfusion änderte nichts: das kurze Foto zeigt nicht dieselbe Szene wie das Ergebnis, nur dunkler</translation>
</message>
<message>
<source>exposure fusion was left out: the method fuses the exposures itself</source>
<translation>die Belichtungsfusion wurde ausgelassen: das Verfahren verschmilzt die Belichtungen selbst</translation>
</message>
<message>
<source>failed to allocate memory</source>
<translation>es war kein Speicher zu bekommen</translation>
</message>
<message>
<source>group {0} must be a power of two that fits an odd window, not {1}</source>
<translation>Gruppe {0} muss eine Zweierpotenz sein, die in ein ungerades Fenster passt, nicht {1}</translation>
</message>
<message>
<source>guessed by brightness, for not both tell their shutter times: check, or say so in {0}</source>
<translation>nach der Helligkeit geraten, denn nicht beide nennen ihre Belichtungszeit: prüfen Sie es, oder sagen Sie es in {0}</translation>
</message>
<message>
<source>has floating-point values far above 1: scale it to the range of 0 to 1 first</source>
<translation>hat Gleitkommawerte weit über 1: bringen Sie das Bild zuerst in den Bereich 0 bis 1</translation>
</message>
<message>
<source>images of different sizes cannot be compared: {0} and {1}</source>
<translation>Bilder verschiedener Größe lassen sich nicht vergleichen: {0} und {1}</translation>
</message>
<message>
<source>install the program again</source>
<translation>installieren Sie das Programm neu</translation>
</message>
<message>
<source>is a TIFF of a kind that this version cannot read: save it as an 8 or 16 bit RGB TIFF first</source>
<translation>ist ein TIFF einer Art, die diese Version nicht lesen kann: speichern Sie es zuerst als RGB-TIFF mit 8 oder 16 Bit</translation>
</message>
<message>
<source>is a camera raw file of a kind that LibRaw does not know: convert it to DNG, or export it as 16-bit TIFF</source>
<translation>ist eine Rohdatei einer Art, die LibRaw nicht kennt: wandeln Sie sie in DNG um, oder exportieren Sie sie als 16-Bit-TIFF</translation>
</message>
<message>
<source>is a camera raw file without a picture: choose another one</source>
<translation>ist eine Rohdatei ohne Bild: wählen Sie eine andere</translation>
</message>
<message>
<source>is a damaged camera raw file: copy it again from the camera or card</source>
<translation>ist eine beschädigte Rohdatei: kopieren Sie sie noch einmal von der Kamera oder Karte</translation>
</message>
<message>
<source>is an animation: save one picture of it as PNG or JPEG first</source>
<translation>ist eine Animation: speichern Sie zuerst ein Bild daraus als PNG oder JPEG</translation>
</message>
<message>
<source>is damaged or of an unusual kind ({0})</source>
<translation>ist beschädigt oder von ungewöhnlicher Art ({0})</translation>
</message>
<message>
<source>is empty: copy it again from the camera or card</source>
<translation>ist leer: kopieren Sie die Datei noch einmal von der Kamera oder Karte</translation>
</message>
<message>
<source>is incomplete: copy it again from the camera or card</source>
<translation>ist unvollständig: kopieren Sie die Datei noch einmal von der Kamera oder Karte</translation>
</message>
<message>
<source>is not a folder</source>
<translation>ist kein Ordner</translation>
</message>
<message>
<source>is not a photo</source>
<translation>ist kein Foto</translation>
</message>
<message>
<source>is not there</source>
<translation>ist nicht da</translation>
</message>
<message>
<source>is {0}, which this version cannot read</source>
<translation>ist {0}, was diese Version nicht lesen kann</translation>
</message>
<message>
<source>it has no pixels</source>
<translation>es hat keine Pixel</translation>
</message>
<message>
<source>it holds several pictures; the first was read</source>
<translation>die Datei enthält mehrere Bilder; das erste wurde gelesen</translation>
</message>
<message>
<source>it is a result of this program</source>
<translation>es ist ein Ergebnis dieses Programms</translation>
</message>
<message>
<source>it is no photo</source>
<translation>es ist kein Foto</translation>
</message>
<message>
<source>it is of another camera than the long photo; each was developed with its own white balance</source>
<translation>es ist von einer anderen Kamera als das lange Foto; jedes wurde mit seinem eigenen Weißabgleich entwickelt</translation>
</message>
<message>
<source>it is the same shot as {0}, which is used</source>
<translation>es ist dieselbe Aufnahme wie {0}, und die wird genommen</translation>
</message>
<message>
<source>it is there no more</source>
<translation>es ist nicht mehr da</translation>
</message>
<message>
<source>it or {0} beside it tells no shutter time, and their pixels do not tell it either</source>
<translation>es oder {0} daneben nennt keine Belichtungszeit, und auch die Bilder verraten es nicht</translation>
</message>
<message>
<source>it was developed with the white balance of the long photo, as its own differs</source>
<translation>es wurde mit dem Weißabgleich des langen Fotos entwickelt, da sein eigener abweicht</translation>
</message>
<message>
<source>its CMYK colours have no profile; they are {0}</source>
<translation>seine CMYK-Farben haben kein Profil; sie werden {0}</translation>
</message>
<message>
<source>its EXIF data is damaged: shutter time, ISO and date are unknown</source>
<translation>seine EXIF-Daten sind beschädigt: Belichtungszeit, ISO und Datum sind unbekannt</translation>
</message>
<message>
<source>its colour profile is damaged; its colours are {0}</source>
<translation>sein Farbprofil ist beschädigt; seine Farben werden {0}</translation>
</message>
<message>
<source>its colour profile, which is damaged</source>
<translation>sein Farbprofil, das beschädigt ist</translation>
</message>
<message>
<source>its colours ({0}) are taken as sRGB</source>
<translation>seine Farben ({0}) werden als sRGB genommen</translation>
</message>
<message>
<source>its colours are converted from {0} to sRGB</source>
<translation>seine Farben werden von {0} nach sRGB umgerechnet</translation>
</message>
<message>
<source>its floating-point values have no colour profile; they are taken as sRGB</source>
<translation>seine Gleitkommawerte haben kein Farbprofil; sie werden als sRGB genommen</translation>
</message>
<message>
<source>its gamma of {0} is not applied; its colours are taken as sRGB</source>
<translation>sein Gamma von {0} wird nicht angewandt; seine Farben werden als sRGB genommen</translation>
</message>
<message>
<source>its values above 1 were clipped</source>
<translation>seine Werte über 1 wurden beschnitten</translation>
</message>
<message>
<source>less than a second</source>
<translation>weniger als 1 s</translation>
</message>
<message>
<source>measuring the noise of {0}</source>
<translation>beim Messen des Rauschens von {0}</translation>
</message>
<message>
<source>measuring the result</source>
<translation>beim Messen des Ergebnisses</translation>
</message>
<message>
<source>method, such as lsd2</source>
<translation>Verfahren, etwa lsd2</translation>
</message>
<message>
<source>more to read than any camera writes</source>
<translation>mehr zu lesen, als irgendeine Kamera schreibt</translation>
</message>
<message>
<source>name of the folder of the short photo</source>
<translation>Name des Ordners des kurzen Fotos</translation>
</message>
<message>
<source>name of the long photo without its suffix</source>
<translation>Name des langen Fotos ohne Endung</translation>
</message>
<message>
<source>name of the short photo without its suffix</source>
<translation>Name des kurzen Fotos ohne Endung</translation>
</message>
<message>
<source>name of the weights</source>
<translation>Name der Gewichte</translation>
</message>
<message>
<source>neither PyTorch nor ONNX Runtime is installed, so no network can run; install the program again</source>
<translation>weder PyTorch noch ONNX Runtime ist installiert, so kann kein Netz laufen; installieren Sie das Programm neu</translation>
</message>
<message>
<source>neither a time nor a number says what belongs to it</source>
<translation>weder Zeit noch Nummer sagen, was dazu gehört</translation>
</message>
<message>
<source>next to each other by their numbers</source>
<translation>nach ihren Nummern nebeneinander</translation>
</message>
<message>
<source>no Apple graphics processor was found; choose the device 'auto' or 'cpu'</source>
<translation>kein Grafikprozessor von Apple gefunden; wählen Sie „Automatisch“ oder den Prozessor</translation>
</message>
<message>
<source>no CUDA graphics processor was found; choose the device 'auto' or 'cpu'</source>
<translation>kein CUDA-Grafikprozessor gefunden; wählen Sie „Automatisch“ oder den Prozessor</translation>
</message>
<message>
<source>no PNG header</source>
<translation>kein PNG-Kopf</translation>
</message>
<message>
<source>no TIFF header</source>
<translation>kein TIFF-Kopf</translation>
</message>
<message>
<source>no WebP picture in it</source>
<translation>kein WebP-Bild darin</translation>
</message>
<message>
<source>no directory at {0}</source>
<translation>kein Verzeichnis bei {0}</translation>
</message>
<message>
<source>no other photo here is {0}</source>
<translation>kein anderes Foto hier ist {0}</translation>
</message>
<message>
<source>no recipe in it</source>
<translation>kein Rezept darin</translation>
</message>
<message>
<source>no tiles of {0} with overlap {1}, guard {2} for {3}x{4}</source>
<translation>keine Kacheln von {0} mit Überlappung {1}, Rand {2} für {3}x{4}</translation>
</message>
<message>
<source>no weights called {0} for {1}</source>
<translation>keine Gewichte namens {0} für {1}</translation>
</message>
<message>
<source>no weights for {0}</source>
<translation>keine Gewichte für {0}</translation>
</message>
<message>
<source>none are installed</source>
<translation>keine sind installiert</translation>
</message>
<message>
<source>not aligned: the photos are too small to compare</source>
<translation>nicht ausgerichtet: die Fotos sind zu klein zum Vergleichen</translation>
</message>
<message>
<source>not aligned: the photos show too little in common to be sure how they match</source>
<translation>nicht ausgerichtet: die Fotos zeigen zu wenig Gemeinsames, um sicher zu sein, wie sie zusammenpassen</translation>
</message>
<message>
<source>not enough memory</source>
<translation>nicht genug Speicher</translation>
</message>
<message>
<source>nothing was taken within {0} of it; the nearest is {1}, {2} away</source>
<translation>nichts wurde innerhalb von {0} dazu aufgenommen; am nächsten ist {1}, {2} entfernt</translation>
</message>
<message>
<source>on a small scale they do not look alike: check that both show the same scene</source>
<translation>im Kleinen sehen sie einander nicht ähnlich: prüfen Sie, ob beide dasselbe Motiv zeigen</translation>
</message>
<message>
<source>one of {0}, of which {1} and {2} are used</source>
<translation>gehört zu: {0}; genommen werden {1} und {2}</translation>
</message>
<message>
<source>out of memory</source>
<translation>der Speicher ist erschöpft</translation>
</message>
<message>
<source>patch {0} and step {1} would leave pixels uncovered</source>
<translation>Block {0} und Schritt {1} ließen Bildpunkte unbedeckt</translation>
</message>
<message>
<source>photos cannot be written as {0}: use one of {1}</source>
<translation>Fotos können nicht als {0} geschrieben werden: nehmen Sie eines von {1}</translation>
</message>
<message>
<source>pixels of a closed block</source>
<translation>Bildpunkte eines geschlossenen Blocks</translation>
</message>
<message>
<source>reading the folder {0}</source>
<translation>beim Lesen des Ordners {0}</translation>
</message>
<message>
<source>remove it and import the weights again</source>
<translation>entfernen Sie sie und importieren Sie die Gewichte noch einmal</translation>
</message>
<message>
<source>results cannot be written in {0}: choose srgb or p3 as the output profile</source>
<translation>Ergebnisse können nicht in {0} geschrieben werden: wählen Sie sRGB oder P3 als Ausgabeprofil</translation>
</message>
<message>
<source>sharpness needs at least {0}x{1} pixels, not {2}x{3}</source>
<translation>die Schärfe braucht mindestens {0}x{1} Bildpunkte, nicht {2}x{3}</translation>
</message>
<message>
<source>shift and rotation</source>
<translation>Verschiebung und Drehung</translation>
</message>
<message>
<source>shift without rotation</source>
<translation>Verschiebung ohne Drehung</translation>
</message>
<message>
<source>shutter times and ISO are equal</source>
<translation>Belichtungszeiten und ISO gleich sind</translation>
</message>
<message>
<source>sigma must be 0 to {0}, not {1}</source>
<translation>Sigma muss 0 bis {0} sein, nicht {1}</translation>
</message>
<message>
<source>sigma must be zero or more, not {0}</source>
<translation>Sigma muss null oder mehr sein, nicht {0}</translation>
</message>
<message>
<source>taken as sRGB</source>
<translation>als sRGB genommen</translation>
</message>
<message>
<source>taken {0} after one another</source>
<translation>im Abstand von {0} aufgenommen</translation>
</message>
<message>
<source>taken {0} apart by the camera {1}</source>
<translation>im Abstand von {0} aufgenommen, Kamera {1}</translation>
</message>
<message>
<source>the EXIF data of the parent is damaged and was left out</source>
<translation>die EXIF-Daten des Ausgangsfotos sind beschädigt und wurden weggelassen</translation>
</message>
<message>
<source>the ONNX file of {0} gives other pictures (by {1} of 1)</source>
<translation>die ONNX-Datei von {0} gibt andere Bilder (um {1} von 1)</translation>
</message>
<message>
<source>the XMP data of the parent is damaged or too large and was left out</source>
<translation>die XMP-Daten des Ausgangsfotos sind beschädigt oder zu groß und wurden weggelassen</translation>
</message>
<message>
<source>the best effort did without FDnCNN: {0}</source>
<translation>der Aufwand „Beste“ kam ohne FDnCNN aus: {0}</translation>
</message>
<message>
<source>the black point must be 0 or more and below the white point, and that 1 at most, not {0} and {1}</source>
<translation>der Schwarzpunkt muss 0 oder mehr sein und unter dem Weißpunkt, der höchstens 1 ist, nicht {0} und {1}</translation>
</message>
<message>
<source>the camera was held differently (EXIF orientations differ): check that both show the same scene upright</source>
<translation>die Kamera wurde verschieden gehalten (EXIF-Ausrichtungen verschieden): prüfen Sie, ob beide dieselbe Szene aufrecht zeigen</translation>
</message>
<message>
<source>the drive cannot be written to: choose another folder</source>
<translation>auf das Laufwerk kann nicht geschrieben werden: wählen Sie einen anderen Ordner</translation>
</message>
<message>
<source>the drive is full: free some space or choose another folder</source>
<translation>das Laufwerk ist voll: schaffen Sie Platz, oder wählen Sie einen anderen Ordner</translation>
</message>
<message>
<source>the drive reports an error: choose another one</source>
<translation>das Laufwerk meldet einen Fehler: wählen Sie ein anderes</translation>
</message>
<message>
<source>the file is too large for this drive: choose another one</source>
<translation>die Datei ist zu groß für dieses Laufwerk: wählen Sie ein anderes</translation>
</message>
<message>
<source>the files do not tell both shutter times</source>
<translation>die Dateien nicht beide Belichtungszeiten nennen</translation>
</message>
<message>
<source>the first stage needs a power of two as patch side, not {0}</source>
<translation>die erste Stufe braucht eine Zweierpotenz als Blockseite, nicht {0}</translation>
</message>
<message>
<source>the folder {0} cannot be made ({1}); choose another one with --folder</source>
<translation>der Ordner {0} kann nicht angelegt werden ({1}); wählen Sie einen anderen mit --folder</translation>
</message>
<message>
<source>the fusion network was left out: the short photo shows no noise that it could take out</source>
<translation>das Fusionsnetz wurde ausgelassen: das kurze Foto zeigt kein Rauschen, das es entfernen könnte</translation>
</message>
<message>
<source>the list does not name it</source>
<translation>die Liste nennt es nicht</translation>
</message>
<message>
<source>the list keeps it alone</source>
<translation>die Liste lässt es einzeln</translation>
</message>
<message>
<source>the list of pairs</source>
<translation>die Liste der Paare</translation>
</message>
<message>
<source>the list pairs it with {0}, but {1}</source>
<translation>die Liste verbindet es mit {0}, doch {1}</translation>
</message>
<message>
<source>the list pairs it with {0}, which is no photo</source>
<translation>die Liste verbindet es mit {0}, und das ist kein Foto</translation>
</message>
<message>
<source>the list says so</source>
<translation>die Liste sagt es</translation>
</message>
<message>
<source>the long one was exposed only {0} times longer: is this a short and a long exposure?</source>
<translation>das lange wurde nur {0}-mal länger belichtet: sind das eine kurze und eine lange Belichtung?</translation>
</message>
<message>
<source>the long one was exposed {0} times longer: the short one may hold little but noise</source>
<translation>das lange wurde {0}-mal länger belichtet: das kurze enthält vielleicht wenig außer Rauschen</translation>
</message>
<message>
<source>the long photo was moved by {0} px at the centre ({1}) to match the short one</source>
<translation>das lange Foto wurde in der Mitte um {0} px verschoben ({1}), um auf das kurze zu passen</translation>
</message>
<message>
<source>the memory budget must be 0.1 to 1024 GB, not {0}</source>
<translation>der Arbeitsspeicher muss 0,1 bis 1024 GB sein, nicht {0}</translation>
</message>
<message>
<source>the model {0} cannot run without PyTorch; where LSD2 is installed from source, 'lsd2 weights convert {1}' makes it fit for this program</source>
<translation>das Modell {0} kann ohne PyTorch nicht laufen; wo LSD2 aus dem Quelltext installiert ist, macht 'lsd2 weights convert {1}' es für dieses Programm passend</translation>
</message>
<message>
<source>the name '{0}' has a brace without its other half: write {stem}</source>
<translation>dem Namen '{0}' fehlt die andere Hälfte einer Klammer: schreiben Sie {stem}</translation>
</message>
<message>
<source>the name '{0}' has an unknown part {{1}}: use {2}</source>
<translation>der Name '{0}' hat einen unbekannten Teil {{1}}: nehmen Sie {2}</translation>
</message>
<message>
<source>the name is too long: choose a shorter one</source>
<translation>der Name ist zu lang: wählen Sie einen kürzeren</translation>
</message>
<message>
<source>the network gave no valid picture on {0}; choose the device 'cpu'</source>
<translation>das Netz gab auf {0} kein gültiges Bild; wählen Sie den Prozessor</translation>
</message>
<message>
<source>the photos contradict each other in {0} of the picture</source>
<translation>die Fotos widersprechen einander in {0} des Bildes</translation>
</message>
<message>
<source>the photos were taken {0} apart: check that both show the same scene</source>
<translation>die Fotos wurden im Abstand von {0} aufgenommen: prüfen Sie, ob beide dieselbe Szene zeigen</translation>
</message>
<message>
<source>the picture cannot be encoded as {0} ({1})</source>
<translation>das Bild kann nicht als {0} kodiert werden ({1})</translation>
</message>
<message>
<source>the picture has pixels that are not numbers; nothing was written</source>
<translation>das Bild hat Bildpunkte, die keine Zahlen sind; nichts wurde geschrieben</translation>
</message>
<message>
<source>the picture is no longer in memory; run its job again</source>
<translation>das Bild ist nicht mehr im Speicher; führen Sie seinen Auftrag noch einmal aus</translation>
</message>
<message>
<source>the quality of a JPEG must be 1 to 100, not {0}</source>
<translation>die Qualität eines JPEG muss 1 bis 100 sein, nicht {0}</translation>
</message>
<message>
<source>the recipe needs the {0} photo: {1}</source>
<translation>das Rezept braucht das {0} Foto: {1}</translation>
</message>
<message>
<source>the result is {0}, but {1} was expected</source>
<translation>das Ergebnis ist {0}, erwartet war {1}</translation>
</message>
<message>
<source>the result was saved in sRGB, for the colours of that photo are not known</source>
<translation>das Ergebnis wurde in sRGB gespeichert, denn die Farben jenes Fotos sind nicht bekannt</translation>
</message>
<message>
<source>the result was saved without a recipe: {0}</source>
<translation>das Ergebnis wurde ohne Rezept gespeichert: {0}</translation>
</message>
<message>
<source>the result was saved without camera data: {0}</source>
<translation>das Ergebnis wurde ohne Kameradaten gespeichert: {0}</translation>
</message>
<message>
<source>the roles look swapped: the short photo has the longer shutter time</source>
<translation>die Rollen scheinen vertauscht: das kurze Foto hat die längere Belichtungszeit</translation>
</message>
<message>
<source>the roles look swapped: the short photo is brighter than the long one</source>
<translation>die Rollen scheinen vertauscht: das kurze Foto ist heller als das lange</translation>
</message>
<message>
<source>the roles look swapped: {0} has the longer shutter time</source>
<translation>die Rollen scheinen vertauscht: {0} hat die längere Belichtungszeit</translation>
</message>
<message>
<source>the short photo is hardly darker than the long one; it was darkened to be fused</source>
<translation>das kurze Foto ist kaum dunkler als das lange; es wurde zum Verschmelzen abgedunkelt</translation>
</message>
<message>
<source>the short photo is very much darker than the long one; expect little detail from it</source>
<translation>das kurze Foto ist sehr viel dunkler als das lange; erwarten Sie wenig Einzelheiten daraus</translation>
</message>
<message>
<source>the short photo {0} has {1} pixels, the long photo {2} {3}</source>
<translation>das kurze Foto {0} hat {1} Bildpunkte, das lange Foto {2} {3}</translation>
</message>
<message>
<source>the strength of exposure fusion must be 0 to 1, not {0}</source>
<translation>die Stärke der Belichtungsfusion muss 0 bis 1 sein, nicht {0}</translation>
</message>
<message>
<source>the tile size must be {0} to {1} pixels, not {2}</source>
<translation>die Kachelgröße muss {0} bis {1} Bildpunkte sein, nicht {2}</translation>
</message>
<message>
<source>the two looks at the pair were averaged, not joined: {0}</source>
<translation>die zwei Blicke auf das Paar wurden gemittelt, nicht vereint: {0}</translation>
</message>
<message>
<source>the two photos differ in size or orientation, {0}; take both with the same settings</source>
<translation>die beiden Fotos sind verschieden groß oder verschieden ausgerichtet, {0}; nehmen Sie beide mit denselben Einstellungen auf</translation>
</message>
<message>
<source>the weights {0} are damaged (SHA-256 {1}..., expected {2}...); {3}</source>
<translation>die Gewichte {0} sind beschädigt (SHA-256 {1}..., erwartet {2}...); {3}</translation>
</message>
<message>
<source>the weights {0} cannot be read ({1}); {2}</source>
<translation>die Gewichte {0} können nicht gelesen werden ({1}); {2}</translation>
</message>
<message>
<source>the weights {0} on {1}</source>
<translation>die Gewichte {0} auf {1}</translation>
</message>
<message>
<source>their apertures differ (f/{0} and f/{1}), and with them what is in focus</source>
<translation>ihre Blenden sind verschieden (f/{0} und f/{1}), und damit, was scharf ist</translation>
</message>
<message>
<source>their focal lengths differ ({0} and {1})</source>
<translation>ihre Brennweiten sind verschieden ({0} und {1})</translation>
</message>
<message>
<source>their names are of different kinds, so only their times say that they belong together</source>
<translation>ihre Namen sind verschiedener Art, also sagen nur die Zeiten, dass sie zusammengehören</translation>
</message>
<message>
<source>their names say so</source>
<translation>ihre Namen sagen es</translation>
</message>
<message>
<source>their numbers are close</source>
<translation>ihre Nummern liegen nah beieinander</translation>
</message>
<message>
<source>their sizes differ ({0} and {1}), so they cannot be fused</source>
<translation>sie sind verschieden groß ({0} und {1}) und lassen sich nicht verschmelzen</translation>
</message>
<message>
<source>there are {0} (known: {1}); see 'lsd2 weights list'</source>
<translation>es gibt {0} (bekannt: {1}); siehe 'lsd2 weights list'</translation>
</message>
<message>
<source>there is a model {0} already ({1}); choose another name</source>
<translation>es gibt schon ein Modell {0} ({1}); wählen Sie einen anderen Namen</translation>
</message>
<message>
<source>there is no {0} '{1}' (known: {2})</source>
<translation>es gibt kein {0} '{1}' (bekannt: {2})</translation>
</message>
<message>
<source>there is too little memory for {0}</source>
<translation>es ist zu wenig Speicher da für {0}</translation>
</message>
<message>
<source>there is too little memory for {0}; try a smaller memory budget</source>
<translation>es ist zu wenig Speicher da für {0}; versuchen Sie es mit weniger Arbeitsspeicher</translation>
</message>
<message>
<source>there is too little memory on {0} even for tiles of {1} pixels; close other programs</source>
<translation>auf {0} ist selbst für Kacheln von {1} Bildpunkten zu wenig Speicher; schließen Sie andere Programme</translation>
</message>
<message>
<source>there is too little memory; close other programs or give a smaller --memory</source>
<translation>der Arbeitsspeicher reicht nicht; schließen Sie andere Programme, oder geben Sie weniger mit --memory</translation>
</message>
<message>
<source>they were not taken right after one another: check that both show the same scene</source>
<translation>sie wurden nicht gleich nacheinander aufgenommen: prüfen Sie, ob beide dasselbe Motiv zeigen</translation>
</message>
<message>
<source>this folder cannot be read: check its permissions</source>
<translation>dieser Ordner lässt sich nicht lesen: prüfen Sie die Zugriffsrechte</translation>
</message>
<message>
<source>this is the camera's own small picture; the raw file is still to be developed</source>
<translation>das ist das kleine Bild der Kamera selbst; die Rohdatei ist noch zu entwickeln</translation>
</message>
<message>
<source>this program cannot compute on '{0}' here; choose the device 'auto' or 'cpu'</source>
<translation>dieses Programm kann hier nicht auf '{0}' rechnen; wählen Sie „Automatisch“ oder den Prozessor</translation>
</message>
<message>
<source>time at which it was taken, 21-03-04</source>
<translation>Uhrzeit der Aufnahme, 21-03-04</translation>
</message>
<message>
<source>too little shared memory: the picture needs {0} MB; close other pictures or programs, or enlarge /dev/shm</source>
<translation>zu wenig gemeinsamer Speicher: das Bild braucht {0} MB; schließen Sie andere Bilder oder Programme, oder vergrößern Sie /dev/shm</translation>
</message>
<message>
<source>transparency was dropped</source>
<translation>die Durchsichtigkeit wurde weggelassen</translation>
</message>
<message>
<source>turn one of them</source>
<translation>drehen Sie eines davon</translation>
</message>
<message>
<source>unexpected problem in {0} ({1}: {2})</source>
<translation>unerwartetes Problem in {0} ({1}: {2})</translation>
</message>
<message>
<source>where something moved between the photos ({0} of the picture), only the short one was used</source>
<translation>wo sich zwischen den Fotos etwas bewegt hat ({0} des Bildes), wurde nur das kurze genommen</translation>
</message>
<message>
<source>without a camera's name</source>
<translation>ohne den Namen einer Kamera</translation>
</message>
<message>
<source>you may not write there: choose another folder</source>
<translation>Sie dürfen dort nicht schreiben: wählen Sie einen anderen Ordner</translation>
</message>
<message>
<source>your share of the drive is used up: free some space or choose another folder</source>
<translation>Ihr Anteil am Laufwerk ist aufgebraucht: schaffen Sie Platz, oder wählen Sie einen anderen Ordner</translation>
</message>
<message>
<source>{0} + exposure fusion</source>
<translation>{0} + Belichtungsfusion</translation>
</message>
<message>
<source>{0} and {1} are the same picture: choose two photos</source>
<translation>{0} und {1} sind dasselbe Bild: wählen Sie zwei Fotos</translation>
</message>
<message>
<source>{0} and {1}: exposed {2} times longer</source>
<translation>{0} und {1}: {2}-mal länger belichtet</translation>
</message>
<message>
<source>{0} asks for something that this version cannot do ({1})</source>
<translation>{0} verlangt etwas, das diese Version nicht kann ({1})</translation>
</message>
<message>
<source>{0} beside it goes better with {1}</source>
<translation>{0} daneben passt besser zu {1}</translation>
</message>
<message>
<source>{0} beside it has another focal length ({1}, not {2})</source>
<translation>{0} daneben hat eine andere Brennweite ({1}, nicht {2})</translation>
</message>
<message>
<source>{0} beside it has another size ({1}, not {2})</source>
<translation>{0} daneben hat eine andere Größe ({1}, nicht {2})</translation>
</message>
<message>
<source>{0} beside it was exposed nearly as long ({1} and {2})</source>
<translation>{0} daneben wurde fast ebenso lang belichtet ({1} und {2})</translation>
</message>
<message>
<source>{0} beside it, {1} away, seems to show something else</source>
<translation>{0} daneben, {1} entfernt, zeigt anscheinend etwas anderes</translation>
</message>
<message>
<source>{0} cannot be a model's name: use letters, digits, '.', '_' and '-', beginning with a letter or digit</source>
<translation>{0} kann kein Modellname sein: nehmen Sie Buchstaben, Ziffern, '.', '_' und '-', zuerst einen Buchstaben oder eine Ziffer</translation>
</message>
<message>
<source>{0} cannot be opened ({1}): check the name and the drive</source>
<translation>{0} kann nicht geöffnet werden ({1}): prüfen Sie Namen und Laufwerk</translation>
</message>
<message>
<source>{0} cannot be read ({1})</source>
<translation>{0} kann nicht gelesen werden ({1})</translation>
</message>
<message>
<source>{0} cannot be read ({1}): check its permissions</source>
<translation>{0} lässt sich nicht lesen ({1}): prüfen Sie die Zugriffsrechte</translation>
</message>
<message>
<source>{0} cannot be read ({1}): check the name and the drive</source>
<translation>{0} kann nicht gelesen werden ({1}): prüfen Sie Namen und Laufwerk</translation>
</message>
<message>
<source>{0} cannot be read ({1}): save it as CSV in UTF-8</source>
<translation>{0} lässt sich nicht lesen ({1}): speichern Sie sie als CSV in UTF-8</translation>
</message>
<message>
<source>{0} cannot be read ({1}); {2}</source>
<translation>{0} kann nicht gelesen werden ({1}); {2}</translation>
</message>
<message>
<source>{0} cannot be written to ({1}): choose another folder</source>
<translation>in {0} lässt sich nicht schreiben ({1}): wählen Sie einen anderen Ordner</translation>
</message>
<message>
<source>{0} changed while they waited: run the batch again</source>
<translation>{0} wurden geändert, während sie warteten: starten Sie den Stapel neu</translation>
</message>
<message>
<source>{0} convolutions and {1} transposed ones</source>
<translation>{0} Faltungen und {1} transponierte</translation>
</message>
<message>
<source>{0} does not fit the network it is listed for ({1})</source>
<translation>{0} passt nicht zu dem Netz, für das es aufgeführt ist ({1})</translation>
</message>
<message>
<source>{0} exists already: choose another name, or use --force to replace it</source>
<translation>{0} gibt es schon: wählen Sie einen anderen Namen, oder ersetzen Sie die Datei mit --force</translation>
</message>
<message>
<source>{0} has {1} pixels, too few: each side must have at least {2}</source>
<translation>{0} hat {1} Bildpunkte, zu wenige: jede Seite muss mindestens {2} haben</translation>
</message>
<message>
<source>{0} holds no FDnCNN (its layers do not fit); import another file</source>
<translation>{0} enthält kein FDnCNN (die Schichten passen nicht); importieren Sie eine andere Datei</translation>
</message>
<message>
<source>{0} holds no LSD2 network (its layers do not fit); import another file</source>
<translation>{0} enthält kein LSD2-Netz (die Schichten passen nicht); importieren Sie eine andere Datei</translation>
</message>
<message>
<source>{0} holds {1}, and {2} runs {3}: import another file, or choose another --method</source>
<translation>{0} enthält {1}, und {2} rechnet mit {3}: importieren Sie eine andere Datei, oder wählen Sie eine andere --method</translation>
</message>
<message>
<source>{0} is for a method '{1}' that this version does not know (weights are for: {2})</source>
<translation>{0} ist für ein Verfahren '{1}', das diese Version nicht kennt (Gewichte sind für: {2})</translation>
</message>
<message>
<source>{0} is for a network '{1}' that this version does not know</source>
<translation>{0} ist für ein Netz '{1}', das diese Version nicht kennt</translation>
</message>
<message>
<source>{0} is larger than {1} GB: choose a smaller photo</source>
<translation>{0} ist größer als {1} GB: wählen Sie ein kleineres Foto</translation>
</message>
<message>
<source>{0} is no file of Keras weights ({1}); import another file</source>
<translation>{0} ist keine Datei mit Keras-Gewichten ({1}); importieren Sie eine andere Datei</translation>
</message>
<message>
<source>{0} is no file of PyTorch weights ({1})</source>
<translation>{0} ist keine Datei mit PyTorch-Gewichten ({1})</translation>
</message>
<message>
<source>{0} is no network in a MATLAB v7.3 file ({1}); import another file</source>
<translation>{0} ist kein Netz in einer MATLAB-v7.3-Datei ({1}); importieren Sie eine andere Datei</translation>
</message>
<message>
<source>{0} is no network that can run ({1})</source>
<translation>{0} ist kein Netz, das laufen kann ({1})</translation>
</message>
<message>
<source>{0} is no part of a photo of {1}x{2}</source>
<translation>{0} ist kein Teil eines Fotos von {1}x{2}</translation>
</message>
<message>
<source>{0} is no report of 'lsd2 evaluate' with the method {1} ({2})</source>
<translation>{0} ist kein Bericht von 'lsd2 evaluate' mit dem Verfahren {1} ({2})</translation>
</message>
<message>
<source>{0} is not a recipe of this program ({1})</source>
<translation>{0} ist kein Rezept dieses Programms ({1})</translation>
</message>
<message>
<source>{0} is not a weight file of this program (it does not name its {1})</source>
<translation>{0} ist keine Gewichtsdatei dieses Programms (sie nennt {1} nicht)</translation>
</message>
<message>
<source>{0} is not a weight file of this program (its description cannot be understood)</source>
<translation>{0} ist keine Gewichtsdatei dieses Programms (ihre Beschreibung ist nicht zu verstehen)</translation>
</message>
<message>
<source>{0} is not a weight file of this program ({1})</source>
<translation>{0} ist keine Gewichtsdatei dieses Programms ({1})</translation>
</message>
<message>
<source>{0} is not the {1} photo of the recipe, its content differs: restore it</source>
<translation>{0} ist nicht das {1} Foto des Rezepts, sein Inhalt weicht ab: stellen Sie es wieder her</translation>
</message>
<message>
<source>{0} is not there: check the name</source>
<translation>{0} ist nicht da: prüfen Sie den Namen</translation>
</message>
<message>
<source>{0} is not there: correct its name in {1}</source>
<translation>{0} ist nicht da: berichtigen Sie den Namen in {1}</translation>
</message>
<message>
<source>{0} is one of the photos being worked on: choose another name</source>
<translation>{0} ist eines der Fotos in Arbeit: wählen Sie einen anderen Namen</translation>
</message>
<message>
<source>{0} is outside its folder</source>
<translation>{0} liegt außerhalb seines Ordners</translation>
</message>
<message>
<source>{0} is the nearest, but too far away to go with it</source>
<translation>{0} ist am nächsten, aber zu weit weg, um dazu zu gehören</translation>
</message>
<message>
<source>{0} is there no more: check the drive</source>
<translation>{0} ist nicht mehr da: prüfen Sie das Laufwerk</translation>
</message>
<message>
<source>{0} is too large for a file of weights ({1} GB)</source>
<translation>{0} ist zu groß für eine Datei mit Gewichten ({1} GB)</translation>
</message>
<message>
<source>{0} is too long to be a list of pairs: choose another file</source>
<translation>{0} ist zu lang für eine Liste von Paaren: wählen Sie eine andere Datei</translation>
</message>
<message>
<source>{0} is {1}: choose a photo</source>
<translation>{0} ist {1}: wählen Sie ein Foto</translation>
</message>
<message>
<source>{0} may not be read by you: check its permissions</source>
<translation>{0} dürfen Sie nicht lesen: prüfen Sie die Rechte</translation>
</message>
<message>
<source>{0} must be 0 to {1}, not {2}</source>
<translation>{0} muss 0 bis {1} sein, nicht {2}</translation>
</message>
<message>
<source>{0} names {1} twice: a photo belongs to one pair</source>
<translation>{0} nennt {1} zweimal: ein Foto gehört zu einem Paar</translation>
</message>
<message>
<source>{0} needs more memory than there is: close other programs</source>
<translation>{0} braucht mehr Speicher, als da ist: schließen Sie andere Programme</translation>
</message>
<message>
<source>{0} of its pixels have colours that sRGB cannot hold; they were clipped</source>
<translation>{0} seiner Bildpunkte haben Farben, die sRGB nicht fasst; sie wurden beschnitten</translation>
</message>
<message>
<source>{0} was given as both the short and the long exposure: choose two photos</source>
<translation>{0} wurde als kurze und als lange Belichtung angegeben: wählen Sie zwei Fotos</translation>
</message>
<message>
<source>{0} was not written: a comparison sheet is a .png or a .pdf file</source>
<translation>{0} wurde nicht geschrieben: ein Vergleichsbogen ist eine .png- oder .pdf-Datei</translation>
</message>
<message>
<source>{0} was not written: it is a folder; name a file in it</source>
<translation>{0} wurde nicht geschrieben: es ist ein Ordner; nennen Sie eine Datei darin</translation>
</message>
<message>
<source>{0} was not written: the folder {1} {2}</source>
<translation>{0} wurde nicht geschrieben: der Ordner {1} {2}</translation>
</message>
<message>
<source>{0} was not written: {1}</source>
<translation>{0} wurde nicht geschrieben: {1}</translation>
</message>
<message>
<source>{0} was written by a later version of this program: update it</source>
<translation>{0} wurde von einer neueren Version dieses Programms geschrieben: aktualisieren Sie es</translation>
</message>
<message>
<source>{0} would go together nearly as well</source>
<translation>{0} würden fast ebenso gut zusammenpassen</translation>
</message>
<message>
<source>{0} would go together nearly as well: check, or say which in {1}</source>
<translation>{0} würden fast ebenso gut zusammenpassen: prüfen Sie es, oder sagen Sie es in {1}</translation>
</message>
<message>
<source>{0} x {1} pixels where {2} x {3} belong</source>
<translation>{0} x {1} Bildpunkte, wo {2} x {3} hingehören</translation>
</message>
<message>
<source>{0} {1}: choose a folder of photos</source>
<translation>{0} {1}: wählen Sie einen Ordner mit Fotos</translation>
</message>
<message>
<source>{0} {1}: copy it again, or export it anew</source>
<translation>{0} {1}: kopieren Sie die Datei noch einmal, oder exportieren Sie sie neu</translation>
</message>
<message>
<source>{0}, alike to look at, {1} being {2} EV darker</source>
<translation>{0}, einander ähnlich, {1} um {2} EV dunkler</translation>
</message>
<message>
<source>{0}, line {1}: {2} is not there: correct the name</source>
<translation>{0}, Zeile {1}: {2} ist nicht da: berichtigen Sie den Namen</translation>
</message>
<message>
<source>{0}, line {1}: {2} is not there: save the list as CSV in UTF-8</source>
<translation>{0}, Zeile {1}: {2} ist nicht da: speichern Sie die Liste als CSV in UTF-8</translation>
</message>
<message>
<source>{0}, line {1}: {2} names; a line has a short and a long photo</source>
<translation>{0}, Zeile {1}: {2} Namen; eine Zeile hat ein kurzes und ein langes Foto</translation>
</message>
<message>
<source>{0}, the nearest by time, is not next to it by its number</source>
<translation>{0}, zeitlich am nächsten, steht nach der Nummer nicht daneben</translation>
</message>
<message>
<source>{0}: check that nothing else changed between them</source>
<translation>{0}: prüfen Sie, ob sich dazwischen sonst nichts geändert hat</translation>
</message>
<message>
<source>{0}: choose one of {1}</source>
<translation>{0}: wählen Sie eines von {1}</translation>
</message>
<message>
<source>{0}; choose another name or folder</source>
<translation>{0}; wählen Sie einen anderen Namen oder Ordner</translation>
</message>
<message>
<source>{0}; the method of Yuan et al. is for scenes in which nothing moves</source>
<translation>{0}; das Verfahren von Yuan et al. ist für Szenen, in denen sich nichts bewegt</translation>
</message>
<message>
<source>{0}x{1} (short) and {2}x{3} (long)</source>
<translation>{0}x{1} (kurz) und {2}x{3} (lang)</translation>
</message>
</context>
</TS>
