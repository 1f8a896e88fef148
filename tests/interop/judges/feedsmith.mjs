// What feedsmith reads: node feedsmith.mjs FILE… prints an array, for each file {format, items} or {refused}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { parseFeed } = createRequire(import.meta.url)("feedsmith");

const READ = {
  rss: (feed) =>
    feed.items?.map((item) => ({
      id: item.guid?.value, title: item.title, url: item.link, published: item.pubDate, text: item.description,
      html: item.content?.encoded ?? null, tags: item.categories?.map((one) => one.name) ?? [],
    })),
  atom: (feed) =>
    feed.entries?.map((entry) => ({
      id: entry.id, title: entry.title?.value ?? entry.title, url: entry.links?.[0]?.href, published: entry.published,
      tags: entry.categories?.map((one) => one.term) ?? [],
    })),
  json: (feed) =>
    feed.items?.map((item) => ({
      id: item.id, title: item.title, url: item.url, published: item.date_published, text: item.content_text,
      html: item.content_html ?? null, tags: item.tags ?? [],
    })),
};

function read(path) {
  try {
    const { format, feed } = parseFeed(readFileSync(path, "utf-8"));
    const items = READ[format](feed) ?? [];
    for (const item of items) item.published = new Date(item.published).toISOString().replace(".000Z", "Z");
    return { format, items };
  } catch (error) {
    return { refused: String(error) };
  }
}

console.log(JSON.stringify(process.argv.slice(2).map(read)));
