// Reads calendars with ical.js and prints what it read as JSON, one object for each file named on the command line.
// The zones come from the file alone: what ical.js brings along is thrown away first.
// Tags are not read: where one ends in a backslash, ical.js does not see the comma after it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.env.NODE_PATH}/`));
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));

function instant(time) {
    if (!time) return null;
    if (time.isDate) return time.toString();
    if (time.zone === ICAL.Timezone.localTimezone) return `${time} (floating)`;
    return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

function read(event) {
    const value = (name) => event.getFirstPropertyValue(name);
    return {
        slug: value("url"),
        title: value("summary"),
        start: instant(value("dtstart")),
        end: instant(value("dtend")),
        place: value("location"),
        status: value("status"),
        text: value("description") ?? "",
    };
}

function readFile(path) {
    ICAL.TimezoneService.reset();
    let calendar;
    try {
        calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
    } catch (error) {
        if (error.name !== "ParserError") throw error;
        return { refused: error.message };
    }
    for (const zone of calendar.getAllSubcomponents("vtimezone")) {
        ICAL.TimezoneService.register(zone);
    }
    return { events: calendar.getAllSubcomponents("vevent").map(read) };
}

console.log(JSON.stringify(process.argv.slice(2).map(readFile)));
