# Was nicht ging: was versucht wurde, was geschah, was zu tun ist. Ein Pfad steht am Ende.

# Woher Bilder kommen
source-no-tool = { $tool } ließ sich nicht starten: { $cause }; bitte installieren (Debian: apt-get install { $package })
source-unreadable = { $what }: nicht zu lesen, { $cause }; { $remedy }: { $path }
source-camera = keine Kamera ließ sich öffnen: { $cause }; { $remedy }
camera-none = es wurde keine Kamera gefunden
camera-none-do = bitte eine anschließen, oder mit --input DATEI einen Film angeben
camera-unknown = es gibt keine Kamera { $name }
camera-unknown-do = bitte eine von diesen nennen: { $names }
camera-busy = ein anderes Programm benutzt { $name }
camera-busy-do = bitte schließen (Videoanruf, Browser, ein zweites formcheck) und noch einmal versuchen
camera-gone = { $name } ist weg
camera-gone-do = bitte wieder anschließen und noch einmal versuchen
camera-forbidden = dieser Benutzer darf { $name } nicht öffnen
camera-forbidden-do = bitte in die Gruppe video aufnehmen und neu anmelden
camera-bandwidth = der USB-Anschluss ist zu langsam für die Bilder von { $name }
camera-bandwidth-do = bitte an einen anderen USB-Anschluss stecken, ohne Verteiler
camera-format = { $name } liefert kein Format, das hier gelesen wird
camera-format-do = bitte eine Kamera mit YUYV, MJPEG oder NV12 nehmen
camera-no-answer = { $name } hat in { $seconds } s kein Bild geschickt
camera-silent = { $name } schickt keine Bilder mehr
camera-retry-do = bitte abziehen, wieder anschließen und noch einmal versuchen
camera-damaged = { $name } schickt nur beschädigte Bilder
camera-damaged-do = bitte ein anderes Kabel oder einen anderen Anschluss versuchen
camera-failed = { $name } macht nicht mit: { $cause }
camera-waits-gone = die Kamera wurde abgezogen; ich warte, bis sie wieder da ist
camera-waits-busy = ein anderes Programm hat die Kamera genommen; ich warte, bis sie frei ist
camera-waits-forbidden = dieser Benutzer darf die Kamera nicht mehr öffnen; ich versuche es weiter
camera-waits-bandwidth = der USB-Anschluss ist zu langsam für die Bilder; ich versuche es weiter
camera-waits-format = die Kamera kam ohne ein lesbares Format zurück; ich versuche es weiter
camera-waits-answer = die Kamera antwortet nicht; ich versuche es weiter
camera-waits-silent = die Kamera schickt keine Bilder mehr; ich öffne sie noch einmal
camera-waits-damaged = die Kamera schickt nur beschädigte Bilder; ich öffne sie noch einmal
camera-waits-failed = die Kamera macht nicht mit ({ $cause }); ich öffne sie noch einmal

# Sitzungen, die behalten werden
store-folder = die Sitzungen ließen sich nicht öffnen: { $cause }; Ordner prüfen oder mit --data-dir einen anderen nennen: { $path }
store-no-folder = kein Ordner für die Sitzungen: dieser Benutzer hat kein Zuhause; mit --data-dir einen nennen
store-newer = die Sitzungen ließen sich nicht öffnen: ein neueres formcheck hat sie geschrieben; dieses erneuern, nichts wurde geändert: { $path }
store-foreign = die Sitzungen ließen sich nicht öffnen: es ist eine Datenbank von etwas anderem; mit --data-dir einen anderen Ordner nennen: { $path }
store-altered = die Sitzungen ließen sich nicht öffnen: sie sind nicht so, wie formcheck sie hinterlässt ({ $cause }); nichts wurde geändert; eine Kopie zurücklegen oder mit --data-dir einen anderen Ordner nennen: { $path }
store-read-only = die Sitzungen ließen sich nicht ändern: sie können nur gelesen werden; den Ordner in einen eigenen kopieren: { $path }
store-too-many = die Zahl { $n } wird nicht angenommen: höchstens { $most }
store-unknown = es gibt keine Sitzung „{ $id }“; `formcheck sessions list` zeigt alle
store-exists = die Sitzung { $id } ließ sich nicht einlesen: sie ist schon da; erst löschen, um sie aus der Datei zurückzuholen
store-running = die Sitzung { $id } läuft in einem anderen formcheck; erst dort beenden
store-in-use = es ließ sich nicht alles löschen: eine Sitzung läuft in einem anderen formcheck; erst dort beenden
store-unwritten = von der Sitzung { $session } ließ sich nicht alles behalten: { $trouble }
store-senseless = die Sitzung { $id } ließ sich nicht einlesen: { $what }; nichts wurde eingelesen
store-senseless-range = die Bewegungsweite von „{ $exercise }“ ließ sich nicht einlesen: { $what }; nichts wurde eingelesen
store-database = die Sitzungen ließen sich nicht benutzen: { $error }{ $hint }
store-content = die Sitzungen ließen sich nicht lesen: { $said }; bitte melden
store-hint-busy = ein anderes Programm hält sie lange fest, das schließen oder noch einmal versuchen; oder das Dateisystem kennt keine Sperren, dann mit --data-dir einen anderen Ordner nennen
store-hint-damaged = die Datei ist beschädigt: das nächste `formcheck watch --save` legt sie beiseite und beginnt eine neue
store-hint-constraint = was geschrieben werden sollte, passt nicht zu dem, was da ist
store-hint-full = bitte Platz auf der Platte machen
store-hint-refused = ist die Platte voll oder der Ordner schreibgeschützt?

# Dateien
output-input = das ist die Eingabe; bitte einen anderen Namen geben
output-twice = dorthin wird schon etwas anderes geschrieben; bitte einen anderen Namen geben
output-kept = dort liegen Sitzungen und Einstellungen; bitte in einen anderen Ordner schreiben
output-no-file = so heißt ein Ordner oder ein Gerät; bitte den Namen einer Datei geben
output-refused = { $cause }; gibt es den Ordner, darf er beschrieben werden, ist Platz?
file-folder = es ist ein Ordner
file-odd = es ist keine gewöhnliche Datei
file-too-large = sie ist größer als { $limit }, was keine ihrer Art ist
file-no-text = es ist kein Text (UTF-8)

# Übungen, Programme, der Ton
exercise-unknown = es gibt keine Übung „{ $id }“{ $hint }; `formcheck exercises list` zeigt alle, oder den Pfad einer .toml-Datei angeben
exercise-no-sides = von { $id } lässt sich nicht eine Seite verfolgen: beide gehen zugleich; --side weglassen
exercise-unreadable = die Übungsdatei ließ sich nicht lesen: { $cause }; Pfad prüfen: { $path }
routine-unknown = es gibt kein Programm „{ $id }“{ $hint }; `formcheck routines list` zeigt alle, oder den Pfad einer .toml- oder .json-Datei angeben
routine-without = { $exercise } lässt sich nicht nach dem Programm { $routine } verfolgen: es hat dafür keinen Schritt; das Programm weglassen
routine-unreadable = die Programmdatei ließ sich nicht lesen: { $cause }; Pfad prüfen: { $path }
sound-lost = der Ton ist weg, alle zwei Sekunden ein neuer Versuch
sound-no-card = weder Tonserver noch Soundkarte gefunden
sound-not-built = dieses Programm ist ohne Ton gebaut
sound-no-loudspeaker = er hat keinen Lautsprecher
sound-deaf = „{ $name }“ gibt keinen Ton

# What the system says, where its own words are English
system-not-found = es gibt keine solche Datei und keinen solchen Ordner
system-denied = das ist nicht erlaubt
system-full = es ist kein Platz mehr
system-read-only = es kann nur gelesen werden
