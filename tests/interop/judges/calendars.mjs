// Expands calendars with ical.js or node-ical and prints JSON: for each file {events: occurrences} or {refused: reason}.
// `calendars.mjs READER FILE…`
// Tags are not read: where one ends in a backslash, ical.js does not see the comma after it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.env.NODE_PATH}/`));
const UNTIL = new Date("2029-01-01T00:00:00Z");

const utc = (date) => date.toISOString().replace(".000Z", "Z");
const day = (date) => utc(date).slice(0, 10);

/** The zones come from the file alone: what ical.js brings along is thrown away first. */
async function icalJs() {
    const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));
    const moment = (time) => {
        if (time.isDate) return time.toString();
        if (time.zone === ICAL.Timezone.localTimezone) return `${time} (floating)`;
        return utc(new Date(time.toUnixTime() * 1000));
    };
    const reading = (item, start, end) => ({
        url: item.component.getFirstPropertyValue("url"),
        start: moment(start),
        // An event that does not say when it ends has an end all the same.
        end: item.component.hasProperty("dtend") ? moment(end) : null,
        title: item.summary,
        place: item.location,
        status: item.component.getFirstPropertyValue("status"),
        text: item.description ?? "",
    });

    function* expand(event) {
        if (!event.isRecurring()) {
            yield reading(event, event.startDate, event.endDate);
            return;
        }
        const iterator = event.iterator();
        for (let next = iterator.next(); next && next.toJSDate() < UNTIL; next = iterator.next()) {
            const { item, startDate, endDate } = event.getOccurrenceDetails(next);
            yield reading(item, startDate, endDate);
        }
    }

    return (path) => {
        ICAL.TimezoneService.reset();
        let calendar;
        try {
            calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
        } catch (error) {
            if (error.name !== "ParserError") throw error;
            return { refused: error.message };
        }
        calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
        const all = calendar.getAllSubcomponents("vevent");
        const isChange = (event) => event.hasProperty("recurrence-id");
        const uid = (event) => event.getFirstPropertyValue("uid");
        const events = all.filter((event) => !isChange(event)).map((event) => {
            const exceptions = all.filter((other) => isChange(other) && uid(other) === uid(event));
            return new ICAL.Event(event, { exceptions });
        });
        return { events: events.flatMap((event) => [...expand(event)]) };
    };
}

/** Its whole days are midnights of the process's own zone, which is UTC here. */
async function nodeIcal() {
    const ical = require("node-ical");
    const reading = ({ event, start, end, isFullDay, summary }) => ({
        url: event.url,
        start: (isFullDay ? day : utc)(start),
        end: (isFullDay ? day : utc)(end),
        title: summary,
        place: event.location,
        status: event.status,
    });
    return (path) => {
        const events = Object.values(ical.sync.parseFile(path)).filter((one) => one.type === "VEVENT");
        const from = new Date("2017-12-01T00:00:00Z");
        const occurrences = events.flatMap((event) => ical.expandRecurringEvent(event, { from, to: UNTIL }));
        return { events: occurrences.map(reading) };
    };
}

const [reader, ...paths] = process.argv.slice(2);
const read = await { "ical.js": icalJs, "node-ical": nodeIcal }[reader]();
console.log(JSON.stringify(paths.map(read)));
