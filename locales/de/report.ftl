# Der Bericht über Sitzungen

report-last-of = Satz für Satz: die letzten { $n } von { $all } Sitzungen.
report-none = Keine Sitzungen
report-session-of = Sitzung vom { $at }
report-sessions = { $n } Sitzungen, { $from } bis { $to }
report-person = Person:
report-glance = Auf einen Blick
report-pain = Schmerz, 0 bis 10, vorher und nachher:
report-stopped = Vorher aufgehört:
report-nothing-done = Darin wurde nichts gemacht.
report-set-by-set = Satz für Satz
report-exercise = Übung
report-done = Gemacht
report-corrected = Berichtigt auf
report-not-counted = Nicht gezählt
report-hold = Halten, Median
report-range = Weite, Median
report-left-right = Links / rechts
report-form = Form, Median
report-seen = Gesehen
report-set-stopped = (abgebrochen)
report-key-bars = Balken: je eine Wiederholung, gefüllt, wo sie zählt.
report-key-fault = Fehler der Form
report-key-left = Links
report-key-and = und
report-key-right = rechts
report-key-own = sind von der Person aus gesehen, auch in den Figuren, die den weitesten Punkt zeigen.
report-score = { $n } von 100
report-corrected-to = von der Person berichtigt auf { $n }
report-form-colon = Form:
report-fault-in = { $fault } in { $n } von { $of }
report-not-counted-colon = Nicht gezählt:
report-at-least = mindestens
report-at-most = höchstens
report-routine = Programm { $id }
report-limits = Weite { $limits }
report-left = links
report-right = rechts
report-l = L
report-r = R
report-number = Nr. { $n }
report-nothing-counted = Nichts gezählt
report-range-of-passes = Weite jeder Bahn, { $unit }
report-range-of-reps = Weite jeder Wiederholung, { $unit }
report-target = Ziel { $s }
report-time-held = Gehalten, Sekunden
report-over-time = Im Verlauf
report-range-of-set = Weite, Median des Satzes
report-range-over-time = Weite im Verlauf
report-hold-of-set = Halten, Median des Satzes
report-hold-over-time = Halten im Verlauf
report-active = Zeit in Bewegung
report-active-over-time = Bewegung im Verlauf
report-faulty = Wiederholungen mit Fehler
report-faulty-over-time = Fehler im Verlauf
report-older = { $count ->
    [one] Ein älterer Satz fehlt: eine andere Übungsdatei hat anders gemessen.
   *[other] { $count } ältere Sätze fehlen: eine andere Übungsdatei hat anders gemessen.
}
report-too-few = Noch zu wenige Sätze, um eine Änderung zu erkennen.
report-changes = Die letzten { $sets } Sätze gegen die { $sets } davor: { $told }.
report-newest = Neuester Satz: { $faults }.
report-fault-share = { $fault } in { $share }
report-not-measured = Nicht gemessen
report-by = formcheck { $version }, Modell { $model }
report-measured-by = Gezählt, gestoppt und gemessen mit einer Kamera von { $by }. Weiten sind die Bewegung, wie das Bild sie zeigt; vergleichen lassen sie sich mit denen derselben Person vom selben Platz. Berichtigte Zahlen sind die der Person und stehen neben den gemessenen.
report-made = Erstellt am { $at }. Bilder wurden nicht behalten; die Figuren sind aus Gelenkpunkten gezeichnet.
report-degrees = Grad
report-trunks = Rumpflängen (T)
report-share = Anteil
report-done-of = { $done } von { $target }
report-overview = Sitzungen
report-day = Tag
report-exercises = Übungen
report-sets = Sätze
report-counted = Gezählt
report-holds = Gehalten
report-pain-short = Schmerz vorher, nachher
report-star = * mit Zahlen, wie die Person sie berichtigt hat; die gemessenen stehen Satz für Satz.
report-month = { $month }, { $n } Sitzungen
date-report-full = { $weekday }, { $day }. { $month } { $year }, { $time } Uhr
date-report-day = { $day }. { $month } { $year }
date-report-month = { $month } { $year }
date-month-long = { $n ->
   *[1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
    [12] Dezember
}
