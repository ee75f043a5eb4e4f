# Was die Befehlszeile ausgibt. Spalten und die Leerzeichen vor einer Zeile macht das Programm; was mit cli-label anfängt, ist
# höchstens neun Zeichen lang.

# Von jedem Befehl
cli-error = Fehler: { $text }
cli-warning = Warnung: { $text }
cli-note = Notiz: { $note }
cli-no-output = auf die Standardausgabe ließ sich nicht schreiben
cli-unwritten = { $what } ließ sich nicht nach { $path } schreiben
cli-trace = die Spurdatei
cli-report = der Bericht
cli-cue-log = das Protokoll der Ansagen
cli-exercise-file = die Übungsdatei
cli-plot = das Diagramm
cli-calendar = der Kalender
cli-export = der Export
cli-progress = { $pos } von { $len } Bildern, { $speed }, noch { $eta }
cli-speed = { $n } Bilder/s
cli-counting-without-store = { $trouble }; gezählt wird weiter, gespeichert wird nichts
cli-for-the-window = { $option } gehört zum Fenster, das ohne Befehl aufgeht; lass eins von beiden weg
cli-no-window = das Fenster ließ sich nicht öffnen: dieses formcheck ist ohne Fenster gebaut; die Befehle zeigt `formcheck --help`
cli-not-started = die Auswertung ließ sich nicht starten: { $why }

# exercises
cli-unreadable-file = die Datei ließ sich nicht lesen: { $path }
cli-files = { $count ->
    [one] 1 Datei
   *[other] { $count } Dateien
}
cli-no-mistakes = { $files }, keine Fehler
cli-mistakes = { $count } Fehler in { $wrong } von { $files }
cli-label-target = Ziel
cli-label-start = Beginn
cli-start = { $posture }, { $view } gesehen (bis zu { $degrees } Grad daneben)
cli-view-front = von vorn
cli-view-oblique = halb von der Seite
cli-view-side = von der Seite
cli-label-set-up = Aufbau
cli-label-counts = zählt
cli-counts = { $signals }: mindestens { $least }, hinein bei { $enter } %, hinaus bei { $exit } % der eigenen Weite
cli-and = und
cli-label-advice = Hinweis
cli-label-fault = Fehler
cli-label-one-side = einseitig
cli-one-side = geht auch nur auf einer Seite
cli-label-not-seen = ungesehen

# exercises learn
cli-no-exercise-file-name = die Übungsdatei ließ sich nicht schreiben: ihr Name muss auf .toml enden; gib mit --out einen anderen an: { $path }
cli-exercise-file-exists = die Übungsdatei ließ sich nicht schreiben: es gibt schon eine; gib einen anderen Namen an, oder --force, um sie zu überschreiben: { $path }
cli-label-written = Datei
cli-label-try-it = Versuch
cli-try-it = formcheck analyze ANDERER.mp4 --exercise { $path }

# exercises show --plot
cli-no-plot-file-name = das Diagramm ließ sich nicht schreiben: es ist eine SVG-Datei; gib mit --out einen Namen an, der auf .svg endet: { $path }

# routines
cli-exercises = { $count ->
    [one] 1 Übung
   *[other] { $count } Übungen
}
cli-between-sets = { $s } s zwischen den Sätzen
cli-rest-after = dann { $s } s Pause

# analyze und watch: was ein Satz vorhat
cli-range-is-learned = { $trouble }; die eigene Weite wird aus diesem Satz gelernt

# analyze
cli-nothing-to-recognise = es ließ sich keine Übung erkennen: es gibt keine Übungsdateien
cli-one-input-only = --{ $option } geht nicht mit { $inputs } Eingaben; gib mit --{ $option } nur eine an
cli-needs-exercise = --{ $option } geht nicht, solange die Übung nicht bekannt ist; nenne sie mit --exercise
cli-no-film = in dieses Bild ließ sich nichts zeichnen: es ist kein Film; gib einen Film an: { $path }
cli-analysis-without-store = { $trouble }; ausgewertet wird weiter, gespeichert wird nichts
cli-nothing-to-report = der Bericht ließ sich nicht schreiben: es wurde nichts ausgewertet, was in ihm stehen könnte: { $path }
cli-report-written = Bericht geschrieben: { $path }

# analyze: was herauskam
cli-not-recognised = Keine Übung erkannt ({ $near }); nenne eine mit --exercise
cli-nothing-near = nichts kam nahe
cli-nearest = am nächsten: { $exercises }
cli-recognised = erkannt als { $id } (zu { $percent } % sicher)
cli-label-counted = gezählt
cli-counted-of = { $n } von { $target }, { $rejected } nicht gezählt
cli-counted-active = { $s } von { $target }, { $count ->
    [one] 1 Durchgang
   *[other] { $count } Durchgänge
}
cli-counted-sides = { $left } links, { $right } rechts
cli-counted-unknown = { $n } unbekannt
cli-counted-sides-of = { $sides }, von { $target }; { $rejected } nicht gezählt
cli-label-because = Grund
cli-looks-like = (es sieht nach { $title } aus)
cli-label-held = gehalten
cli-held = { $all } s insgesamt, am längsten { $longest } s
cli-held-apart = { $counted } s, die zählten; { $all } s insgesamt, am längsten { $longest } s
cli-to = bis
cli-side-left = links
cli-side-right = rechts
cli-side-unknown = Seite unbekannt
cli-held-for = { $s } s gehalten
cli-counted = gezählt
cli-not-counted = nicht gezählt: { $why }
cli-not-measured = nicht gemessen: { $what } ({ $why })
cli-seen = { $frames } Bilder, { $s } s, Person in { $percent } % gesehen

# Warum etwas nicht zählt

# watch
cli-written-again = Wiederholungen werden wieder gespeichert
cli-not-written = { $trouble }; gezählt wird weiter, das Speichern wird wieder versucht
cli-left-open = Sitzung { $id } ist noch offen: `formcheck sessions close { $id }` beendet sie, --resume { $id } setzt sie fort
cli-kept = Sitzung { $id } ist gespeichert; `formcheck sessions show { $id }` zeigt sie

# sessions list, show und edit
cli-several-people = der Bericht ließ sich nicht schreiben: er handelt von einer Person, und diese Sitzungen sind von { $names }; nenne eine mit --person
cli-no-sessions = keine Sitzungen in { $folder }; das Fenster speichert welche, ebenso `formcheck watch --save` und `formcheck analyze --save`
cli-so-many-counted = { $n } gezählt
cli-no-sets = keine Sätze
cli-not-ended = (nicht beendet)
cli-session-open = nicht beendet; `formcheck sessions close { $id }` beendet sie
cli-pain-before = Schmerz davor: { $pain } von 10
cli-pain-after = Schmerz danach: { $pain } von 10
cli-stopped-because = aufgehört, weil: { $why }
cli-set = { $title }: { $counted } gezählt, { $rejected } nicht gezählt
cli-corrected = berichtigt auf { $n }
cli-set-held = { $all } s gehalten, am längsten { $longest } s
cli-set-active = { $s } s aktiv
cli-set-not-finished = nicht zu Ende
cli-no-set = den Satz { $number } gibt es in der Sitzung { $id } nicht: sie hat { $sets }
cli-no-count = die Zahl „{ $count }“ wird nicht angenommen: gib eine Zahl an, „links,rechts“ oder „measured“
cli-no-sides = die Zahl „{ $count }“ wird nicht angenommen: { $title } hat keine Seiten; gib eine einzige Zahl an

# sessions trend
cli-no-trend = von { $person } gibt es keinen Satz von „{ $exercise }“; was es gibt, zeigt `formcheck sessions list`
cli-sets = { $count ->
    [one] 1 Satz
   *[other] { $count } Sätze
}
cli-column-day = Tag
cli-column-counted = gezählt
cli-column-range = Weite
cli-column-hold = gehalten
cli-column-consistent = Konstanz
cli-column-score = Form
cli-column-faults = Fehler
cli-other-file = (eine andere Übungsdatei)
cli-change = { $figure }: { $lately } in den letzten { $sets } Sätzen, { $before } in den { $sets } davor
cli-too-few-sets = noch zu wenige Sätze, um eine Veränderung zu sehen

# sessions export und import
cli-named-already = die Sitzung ließ sich nicht auswählen: sie ist schon genannt; lass --person, --from und --to weg
cli-unreadable-sessions = die Sitzungen ließen sich nicht lesen, stimmt der Pfad: { $path }
cli-imported = { $count ->
    [one] 1 Sitzung importiert
   *[other] { $count } Sitzungen importiert
}
cli-there-already = { $count ->
    [one] 1 Sitzung ließ sich nicht importieren, sie ist schon da; lösche sie zuerst, um sie zu ersetzen: { $ids }
   *[other] { $count } Sitzungen ließen sich nicht importieren, sie sind schon da; lösche sie zuerst, um sie zu ersetzen: { $ids }
}

# sessions close und delete
cli-closed = beendet: { $id }
cli-deleted = gelöscht: { $id }
cli-deleted-everything = alles gelöscht: Sitzungen, Personen, Weiten, Sicherungen
cli-overwritten-later = ein anderes formcheck liest noch: was gelöscht wurde, wird in der Datei überschrieben, wenn es beendet ist
cli-copy-may-hold-it = diese Kopie von früher enthält es vielleicht noch; `formcheck sessions delete --all` löscht auch Kopien: { $path }

# sessions ranges
cli-no-ranges = keine gemessene Bewegungsweite; „Meine Bewegungsweite messen“ im Fenster lernt eine
cli-no-range = von { $person } gibt es keine Weite bei „{ $exercise }“; alle zeigt `formcheck sessions ranges`
cli-forgotten = vergessen: die Weite von { $person } bei { $exercise }

# doctor --view. Ein Zeichen am Anfang ist höchstens sieben Zeichen lang.
cli-stand-there = Stell dich dorthin, wo du üben wirst, mit dem Gesicht zur Kamera, und bleib { $seconds } Sekunden stehen ...
cli-no-room-above = Über deinem Kopf ist wenig Platz: erhobene Hände sind nicht mehr im Bild. Kippe die Kamera etwas nach oben.
cli-no-place = es ließ sich nicht sagen, wo die Kamera steht: { $trouble }
cli-too-few-frames = Nur { $fps } Bilder in der Sekunde wurden ausgewertet, 8 sind nötig. Mehr Licht oder --model lite kann helfen.
cli-mark-ok = ok
cli-mark-not-yet = nein
cli-countable = Von hier lassen sich { $counted } von { $of } Übungen zählen.

# doctor
cli-mark-missing = FEHLT
cli-mark-none = ohne
cli-models = Modelle
cli-runtime = ONNX Runtime
cli-exercise-files = Übungen
cli-routine-files = Programme
cli-camera = Kamera
cli-model = Modell { $id }
cli-no-model = dieses formcheck ist ohne Modell gebaut
cli-model-found = { $file }, { $licence }, von { $source }
cli-model-to-make = es liegt nicht im Repository, `{ $command }` macht es
cli-runtime-missing = { $trouble } (festgelegt: { $pinned })
cli-tool-missing = { $tool } ließ sich nicht starten: { $trouble }; unter Debian: apt-get install ffmpeg
cli-files-found = { $count ->
    [one] 1 Datei in { $folder }
   *[other] { $count } Dateien in { $folder }
}
cli-no-exercise-files = keine Dateien von Übungen in { $folder }
cli-no-routine-files = keine Dateien von Programmen in { $folder }
cli-sound = Ton: { $name }
cli-no-sound = kein Ton: { $why }; das Fenster geht auch ohne
cli-voice = Stimme: { $count } aufgenommene Ansagen
cli-no-voice = keine aufgenommene Stimme: { $why }
cli-espeak = espeak-ng spricht, was nicht aufgenommen ist
cli-no-espeak = espeak-ng fehlt: was nicht aufgenommen ist (Namen, eigene Übungen), wird nicht gesprochen, stattdessen kommen Töne
cli-no-camera-found = keine Kamera gefunden
cli-no-camera-built = dieses formcheck ist ohne Kamera gebaut
cli-no-format = kein Format
cli-uses-format = benutzt { $format }

# bench
cli-bench-wait = auf den Dekoder warten
cli-bench-detect = finden (nach einem Verlust)
cli-bench-crop = ausschneiden
cli-bench-infer = Inferenz
cli-bench-decode = Tensoren lesen, Umriss
cli-bench-engine = zählen und messen
cli-bench-own = außer Modell und Dekoder
cli-bench-median = Median
cli-bench-times = { $count } Mal
cli-frames-in = { $frames } Bilder in { $s } s, { $fps } Bilder/s
cli-no-bench-of-trace = es ließ sich nicht messen: die Eingabe ist eine Spurdatei; gib einen Film an: { $path }
cli-left-out = Warnung: die Sitzung { $id } fehlt: { $why }
cli-not-ours = die Tabelle der Sätze ließ sich nicht schreiben: es gibt eine andere Datei dieses Namens; nimm mit --out einen anderen: { $path }
cli-overlay = der Film mit Einblendung
