// The peer in Node: reads one question a line, answers with one line, sleeps in between.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as settingsTables from './settings.mjs';

const require = createRequire(join(process.argv[2], 'package.json'));
const Database = require('better-sqlite3');
const hot = 1000;
const groups = 3;
const settings = 17;
const upsert = `INSERT INTO settings (key, value, group_id, updated_at) VALUES (@key, @value, 1, @now)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;
const upsertGroup = `INSERT INTO groups (name, description) VALUES (@name, @description)
  ON CONFLICT (name) DO UPDATE SET description = excluded.description`;
const columns = 'id, key, value, group_id, updated_at';

const keyOf = (number) => `setting.${String(number).padStart(8, '0')}`;
const valueOf = (number) => `the value of a setting, number ${String(number & 63).padStart(2, '0')}`;
const keys = Array.from({ length: hot }, (_, number) => keyOf(number));
const open = new Map();
let now = 0;
let sink;

function connect(path, isFull) {
  if (!open.has(path)) {
    const db = new Database(path, { timeout: 10000 });
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${isFull ? 'FULL' : 'NORMAL'}`);
    db.pragma('cache_size = -16000');
    db.pragma('mmap_size = 268435456');
    db.pragma('temp_store = MEMORY');
    open.set(path, { db, ...(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'globalSettings'").get().n ? settingsTables.operations(db) : operations(db)) });
  }
  return open.get(path);
}

function operations(db) {
  const write = db.prepare(upsert);
  const writeGroup = db.prepare(upsertGroup);
  const find = db.prepare(`SELECT ${columns} FROM settings WHERE key = ?`);
  const all = db.prepare(`SELECT ${columns} FROM settings ORDER BY id`);
  const batch = db.transaction((number) => {
    for (let i = 1; i <= groups; i++) writeGroup.run({ name: `group ${i}`, description: valueOf(number) });
    for (let i = 0; i < settings; i++) write.run({ key: keys[i], value: valueOf(number), now: number });
  });
  // operation: what one pass does, how many operations it counts as, how many passes between two looks at the clock
  return {
    upsert: { pass: () => write.run({ key: keys[(now * 7) % hot], value: valueOf(now), now }), counts: 1, chunk: 16 },
    find: { pass: () => { sink = find.get(keys[(now * 7) % hot]); }, counts: 1, chunk: 64 },
    all: { pass: () => { sink = all.all(); return sink.length; }, counts: 100000, chunk: 1 },
    batch: { pass: () => batch(now), counts: 1, chunk: 1 },
  };
}

function repeat({ prepare, pass, counts, chunk }, milliseconds) {
  prepare?.();
  const begin = process.hrtime.bigint();
  const end = begin + BigInt(Math.round(milliseconds * 1e6));
  let passes = 0;
  let last = begin;
  do {
    for (let i = 0; i < chunk; i++) {
      now++;
      pass();
    }
    passes += chunk;
    last = process.hrtime.bigint();
  } while (last < end);
  return Number(last - begin) / (passes * counts);
}

function answer({ operation, path, isFull, milliseconds }) {
  const connection = connect(path, isFull);
  if (operation === 'emptySettings' || operation === 'emptyHistory') {
    settingsTables.reset(connection.db, operation === 'emptyHistory');
  }
  if (operation === 'checkpoint' || operation === 'emptySettings' || operation === 'emptyHistory') {
    connection.db.pragma('wal_checkpoint(TRUNCATE)');
    return {};
  }
  if (operation === 'close') {
    connection.db.close();
    open.delete(path);
    return {};
  }
  return { nanoseconds: repeat(connection[operation], milliseconds) };
}

const probe = new Database(':memory:');
const sqlite = probe.prepare('SELECT sqlite_version() AS version').get().version;
probe.close();
process.stdout.write(`${require('better-sqlite3/package.json').version} (SQLite ${sqlite})\n`);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
