// Reads iCalendar feeds with ical.js and prints the events of each as JSON. Zones come from the feed itself.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

ICAL.design.strict = true;

function moment(time, zone) {
  if (time.isDate) return { local: time.toString(), utc: null };
  if (time.zone.tzid !== zone.tzid) throw new Error(`${time} is not in zone ${zone.tzid}`);
  const utc = time.convertToZone(ICAL.Timezone.utcTimezone);
  return { local: utc.convertToZone(zone).toString(), utc: utc.toString() };
}

function read(path) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf-8")));
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const [start, end] = [moment(event.startDate, zone), moment(event.endDate, zone)];
    return {
      uid: event.uid,
      all_day: event.startDate.isDate,
      start: start.local,
      end: end.local,
      utc_start: start.utc,
      utc_end: end.utc,
      summary: event.summary,
      location: event.location,
      url: component.getFirstPropertyValue("url"),
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence,
    };
  });
}

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((path) => [path, read(path)]))));
