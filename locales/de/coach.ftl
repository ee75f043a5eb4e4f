# Was der Coach sagt. Zahlen kommen als Wörter ($n) und, wo der Plural von ihnen abhängt, auch als Zahlen ($count).

# Eine Übung ansagen
say-first = Zuerst:
say-next = Weiter mit:
say-last-exercise = Letzte Übung:
say-again = Noch einmal:
say-set-of = Satz { $n } von { $m }.
say-times = { $count ->
    [one] Einmal.
   *[other] { $n } Mal.
}
say-hold-each = { $count ->
    [one] Eine Sekunde halten.
   *[other] { $n } Sekunden halten.
}
say-each-side = Auf jeder Seite.
say-only-left = Nur die linke Seite.
say-only-right = Nur die rechte Seite.
say-seconds = { $count ->
    [one] Eine Sekunde.
   *[other] { $n } Sekunden.
}
say-minutes = { $count ->
    [one] Eine Minute.
   *[other] { $n } Minuten.
}
say-minutes-and-a-half = { $count ->
    [1] Anderthalb Minuten.
   *[other] { $n }einhalb Minuten.
}

# Wie man sich hinstellt
say-posture-standing = Hinstellen.
say-posture-seated = Hinsetzen.
say-posture-upright = Aufrecht stehen oder sitzen.
say-posture-hinged = Hinstellen und nach vorn beugen.
say-posture-on-feet = Auf beide Füße stellen.
say-posture-off-floor = Hinstellen oder hinsetzen.
say-posture-all-fours = Auf Hände und Knie.
say-posture-plank = In den Liegestütz.
say-posture-prone = Auf den Bauch legen.
say-posture-supine = Auf den Rücken legen.
say-view-front = Mit dem Gesicht zur Kamera.
say-view-side = Mit der Seite zur Kamera.
say-view-oblique = Halb zur Kamera drehen.
say-near-left = Mit der linken Seite zur Kamera.
say-near-right = Mit der rechten Seite zur Kamera.

# Position einnehmen
say-come-into-picture = Ins Bild kommen.
say-show-all = So stellen, dass die Kamera alles sieht.
say-starting-position = In die Ausgangsposition.
say-hold-still = In der Ausgangsposition stillhalten.
say-take-your-time = Nur keine Eile.
say-by-ear = Das sehe ich von hier nicht. Bitte allein üben, ich sage die Zeit an.
say-go = Los.

# Im Satz
say-left-count = Links, { $n }.
say-right-count = Rechts, { $n }.
say-last-one = Noch eins.
say-hold = Halten.
say-and-release = Und lösen.
say-now-left = Jetzt die linke Seite.
say-now-right = Jetzt die rechte Seite.
say-half = Die Hälfte ist um.
say-a-little-more = Etwas weiter.
say-hold-longer = Etwas länger halten.
say-more-slowly = Etwas langsamer.
say-not-seen = Das habe ich nicht gesehen.
say-other-side = Bitte die andere Seite.
say-leave-it = Wir lassen es dabei.

# Pausen
say-paused-left = Pause, ich warte.
say-paused-hand = Pause. Zum Weitermachen eine Hand heben.
say-paused-key = Pause.
say-picture-gone = Das Bild ist weg. Ich warte.
say-picture-black = Das Bild ist schwarz. Ich warte.
say-picture-still = Das Bild steht still. Ich warte.
say-picture-back = Das Bild ist wieder da.
say-welcome-back = Willkommen zurück.
say-done-so-far = { $n } geschafft.
say-none-so-far = Noch nichts gezählt.
say-one-in-front = Ich folge der Person vorn.

# Ende eines Satzes
say-well-done = Gut gemacht.
say-noted = Notiert.
say-stopped = Beendet. Notiert.
say-skipped = Diese lassen wir aus.

# Pause zwischen den Übungen
say-rest = Ausruhen.
say-ten-seconds = Noch zehn Sekunden.

# Eine andere Übung
say-looks-like = Das sieht nach einer anderen Übung aus:
say-shall-i = Soll ich sie zählen? Dann eine Hand heben.
say-shall-i-button = Soll ich sie zählen?

# Das Ende
say-all-done = Das war alles.
say-exercises-done = { $count ->
    [one] Eine Übung geschafft.
   *[other] { $n } Übungen geschafft.
}
say-went-well = Das ging gut:
say-to-work-on = Darauf achten:
say-nothing-done = Heute wurde nichts gezählt.

# Davor und danach
say-can-you-hear = Bin ich auf der Matte zu hören? Dann eine Hand heben.
say-i-see-your-hand = Gut, ich sehe die Hand.
say-warm-up = Zuerst sanft aufwärmen: Schultern kreisen, Arme und Kopf bewegen, so weit es leicht geht.
say-cool-down = Einen Moment Ruhe: ruhig atmen und die Schultern sinken lassen.
say-water = Einen Schluck Wasser trinken.

# Der Rechner
say-slow-machine = Dieser Rechner ist langsam. Ich nehme das schnellere Modell.
say-sound-works = Das ist meine Stimme.

# Auf dem Bildschirm beim Einnehmen der Position: höchstens zwei Zeilen zu sechzehn Zeichen
show-come-into-picture = Ins Bild kommen
show-part = Nicht zu sehen: { $part }
show-all = Ich sehe nicht alles
show-starting-position = In die Ausgangslage
show-hold-still = Stillhalten
show-view-front = Gesicht zur Kamera
show-view-side = Seite zur Kamera
show-view-oblique = Halb zur Kamera drehen
show-near-left = Linke Seite zur Kamera
show-near-right = Rechte Seite zur Kamera
show-posture-standing = Hinstellen
show-posture-seated = Hinsetzen
show-posture-upright = Aufrecht stehen, sitzen
show-posture-hinged = Nach vorn beugen
show-posture-on-feet = Auf die Füße stellen
show-posture-off-floor = Stehen oder sitzen
show-posture-all-fours = Auf Hände und Knie
show-posture-plank = In den Liegestütz
show-posture-prone = Auf den Bauch legen
show-posture-supine = Auf den Rücken legen
