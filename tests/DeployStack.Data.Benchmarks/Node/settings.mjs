// The operations of the peer in Node on the tables of settings: the statements and rows of the other peers.
const groups = 3;
const few = 17;
const many = 100000;
const mostChanges = 1000;
const at = 1700000000;

const insert = `INSERT INTO globalSettings (key, value, type, description, is_encrypted, group_id, created_at, updated_at)
  VALUES (@key, @value, @type, @description, @isEncrypted, @groupId, @createdAt, @updatedAt)`;
const upsertMetadata = `${insert} ON CONFLICT (key) DO UPDATE SET type = excluded.type, description = excluded.description,
  is_encrypted = excluded.is_encrypted, group_id = excluded.group_id, updated_at = excluded.updated_at`;
const upsertValue = `${insert} ON CONFLICT (key) DO UPDATE SET value = excluded.value, is_encrypted = excluded.is_encrypted, updated_at = excluded.updated_at`;
const upsertGroup = `INSERT INTO globalSettingGroups (id, name, description, icon, sort_order, created_at, updated_at)
  VALUES (@id, @name, @description, @icon, @sortOrder, @now, @now)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, icon = excluded.icon, sort_order = excluded.sort_order, updated_at = excluded.updated_at`;

const valueOf = (number) => `the value of a setting, number ${String(number & 63).padStart(2, '0')}`;
const nameOf = (edition) => `what people read about it, edition ${edition & 1}`;
const rows = (count, key, group) => Array.from({ length: count }, (_, i) => ({
  key: key(i), value: valueOf(i), type: 'string', description: nameOf(0), isEncrypted: 0, groupId: group(i), createdAt: at, updatedAt: at, old: undefined,
}));

export function operations(db) {
  const claim = db.prepare('UPDATE deploystack_settings_version SET version = version + 1 WHERE id = 1');
  const history = db.prepare('INSERT INTO deploystack_setting_history (batch, part, at, changes) VALUES (?, ?, ?, ?)');
  const writeGroup = db.prepare(upsertGroup);
  const create = db.prepare(insert);
  const describe = db.prepare(upsertMetadata);
  const change = db.prepare(upsertValue);
  const fewGroups = Array.from({ length: groups }, (_, i) => ({ id: `start.${i}`, name: '', description: 'a group of settings', icon: 'mail', sortOrder: i, now: at }));
  const fewRows = rows(few, (i) => `start.${i % groups}.setting.${String(i).padStart(2, '0')}`, (i) => `start.${i % groups}`);
  let manyRows;
  let turn = 1000000;

  const entry = ({ key, old, value }) => ({ key, old, new: value });
  const write = (statement, written) => {
    for (const row of written) statement.run(row);
    for (let first = 0; first < written.length; first += mostChanges) {
      history.run(turn, first / mostChanges, turn, JSON.stringify(written.slice(first, first + mostChanges).map(entry)));
    }
  };
  const start = db.transaction(() => {
    claim.run();
    for (const group of fewGroups) writeGroup.run(group);
    for (const row of fewRows) describe.run(row);
  });
  const createMany = db.transaction(() => {
    claim.run();
    writeGroup.run({ id: 'bulk', name: 'Many', description: 'a group of settings', icon: 'mail', sortOrder: 0, now: at });
    write(create, manyRows);
  });
  const changeMany = db.transaction(() => {
    claim.run();
    write(change, manyRows);
  });
  const filled = () => {
    manyRows ??= rows(many, (i) => `bulk.setting.${String(i).padStart(8, '0')}`, () => 'bulk');
    turn++;
  };
  return {
    start: {
      pass: () => {
        turn++;
        for (const group of fewGroups) group.name = nameOf(turn);
        for (const row of fewRows) { row.description = nameOf(turn); row.updatedAt = at + turn; }
        start();
      },
      counts: 1,
      chunk: 1,
    },
    createMany: { prepare: filled, pass: createMany, counts: many, chunk: 1 },
    changeMany: {
      prepare: () => {
        filled();
        manyRows.forEach((row, i) => { row.old = row.value; row.value = valueOf(i + turn); row.updatedAt = at + turn; });
      },
      pass: changeMany,
      counts: many,
      chunk: 1,
    },
  };
}

export function reset(db, keepsSettings) {
  if (!keepsSettings) db.exec('DELETE FROM globalSettings; DELETE FROM globalSettingGroups;');
  db.exec('DELETE FROM deploystack_setting_history;');
}
