//! What the events of the corpus are about. No persons, no addresses but examples.

pub(crate) const TOPICS: [&str; 16] = [
    "Bildungsmonitoring",
    "Übergang Schule – Beruf",
    "Straßenbäume im Klimawandel",
    "Haushalt & Steuern",
    "Ganztag",
    "Kommunalrecht für Einsteigerinnen und Einsteiger",
    "Vergabe",
    "Öffentlicher Raum",
    "Datenschutzgrundverordnungsfolgenabschätzungsbeauftragtenfortbildung",
    "Müllvermeidung",
    "Sprachförderung",
    "Wärmeplanung",
    "Offene Daten; offene Ämter",
    "Ehrenamt",
    "Stadtgeschichte: 1918, 1949, 1989",
    "Mehrsprachigkeit – čeština, українська, Türkçe, العربية",
];

pub(crate) const FORMS: [&str; 8] = [
    "{} weiterentwickeln",
    "Werkstatt {}",
    "{}: Stand und Ausblick",
    "„{}“ – ein Gespräch",
    "Neues zu {}",
    "🎉 {} feiern",
    "{} <für alle> & jeden",
    "{} \\\\ Grundlagen, Teil 2; mit Übungen",
];

pub(crate) const KINDS: [&str; 7] =
    ["workshop", "conference", "network-meeting", "talk", "course", "excursion", "other"];

pub(crate) const TAGS: [&str; 8] =
    ["Bildung", "Größe", "Umwelt", "Recht & Ordnung", "Jugend", "A, B; C\\\\", "Digital", "Kultur"];

pub(crate) const REASONS: [&str; 4] = [
    "Krankheit",
    "Sturmwarnung des Wetterdienstes!",
    "Zu wenige Anmeldungen",
    "Feiertag; das Haus ist zu",
];

pub(crate) const ROOMS: [&str; 3] = ["saal", "keller", "hof"];

/// Paragraphs of Markdown, plain and not so plain.
pub(crate) const PARAGRAPHS: [&str; 14] = [
    "Wir stellen vor, was im vergangenen Jahr erreicht wurde, und sprechen darüber, was noch fehlt.",
    "Für Getränke ist gesorgt. Bitte bringen Sie *eigene Fragen* und **gute Laune** mit.",
    "- Begrüßung\n- Vortrag\n  - mit Aussprache\n- Pause, Kuchen & Kaffee",
    "1. Anmelden\n2. Kommen\n3. Mitreden",
    "| Raum | Thema |\n|---|---|\n| Saal | Größe |\n| Keller | `a | b` |",
    "Mehr steht [auf der Seite](https://example.org/mehr?a=1&b=2#über) und unter <https://example.org/>.",
    "## Anfahrt\n\nMit der Linie 3 bis *Am Platz*, dann 200 m zu Fuß.",
    "> Wer fragt, führt.\n> \n> – Sprichwort",
    "Zeile eins,  \nZeile zwei, und ein <b>Wort</b> in Klammern & <script>alert('x')</script>.",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenübergabefeierlichkeitenplanungsgruppe",
    "👩‍👩‍👧‍👦 Familien sind willkommen 🎈, auch 日本語 und Ελληνικά; „Anführungszeichen“, ‚einfache‘, … und – Striche.",
    "END:VEVENT\nBEGIN:VEVENT\n\n]]> </item> &amp; &lt;b&gt; {{ 7 * 7 }} {% raw %} \\, \\; \\n",
    "```\nif a < b && c > d { \"x\" }\n\n\ttab\n```",
    "![Ein Bild vom Platz](https://example.org/bild.png) und ~~gestrichen~~ und `code`.",
];

pub(crate) const ENGLISH: [&str; 3] = [
    "We look at what was achieved last year – and at what is still missing.",
    "*Bring* your own questions; there is coffee & cake.",
    "- Welcome\n- Talk\n- Open floor",
];
