# Was das Fenster zeigt. Was von der Matte aus gelesen wird, ist kurz: sechzehn Zeichen je Zeile.

# Start
home-routines = Programme
home-single = Eine Übung
home-exercises = { $count ->
    [one] 1 Übung
   *[other] { $count } Übungen
}
home-minutes = etwa { $count } min
home-leave-out = Abwählen, was heute ausfällt
home-warm-up = Erst aufwärmen
home-pain = Schmerz jetzt: 0 (keiner) bis 10 (stärkster)
home-pain-not-said = keine Angabe
home-stop-rule = Muskelkater ist in Ordnung. Aufhören bei Schmerz, der sticht, ausstrahlt oder taub macht.
home-water = Wasser bereitstellen.
home-last = Zuletzt: { $session }
home-start = Start
home-camera = Kamera
home-no-camera = Keine Kamera gefunden
home-pick-camera = Kamera wählen
home-mirror = Bild spiegeln
home-measure = Meine Bewegungsweite messen
home-stop-measuring = Aufhören
home-sound-on = Stimme: { $device }
home-sound-clips = Stimme: { $device }; eigene Namen werden nicht gesprochen, espeak-ng fehlt
home-sound-off = Die Stimme ist aus
home-sound-none = Kein Ton: { $why }
home-sound-starting = Die Stimme startet
home-sound-tones = Keine Stimme gefunden: nur Töne
home-continue = Sitzung fortsetzen
home-end = Sitzung beenden
home-unfinished = Offene Sitzung, { $day }
home-unfinished-sets = { $count ->
    [one] Offene Sitzung, { $day } (1 Satz)
   *[other] Offene Sitzung, { $day } ({ $count } Sätze)
}
home-not-kept = Nicht gespeichert: { $why }
home-keys = Enter: Start, M: stumm

# Das Bild
picture-none = Kein Bild
picture-seen = Ich sehe dich
picture-nobody = Niemand im Bild
picture-demo = Beispielfilm, keine Kamera gefunden
picture-starting = Kamera und Modell werden geöffnet
picture-waiting = Warte auf das Bild
picture-failed = Das ging nicht: { $why }
picture-slow = Langsam: { $fps } Bilder/s
picture-slow-dropped = Langsam: { $fps } Bilder/s, { $percent } % ausgelassen

# In einer Sitzung
session-pause = Pause
session-go-on = Weiter
session-hurts = Tut weh
session-mute = Stumm
session-unmute = Ton an
session-end-set = Satz beenden
session-end = Ende
session-skip = Auslassen
session-take-offer = Zählen
session-looks-like = { $title }? Hand heben
session-stalled = Rechner ist beschäftigt, ich warte
session-go-now = Gleich weiter
session-longer = +30 s
session-done = Fertig
session-progress = { $title }, { $step } von { $steps }, noch { $minutes } min
session-progress-one = { $title }
session-how-it-goes = So geht es: { $title }
session-in-position = In Position
session-hold = Halten
session-hold-left = Halten, links
session-hold-right = Halten, rechts
session-release = Und lösen
session-next-left = Dann: { $title }, links
session-next-right = Dann: { $title }, rechts
session-looks-like-button = { $title }?
session-camera-place = Kamera: { $place }
session-progress-paused = { $title }, endet in { $time }
session-next = Weiter mit: { $title }
session-warm-up = Sanft bewegen
session-after-pain = Notiert. Ausruhen. Weiter nur, wenn es gut tut.
session-one-in-front = Ich folge der Person vorn
session-all-done = Das war alles
session-hand = Hand ist oben
session-count = von { $target }
session-left-count = Links, von { $target }
session-right-count = Rechts, von { $target }
session-label-count = Gezählt { $n } von { $target }
session-label-count-open = Gezählt { $n }
session-label-held = Gehalten { $held } von { $target } s
session-label-active = Aktiv { $held } von { $target } s
session-label-seconds = Noch { $n } Sekunden
session-set-of = Satz { $n } von { $of }
session-not-counted = Nicht gezählt: { $why }
session-waits-up = Aufgestanden, ich warte
session-waits-left = Nicht im Bild, ich warte
session-waits-hand = Pause. Hand heben
session-waits-key = Pause
session-waits-picture = Bild ist weg, ich warte
session-waits-black = Bild ist schwarz, ich warte
session-waits-still = Bild steht still, ich warte
session-outcome-done = { $n } von { $target }
session-outcome-seconds = { $n } von { $target } s
session-outcome-pain = { $n } von { $target }, beendet
session-outcome-skipped = ausgelassen
session-outcome-early = { $n } von { $target }, notiert
session-outcome-rejected-why = { $text }, { $count } nicht gezählt ({ $why })
session-outcome-rejected = { $text }, { $count } nicht gezählt
session-sound-lost = Kein Ton: { $why }

# Einstellungen
settings-title = Einstellungen
settings-close = Schließen
settings-person = Person
settings-theme = Farben
settings-theme-dark = Dunkel
settings-theme-light = Hell
settings-theme-contrast = Hoher Kontrast
settings-still = Weniger Bewegung auf dem Bildschirm
settings-how-much = Was gesagt wird
settings-how-much-all = Alles
settings-how-much-counts = Keine Korrekturen
settings-how-much-transitions = Keine Zahlen
settings-how-much-tones = Nur Töne
settings-counts = Zählen
settings-counts-every = Jede
settings-counts-last = Die letzten drei
settings-counts-tones = Töne
settings-voice = Stimme
settings-voice-recorded = Aufgenommen
settings-voice-espeak = espeak-ng
settings-voice-tones = Nur Töne
settings-pace = Sprechtempo
settings-flash = Der Bildschirm leuchtet auf, wenn die Pause endet
settings-model = Modell der Haltung, ab dem nächsten Start
settings-model-auto = Nach der Schnelligkeit des Computers
settings-model-full = Genau
settings-model-lite = Schneller, weniger genau
settings-volume = Lautstärke
settings-bluetooth = Bluetooth-Lautsprecher (ein längerer Ton vor dem ersten Wort)
settings-gesture = Eine erhobene Hand macht Pause
settings-folder = Alles bleibt auf diesem Rechner. Kein Bild wird gespeichert.
settings-not-kept = Diese Einstellungen konnten nicht gespeichert werden: { $why }
settings-language = Sprache

# Bisher
history-title = Verlauf
history-back = Zurück
history-session = Sitzung
history-exercise = Übung
history-empty = Noch nichts gespeichert. Es beginnt mit dem ersten Satz.
history-none-chosen = Eine Sitzung wählen.
history-nothing-done = In ihr wurde nichts gezählt.
history-today = Heute
history-line = { $day }, { $time }: { $count } gezählt
history-day = { $day }: { $count } gezählt
history-day-rest = { $day }
history-set = { $n } von { $target }
history-set-corrected = { $n } von { $target }, berichtigt von { $measured }
history-set-seconds = { $n } von { $target } s
history-then = damals { $what }
history-not-counted = { $count } nicht gezählt
history-longest = längstes Halten { $s } s
history-form = Form { $score } von 100
history-stopped = Aufgehört, weil: { $why }
history-compare = Vergleichen mit
history-compare-none = nichts
history-note = Notiz
history-pain-before = Schmerz davor
history-pain-after = Schmerz danach
history-one-less = Eins weniger: { $title }
history-one-more = Eins mehr: { $title }
history-report = Bericht
history-table = Tabelle (CSV)
history-json = Alle Daten (JSON)
history-written = Geschrieben: { $files }
history-delete = Löschen
history-delete-sure = Diese Sitzung endgültig löschen?
history-delete-yes = Ja, löschen
history-keep = Behalten
history-delete-all = Alles löschen
history-delete-all-sure = Alle Sitzungen von allen endgültig löschen?
history-delete-all-yes = Ja, alles löschen
history-which-exercise = Übung
history-no-sets = Noch kein Satz davon gespeichert.
history-too-few = Noch zu wenige Sätze, um eine Veränderung zu sehen.
history-trend-sets = Sätze
history-trend-seconds = Sekunden
history-trend-range = Weite, { $unit }
history-trend-left = Links, { $unit }
history-trend-right = Rechts, { $unit }
history-trend-label = { $title }: { $count ->
    [one] ein Satz
   *[other] { $count } Sätze
}
history-change = { $figure }: vorher { $before }, zuletzt { $lately } (je { $count } Sätze)
history-unit-degrees = Grad
history-unit-trunks = Rumpflängen
history-unit-share = Anteil

# Vor einem Programm
home-change = Programm ändern
before-on-the-floor = Auf dem Boden: { $titles }.
before-sound-off = Der Ton ist aus, und den Bildschirm siehst du nicht
before-begin-unheard = Ohne Stimme beginnen
before-gentle = Sanfter Anfang: von allem etwa die Hälfte
before-camera = Kamera: { $name }. { $state }
home-me = ich
home-week-done = { $day }: geübt
home-week-planned = { $day }: geplant

# Der erste Start
first-what = Was formcheck tut
first-what-does = Es folgt mit der Kamera dieses Rechners den Übungen, die du gewählt hast oder die dir gezeigt wurden. Es zählt, misst das Halten und sagt, was besser geht.
first-what-not = Es ist kein Arzt und kein Therapeut und kennt deinen Rücken nicht. Zahlen und Hinweise können falsch sein.
first-what-cannot = Eine Kamera sieht nicht alles: weder Druck noch Atmung noch Schmerz. Was sie nicht sieht, wird gesagt.
first-ready = Bevor du übst
first-ready-ask = Frage zuerst eine Ärztin oder einen Physiotherapeuten, wenn der Schmerz neu ist, dauernd da ist, nach einem Unfall kam, in Arm, Bein oder um den Brustkorb ausstrahlt oder mit Taubheit oder Schwäche kommt; bei Fieber, Gewichtsverlust, Osteoporose, früherer Krebserkrankung, Schwangerschaft oder nach einer Operation.
first-ready-urgent = Brustschmerz, Taubheit oder Schwäche in beiden Beinen oder Verlust der Kontrolle über Blase oder Darm ist ein Notfall.
first-ready-after = Ist es danach länger als eine Viertelstunde schlechter, lass die Übung weg und frage nach. Ein großer Knopf heißt „Tut weh“: er beendet den Satz, und nichts drängt dich weiter.
first-camera = Deine Kamera
first-camera-place = Zwei bis vier Meter entfernt, der ganze Körper im Bild, niemand davor. Enge Kleidung hilft.
first-camera-private = Kein Bild verlässt diesen Rechner, und keines wird gespeichert. Kein Mikrofon wird geöffnet, kein Netz benutzt.
first-voice = Ist die Stimme zu hören?
first-voice-test = Oft ist der Bildschirm nicht zu sehen, dann führt dich die Stimme. Probiere sie aus und geh zur Matte.
first-voice-hand = Eine Hand, die der Kamera nähere, zwei Sekunden hochgehalten, ist das einzige Zeichen: hier antwortet sie, im Satz macht sie Pause.
first-test-voice = Stimme ausprobieren
first-raise-a-hand = Auf der Matte eine Hand heben
first-hand-seen = Ich sehe die Hand
first-next = Weiter
first-begin = Zu den Übungen
first-again = Die ersten Seiten noch einmal

# Ein Programm ändern
edit-title = Titel
edit-keep = Speichern
edit-keep-new = Als neue speichern
edit-cancel = Verwerfen
edit-delete = Löschen
edit-delete-sure = Dieses eigene Programm löschen?
edit-delete-yes = Ja, löschen
edit-add = Hinzufügen
edit-pick = eine Übung
edit-variant = Variante
edit-sets = Sätze
edit-reps = Wiederholungen
edit-reps-side = Wiederholungen je Seite
edit-hold = Halten
edit-sides = Seiten
edit-sides-both = beide
edit-sides-left = links
edit-sides-right = rechts
edit-rest = Pause zwischen Sätzen
edit-rest-after = Pause danach
edit-numbered = { $number }. { $title }
edit-up = Hinauf: { $title }
edit-down = Hinunter: { $title }
edit-out = Entfernen: { $title }
edit-up-button = Nach oben
edit-down-button = Nach unten
edit-out-button = Entfernen

# Nach einem Satz und nach einer Sitzung
after-last-set = { $title }: { $what }
after-pain = Schmerz jetzt: 0 (keiner) bis 10 (stärkster)
after-closing = { $n } von { $of } Übungen, { $minutes } min
after-went-well = Gut ging: { $what }
after-to-work-on = Daran arbeiten: { $what }
after-marks = { $title }: { $n } von { $of } gezählt, { $faults } mit Hinweis
after-longest-hold = am längsten gehalten { $s } s
after-with-fault = { $count ->
    [one] eine mit Hinweis zur Form
   *[other] { $count } mit Hinweis zur Form
}
after-ask-somebody = Wenn es weiter weh tut: erst eine Fachperson fragen, dann weitermachen.
after-discard = Diese Sitzung nicht behalten
after-discard-sure = Alles davon wird gelöscht.
after-discard-yes = Löschen
after-why = Warum hast du aufgehört?
after-because-pain = Es tat weh
after-because-tired = Müde
after-because-no-time = Keine Zeit
after-because-other = Etwas anderes

# Was erreicht werden soll
home-step = { $title }: { $what }
target-reps = { $count ->
    [one] 1 Wiederholung
   *[other] { $count } Wiederholungen
}
target-holds = { $count ->
    [one] 1 Mal { $s } s halten
   *[other] { $count } Mal { $s } s halten
}
target-seconds = { $s } s
target-each-side = je Seite
target-left = links
target-right = rechts
target-on-side = { $side } { $what }
target-sets = { $n } Sätze zu { $what }
target-unit-deg = Grad
target-unit-trunk = Rumpflängen
target-unit-share = Anteil
target-range-from = Bewegung mindestens { $least } { $unit }
target-range-to = Bewegung höchstens { $most } { $unit }
target-range = Bewegung { $least } bis { $most } { $unit }

# Warum etwas nicht zählt
reason-short = zu kurz
reason-held = zu kurz gehalten
reason-quick = zu schnell
reason-hidden = nicht gesehen
reason-side = andere Seite
session-way = { $percent } % des Wegs
session-may-sleep = Dieser Rechner kann von selbst einschlafen

# Ein Film
film-recognise = wird erkannt
film-analyse = Auswerten
film-stop = Anhalten
film-nothing = Keine Übung wurde erkannt.
film-keep = Bei den Sitzungen behalten
film-kept = Es ist gespeichert.
film-counted = { $title }: { $count } gezählt, { $rejected } nicht gezählt
film-active = { $title }: { $s } s
film-rep = { $n }: { $from } bis { $to } s
film-rep-not = { $n }: { $from } bis { $to } s, nicht gezählt: { $why }
film-drop = Ein Film, der hier abgelegt wird, wird ausgewertet.

# Beim nächsten Mal etwas mehr
propose-reps = { $title } ging dreimal gut. Wenn es leicht war: ab jetzt { $n } Mal?
propose-seconds = { $title } ging dreimal gut. Wenn es leicht war: ab jetzt { $s } s?
propose-yes = Ja, etwas mehr
propose-no = Nein, so lassen

# Tage und Zeiten
date-weekday = { $n ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
}
date-weekday-long = { $n ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
date-month = { $n ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sep.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
date-day = { $day }. { $month }
date-day-of-week = { $weekday }, { $day }
date-in-full = { $weekday }, { $day } { $year }, { $time }
home-next-today = Heute um { $time } Uhr
home-next-tomorrow = Das nächste Mal: morgen um { $time } Uhr
home-next = Das nächste Mal: { $weekday } um { $time } Uhr
settings-letters = Schrift der Seiten
settings-letters-usual = Wie üblich
settings-letters-large = Groß
settings-letters-largest = Sehr groß
settings-days = Meine Tage
settings-days-at = um
settings-days-calendar = Für den Kalender speichern
settings-days-written = Öffne diese Datei mit dem Kalender: { $path }
settings-days-not-written = Die Datei für den Kalender konnte nicht geschrieben werden: { $why }

# Warum etwas nicht getan wurde
refused-no-camera = Keine Kamera gefunden: eine anschließen und noch einmal versuchen
refused-session-runs = Eine Sitzung läuft: erst beenden
refused-no-session = Es läuft keine Sitzung
refused-no-picture = Noch kein Bild
refused-nothing-left = Nichts mehr zu tun: mindestens eine Übung auswählen
refused-no-range = Diese Übung geht nach Zeit, es gibt keine Bewegungsweite zu messen
refused-no-offer = Es gibt keine offene Sitzung
film-title = Ein Film
film-path = Pfad des Films, oder ihn auf das Fenster ziehen
picture-rests = Das Bild ruht: die Maus bewegen
