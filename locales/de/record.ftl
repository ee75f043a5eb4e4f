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
