# What records say, told anew: they keep English words.

# Why something did not count
reason-degrees = { $count } Grad zu wenig
reason-trunks = { $n } Rumpflängen zu wenig
reason-percent = { $n } % zu wenig
reason-held-of = { $held } von { $target } s gehalten
reason-too-quick = zu schnell für eine Wiederholung
reason-out-of-sight = nicht zu sehen
reason-another = eine andere Bewegung
reason-other-side = andere Seite

# Why nothing counted, and what was not measured
because-nobody = niemand war zu sehen: der ganze Körper muss im Bild sein
because-rejected = { $count ->
    [one] eine Bewegung, sie zählt nicht: { $why }
   *[other] { $count } Bewegungen, keine zählt; die weiteste: { $why }
}
because-still = keine Bewegung dieser Übung war zu sehen, oder sie war von hier zu klein
because-posture = nie in der Haltung: { $advice }
because-view = von der falschen Seite zu sehen: { $advice }
because-hidden = was dafür nötig ist, war verdeckt: { $advice }
because-hidden-parts = so bewegen, dass die Kamera alles sieht: { $parts }
because-start = nie in der Ausgangsposition: { $advice }
because-hold-still = die Ausgangsposition war zu kurz: { $advice }
not-measured-timed = { $count ->
    [one] von hier nicht zu sehen; eine Wiederholung selbst gestoppt
   *[other] von hier nicht zu sehen; { $count } Wiederholungen selbst gestoppt
}

# Die eigene Bewegungsweite messen
measure-still = In der Ausgangsposition stillhalten
measure-back-and-still = Zurück in die Ausgangsposition und stillhalten
measure-come-back = Genug, zurückkommen
measure-one = Jetzt eine Wiederholung, so weit es angenehm ist
measure-one-short = Jetzt eine kurze, so weit es angenehm ist, ohne zu halten
measure-one-more = Und noch eine
measure-known = Deine Bewegungsweite heute: { $range }
measure-known-said = Deine Bewegungsweite ist gemessen
measure-none-seen = Keine Wiederholung gesehen
measure-one-open = Eine wurde gesehen, die nicht zurückkam
measure-two-alike = Zwei gleiche sind nötig
measure-again = Noch einmal: zwei, so weit es angenehm ist
measure-again-short = Noch einmal: zwei kurze, ohne zu halten
measure-unseen = Diese Bewegung ist von hier nicht zu sehen
measure-unseen-what = Kamera umstellen, oder es geht nach Gehör
measure-degrees = { $n } Grad
measure-trunks = { $n } Rumpflängen
measure-percent = { $n } %

# Wo die Kamera steht
place-nobody = niemand zu sehen: dort hinstellen, wo du übst, mit dem ganzen Körper im Bild
place-not-standing = niemand stand dort mit dem Gesicht zur Kamera: ein paar Sekunden aufrecht zur Kamera stehen
place-small = du bist zu klein im Bild: näher kommen
place-cramped = im Liegen passt du nicht ins Bild: die Kamera weiter weg stellen
place-from-above = die Kamera schaut auf dich herab: tiefer stellen, auf einen halben Meter für den Boden, auf Brusthöhe für den Stuhl
place-where = Die Kamera steht etwa { $away } m entfernt und { $high } m über dem Boden, auf einen halben Meter genau.

# Worauf ein Satz gewartet hat und wie er endete
waited-picture = { $time } auf ein Bild gewartet
waited-away = { $time } gewartet, bis die Person zurück war
waited-person = { $time } auf Wunsch gewartet
ended-pain = beendet, weil es weh tat
ended-person = von der Person beendet
ended-still = beendet, weil sich nichts bewegte
ended-pause = in einer Pause beendet
stopped-pain = es tat weh
stopped-tired = müde
stopped-no-time = keine Zeit mehr
stopped-other = ein anderer Grund

# Werte über die Sitzungen
trend-range = Bewegungsweite
trend-hold = Halten
trend-active = Aktiv
trend-consistency = Konstanz
trend-form = Form
trend-faulty = Wiederholungen mit Fehler

# In einem Film mit dem, was gesehen wurde
overlay-not-counted = Nicht gezählt: { $why }
