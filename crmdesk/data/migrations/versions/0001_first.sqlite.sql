CREATE TABLE access_log (
  id INTEGER NOT NULL,
  at BIGINT NOT NULL,
  user_id INTEGER,
  kind VARCHAR(10) NOT NULL,
  what VARCHAR(60) NOT NULL,
  rows INTEGER NOT NULL,
  CONSTRAINT pk_access_log PRIMARY KEY (id)
)
----
CREATE TABLE action_segment (
  "key" VARCHAR(20) NOT NULL,
  visits INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  mailings INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  CONSTRAINT pk_action_segment PRIMARY KEY ("key")
)
----
CREATE TABLE audit (
  id INTEGER NOT NULL,
  tx INTEGER NOT NULL,
  at BIGINT NOT NULL,
  user_id INTEGER,
  op VARCHAR(6) NOT NULL,
  tbl VARCHAR(40) NOT NULL,
  row_id INTEGER NOT NULL,
  old JSON,
  new JSON,
  CONSTRAINT pk_audit PRIMARY KEY (id)
)
----
CREATE INDEX ix_audit_row ON audit (tbl, row_id)
----
CREATE INDEX ix_audit_tx ON audit (tx)
----
CREATE TABLE audit_context (
  one INTEGER NOT NULL,
  tx INTEGER NOT NULL,
  user_id INTEGER,
  at BIGINT,
  CONSTRAINT pk_audit_context PRIMARY KEY (one)
)
----
CREATE TABLE branch (
  name VARCHAR(200) NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_branch PRIMARY KEY (id)
)
----
CREATE TABLE import_mapping (
  id INTEGER NOT NULL,
  kind VARCHAR(20) NOT NULL,
  signature VARCHAR(64) NOT NULL,
  mapping JSON NOT NULL,
  used_at BIGINT NOT NULL,
  CONSTRAINT pk_import_mapping PRIMARY KEY (id)
)
----
CREATE UNIQUE INDEX ix_import_mapping_signature ON import_mapping (kind, signature)
----
CREATE TABLE import_run (
  id INTEGER NOT NULL,
  kind VARCHAR(20) NOT NULL,
  file_name VARCHAR(300) NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  at BIGINT NOT NULL,
  user_id INTEGER,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  tx INTEGER NOT NULL,
  undone_at BIGINT,
  CONSTRAINT pk_import_run PRIMARY KEY (id)
)
----
CREATE TABLE product_group (
  "key" VARCHAR(60),
  name VARCHAR(200) NOT NULL,
  important BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_product_group PRIMARY KEY (id)
)
----
CREATE TABLE setting (
  "key" VARCHAR(80) NOT NULL,
  value JSON NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  CONSTRAINT pk_setting PRIMARY KEY ("key")
)
----
CREATE TABLE undone (
  tx INTEGER NOT NULL,
  by_tx INTEGER NOT NULL,
  user_id INTEGER,
  at BIGINT NOT NULL,
  CONSTRAINT pk_undone PRIMARY KEY (tx)
)
----
CREATE TABLE app_user (
  login VARCHAR(63) NOT NULL,
  name VARCHAR(200) NOT NULL,
  role VARCHAR(20) NOT NULL,
  branch_id INTEGER,
  active BOOLEAN NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_app_user PRIMARY KEY (id),
  CONSTRAINT uq_app_user_login UNIQUE (login),
  CONSTRAINT fk_app_user_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
)
----
CREATE TABLE product (
  code VARCHAR(60),
  name VARCHAR(500) NOT NULL,
  match_key VARCHAR(500) NOT NULL,
  group_id INTEGER,
  unit VARCHAR(20) NOT NULL,
  reprint_days INTEGER,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_product PRIMARY KEY (id),
  CONSTRAINT fk_product_group_id FOREIGN KEY(group_id) REFERENCES product_group (id)
)
----
CREATE INDEX ix_product_code ON product (code)
----
CREATE INDEX ix_product_match_key ON product (match_key)
----
CREATE TABLE client (
  name VARCHAR(500) NOT NULL,
  is_company BOOLEAN NOT NULL,
  code VARCHAR(60),
  tax_number VARCHAR(20),
  manager_id INTEGER,
  branch_id INTEGER,
  tracked BOOLEAN NOT NULL,
  action_segment VARCHAR(20) NOT NULL,
  visits_norm INTEGER,
  calls_norm INTEGER,
  mailings_norm INTEGER,
  importance VARCHAR(20) NOT NULL,
  stage VARCHAR(20) NOT NULL,
  goal_kind VARCHAR(20),
  goal_value INTEGER,
  city VARCHAR(120) NOT NULL,
  address VARCHAR(500) NOT NULL,
  industry VARCHAR(60) NOT NULL,
  channel VARCHAR(60) NOT NULL,
  referrer_id INTEGER,
  since INTEGER,
  lost_on INTEGER,
  lost_reason VARCHAR(60) NOT NULL,
  notes TEXT NOT NULL,
  own_fields JSON NOT NULL,
  match_key VARCHAR(500) NOT NULL,
  sort_key VARCHAR(500) NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_client PRIMARY KEY (id),
  CONSTRAINT fk_client_manager_id FOREIGN KEY(manager_id) REFERENCES app_user (id),
  CONSTRAINT fk_client_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
  CONSTRAINT fk_client_referrer_id FOREIGN KEY(referrer_id) REFERENCES client (id)
)
----
CREATE INDEX ix_client_code ON client (code)
----
CREATE INDEX ix_client_manager_tracked ON client (manager_id, tracked, archived_at)
----
CREATE INDEX ix_client_match_key ON client (match_key)
----
CREATE INDEX ix_client_sort_key ON client (sort_key)
----
CREATE INDEX ix_client_tax_number ON client (tax_number)
----
CREATE TABLE reminder (
  user_id INTEGER NOT NULL,
  "key" VARCHAR(80) NOT NULL,
  shown_at BIGINT,
  snoozed_until BIGINT,
  dismissed_at BIGINT,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_reminder PRIMARY KEY (id),
  CONSTRAINT uq_reminder_user_id_key UNIQUE (user_id, "key"),
  CONSTRAINT fk_reminder_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
)
----
CREATE TABLE sales_plan (
  manager_id INTEGER NOT NULL,
  month INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_sales_plan PRIMARY KEY (id),
  CONSTRAINT uq_sales_plan_manager_id_month UNIQUE (manager_id, month),
  CONSTRAINT fk_sales_plan_manager_id FOREIGN KEY(manager_id) REFERENCES app_user (id)
)
----
CREATE TABLE saved_view (
  user_id INTEGER,
  screen VARCHAR(20) NOT NULL,
  name VARCHAR(100) NOT NULL,
  wanted JSON NOT NULL,
  pinned BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_saved_view PRIMARY KEY (id),
  CONSTRAINT fk_saved_view_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
)
----
CREATE INDEX ix_saved_view_user ON saved_view (user_id, screen)
----
CREATE TABLE client_month (
  client_id INTEGER NOT NULL,
  month INTEGER NOT NULL,
  turnover INTEGER NOT NULL,
  gross_profit INTEGER NOT NULL,
  important INTEGER NOT NULL,
  skus INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  mailings INTEGER NOT NULL,
  promises_kept INTEGER NOT NULL,
  promises_due INTEGER NOT NULL,
  CONSTRAINT pk_client_month PRIMARY KEY (client_id, month),
  CONSTRAINT fk_client_month_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 WITHOUT ROWID
----
CREATE TABLE client_month_product (
  client_id INTEGER NOT NULL,
  month INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  CONSTRAINT pk_client_month_product PRIMARY KEY (client_id, month, product_id),
  CONSTRAINT fk_client_month_product_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 WITHOUT ROWID
----
CREATE TABLE client_stat (
  client_id INTEGER NOT NULL,
  order_days INTEGER NOT NULL,
  first_order INTEGER,
  last_order INTEGER,
  gap_mean FLOAT,
  gap_var FLOAT,
  turnover INTEGER NOT NULL,
  last_contact INTEGER,
  last_call INTEGER,
  last_visit INTEGER,
  next_task_id INTEGER,
  next_due INTEGER,
  open_promise_due INTEGER,
  CONSTRAINT pk_client_stat PRIMARY KEY (client_id),
  CONSTRAINT fk_client_stat_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE TABLE orders (
  client_id INTEGER NOT NULL,
  manager_id INTEGER,
  day INTEGER NOT NULL,
  number VARCHAR(120) NOT NULL,
  stage VARCHAR(20) NOT NULL,
  total INTEGER NOT NULL,
  cost INTEGER,
  details JSON NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_orders PRIMARY KEY (id),
  CONSTRAINT fk_orders_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_orders_manager_id FOREIGN KEY(manager_id) REFERENCES app_user (id)
)
----
CREATE INDEX ix_orders_client ON orders (client_id, day, total)
----
CREATE INDEX ix_orders_manager ON orders (manager_id, day)
----
CREATE INDEX ix_orders_number ON orders (number)
----
CREATE TABLE person (
  client_id INTEGER NOT NULL,
  surname VARCHAR(120) NOT NULL,
  given_name VARCHAR(120) NOT NULL,
  patronymic VARCHAR(120) NOT NULL,
  gender VARCHAR(10),
  birth_day INTEGER,
  birth_month INTEGER,
  birth_year INTEGER,
  profession VARCHAR(120) NOT NULL,
  role VARCHAR(60) NOT NULL,
  notes TEXT NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_person PRIMARY KEY (id),
  CONSTRAINT fk_person_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE INDEX ix_person_birthday ON person (birth_month, birth_day) WHERE birth_month IS NOT NULL
----
CREATE INDEX ix_person_client_id ON person (client_id)
----
CREATE TABLE potential (
  client_id INTEGER NOT NULL,
  group_id INTEGER,
  monthly INTEGER NOT NULL,
  on_day INTEGER NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_potential PRIMARY KEY (id),
  CONSTRAINT fk_potential_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_potential_group_id FOREIGN KEY(group_id) REFERENCES product_group (id)
)
----
CREATE INDEX ix_potential_client_id ON potential (client_id)
----
CREATE TABLE presence (
  user_id INTEGER NOT NULL,
  client_id INTEGER,
  at BIGINT NOT NULL,
  CONSTRAINT pk_presence PRIMARY KEY (user_id),
  CONSTRAINT fk_presence_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
  CONSTRAINT fk_presence_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE INDEX ix_presence_client ON presence (client_id)
----
CREATE TABLE search_text (
  client_id INTEGER NOT NULL,
  manager_id INTEGER,
  text TEXT NOT NULL,
  CONSTRAINT pk_search_text PRIMARY KEY (client_id),
  CONSTRAINT fk_search_text_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE TABLE search_word (
  word VARCHAR(60) NOT NULL,
  client_id INTEGER NOT NULL,
  manager_id INTEGER,
  CONSTRAINT pk_search_word PRIMARY KEY (word, client_id),
  CONSTRAINT fk_search_word_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 WITHOUT ROWID
----
CREATE INDEX ix_search_word_client ON search_word (client_id, word)
----
CREATE TABLE consent (
  person_id INTEGER NOT NULL,
  channel VARCHAR(20) NOT NULL,
  given BOOLEAN NOT NULL,
  on_day INTEGER NOT NULL,
  origin VARCHAR(200) NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_consent PRIMARY KEY (id),
  CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
----
CREATE INDEX ix_consent_person_id ON consent (person_id)
----
CREATE TABLE contact_point (
  client_id INTEGER NOT NULL,
  person_id INTEGER,
  kind VARCHAR(10) NOT NULL,
  original VARCHAR(200) NOT NULL,
  normal VARCHAR(200) NOT NULL,
  extension VARCHAR(20) NOT NULL,
  position INTEGER NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_contact_point PRIMARY KEY (id),
  CONSTRAINT fk_contact_point_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_contact_point_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
----
CREATE INDEX ix_contact_point_client_id ON contact_point (client_id)
----
CREATE INDEX ix_contact_point_normal ON contact_point (normal)
----
CREATE INDEX ix_contact_point_person_id ON contact_point (person_id)
----
CREATE TABLE interaction (
  client_id INTEGER NOT NULL,
  person_id INTEGER,
  manager_id INTEGER,
  kind VARCHAR(20) NOT NULL,
  at BIGINT NOT NULL,
  day INTEGER NOT NULL,
  minutes INTEGER,
  result VARCHAR(40) NOT NULL,
  rung VARCHAR(10) NOT NULL,
  resume TEXT NOT NULL,
  no_next_reason VARCHAR(200) NOT NULL,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_interaction PRIMARY KEY (id),
  CONSTRAINT fk_interaction_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_interaction_person_id FOREIGN KEY(person_id) REFERENCES person (id),
  CONSTRAINT fk_interaction_manager_id FOREIGN KEY(manager_id) REFERENCES app_user (id)
)
----
CREATE INDEX ix_interaction_client ON interaction (client_id, day, kind, rung, result)
----
CREATE INDEX ix_interaction_manager ON interaction (manager_id, day, kind)
----
CREATE TABLE order_line (
  order_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  product_id INTEGER,
  words VARCHAR(500) NOT NULL,
  quantity INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  cost INTEGER,
  CONSTRAINT pk_order_line PRIMARY KEY (order_id, line),
  CONSTRAINT fk_order_line_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT fk_order_line_product_id FOREIGN KEY(product_id) REFERENCES product (id)
)
 WITHOUT ROWID
----
CREATE TABLE task (
  client_id INTEGER,
  person_id INTEGER,
  manager_id INTEGER,
  kind VARCHAR(20) NOT NULL,
  title VARCHAR(500) NOT NULL,
  notes TEXT NOT NULL,
  promise BOOLEAN NOT NULL,
  routine BOOLEAN NOT NULL,
  priority INTEGER NOT NULL,
  due_day INTEGER,
  due_time INTEGER,
  zone VARCHAR(60) NOT NULL,
  minutes INTEGER,
  first_due_day INTEGER,
  moved_count INTEGER NOT NULL,
  done_at BIGINT,
  done_day INTEGER,
  released_at BIGINT,
  release_reason VARCHAR(200) NOT NULL,
  no_next_reason VARCHAR(200),
  interaction_id INTEGER,
  id INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id INTEGER,
  CONSTRAINT pk_task PRIMARY KEY (id),
  CONSTRAINT fk_task_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_task_person_id FOREIGN KEY(person_id) REFERENCES person (id),
  CONSTRAINT fk_task_manager_id FOREIGN KEY(manager_id) REFERENCES app_user (id),
  CONSTRAINT fk_task_interaction_id FOREIGN KEY(interaction_id) REFERENCES interaction (id)
)
----
CREATE INDEX ix_task_client ON task (client_id, due_day)
----
CREATE INDEX ix_task_client_open ON task (client_id, due_day) WHERE done_at IS NULL AND released_at IS NULL AND archived_at IS NULL
----
CREATE INDEX ix_task_manager_day ON task (manager_id, due_day)
----
CREATE INDEX ix_task_manager_done ON task (manager_id, done_day) WHERE done_day IS NOT NULL
----
CREATE INDEX ix_task_manager_open ON task (manager_id, due_day) WHERE done_at IS NULL AND released_at IS NULL AND archived_at IS NULL
----
CREATE INDEX ix_task_promise ON task (manager_id, due_day) WHERE promise
----
INSERT INTO audit_context (one, tx, user_id, at) VALUES (1, 0, NULL, NULL)
----
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'crmdesk: the audit trail is append-only'); END
----
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'crmdesk: the audit trail is append-only'); END
----
CREATE TRIGGER access_log_insert AFTER INSERT ON access_log
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'access_log', NEW."id",
NULL,
'{' || substr(',"id":' || json_quote(NEW."id")
|| ',"at":' || json_quote(NEW."at")
|| CASE WHEN NEW."user_id" IS NULL THEN '' ELSE ',"user_id":' || json_quote(NEW."user_id") END
|| ',"kind":' || json_quote(NEW."kind")
|| ',"what":' || json_quote(NEW."what")
|| ',"rows":' || json_quote(NEW."rows"), 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER access_log_update AFTER UPDATE ON access_log
WHEN OLD."id" IS NOT NEW."id" OR OLD."at" IS NOT NEW."at" OR OLD."user_id" IS NOT NEW."user_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."what" IS NOT NEW."what" OR OLD."rows" IS NOT NEW."rows"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'access_log', NEW."id",
'{' || substr(CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."at" IS NOT NEW."at" THEN ',"at":' || json_quote(OLD."at") ELSE '' END
|| CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(OLD."user_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(OLD."kind") ELSE '' END
|| CASE WHEN OLD."what" IS NOT NEW."what" THEN ',"what":' || json_quote(OLD."what") ELSE '' END
|| CASE WHEN OLD."rows" IS NOT NEW."rows" THEN ',"rows":' || json_quote(OLD."rows") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."at" IS NOT NEW."at" THEN ',"at":' || json_quote(NEW."at") ELSE '' END
|| CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(NEW."user_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(NEW."kind") ELSE '' END
|| CASE WHEN OLD."what" IS NOT NEW."what" THEN ',"what":' || json_quote(NEW."what") ELSE '' END
|| CASE WHEN OLD."rows" IS NOT NEW."rows" THEN ',"rows":' || json_quote(NEW."rows") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER access_log_delete AFTER DELETE ON access_log
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'access_log', OLD."id",
'{' || substr(',"id":' || json_quote(OLD."id")
|| ',"at":' || json_quote(OLD."at")
|| CASE WHEN OLD."user_id" IS NULL THEN '' ELSE ',"user_id":' || json_quote(OLD."user_id") END
|| ',"kind":' || json_quote(OLD."kind")
|| ',"what":' || json_quote(OLD."what")
|| ',"rows":' || json_quote(OLD."rows"), 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER access_log_key BEFORE UPDATE OF "id" ON access_log
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER action_segment_insert AFTER INSERT ON action_segment
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'action_segment', 0,
NULL,
'{' || substr(',"key":' || json_quote(NEW."key")
|| ',"visits":' || json_quote(NEW."visits")
|| ',"calls":' || json_quote(NEW."calls")
|| ',"mailings":' || json_quote(NEW."mailings")
|| ',"version":' || json_quote(NEW."version"), 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER action_segment_update AFTER UPDATE ON action_segment
WHEN OLD."key" IS NOT NEW."key" OR OLD."visits" IS NOT NEW."visits" OR OLD."calls" IS NOT NEW."calls" OR OLD."mailings" IS NOT NEW."mailings" OR OLD."version" IS NOT NEW."version"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'action_segment', 0,
'{' || substr(',"key":' || json_quote(OLD."key")
|| CASE WHEN OLD."visits" IS NOT NEW."visits" THEN ',"visits":' || json_quote(OLD."visits") ELSE '' END
|| CASE WHEN OLD."calls" IS NOT NEW."calls" THEN ',"calls":' || json_quote(OLD."calls") ELSE '' END
|| CASE WHEN OLD."mailings" IS NOT NEW."mailings" THEN ',"mailings":' || json_quote(OLD."mailings") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(NEW."key") ELSE '' END
|| CASE WHEN OLD."visits" IS NOT NEW."visits" THEN ',"visits":' || json_quote(NEW."visits") ELSE '' END
|| CASE WHEN OLD."calls" IS NOT NEW."calls" THEN ',"calls":' || json_quote(NEW."calls") ELSE '' END
|| CASE WHEN OLD."mailings" IS NOT NEW."mailings" THEN ',"mailings":' || json_quote(NEW."mailings") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER action_segment_delete AFTER DELETE ON action_segment
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'action_segment', 0,
'{' || substr(',"key":' || json_quote(OLD."key")
|| ',"visits":' || json_quote(OLD."visits")
|| ',"calls":' || json_quote(OLD."calls")
|| ',"mailings":' || json_quote(OLD."mailings")
|| ',"version":' || json_quote(OLD."version"), 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER action_segment_version BEFORE UPDATE ON action_segment
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER action_segment_key BEFORE UPDATE OF "key" ON action_segment
WHEN NEW."key" IS NOT OLD."key" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER branch_insert AFTER INSERT ON branch
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'branch', NEW."id",
NULL,
'{' || substr(',"name":' || json_quote(NEW."name")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER branch_update AFTER UPDATE ON branch
WHEN OLD."name" IS NOT NEW."name" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'branch', NEW."id",
'{' || substr(CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER branch_delete AFTER DELETE ON branch
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'branch', OLD."id",
'{' || substr(',"name":' || json_quote(OLD."name")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER branch_version BEFORE UPDATE ON branch
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER branch_key BEFORE UPDATE OF "id" ON branch
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER import_run_insert AFTER INSERT ON import_run
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'import_run', NEW."id",
NULL,
'{' || substr(',"id":' || json_quote(NEW."id")
|| ',"kind":' || json_quote(NEW."kind")
|| ',"file_name":' || json_quote(NEW."file_name")
|| ',"sha256":' || json_quote(NEW."sha256")
|| ',"at":' || json_quote(NEW."at")
|| CASE WHEN NEW."user_id" IS NULL THEN '' ELSE ',"user_id":' || json_quote(NEW."user_id") END
|| ',"added":' || json_quote(NEW."added")
|| ',"updated":' || json_quote(NEW."updated")
|| ',"unchanged":' || json_quote(NEW."unchanged")
|| ',"refused":' || json_quote(NEW."refused")
|| ',"tx":' || json_quote(NEW."tx")
|| CASE WHEN NEW."undone_at" IS NULL THEN '' ELSE ',"undone_at":' || json_quote(NEW."undone_at") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER import_run_update AFTER UPDATE ON import_run
WHEN OLD."id" IS NOT NEW."id" OR OLD."kind" IS NOT NEW."kind" OR OLD."file_name" IS NOT NEW."file_name" OR OLD."sha256" IS NOT NEW."sha256" OR OLD."at" IS NOT NEW."at" OR OLD."user_id" IS NOT NEW."user_id" OR OLD."added" IS NOT NEW."added" OR OLD."updated" IS NOT NEW."updated" OR OLD."unchanged" IS NOT NEW."unchanged" OR OLD."refused" IS NOT NEW."refused" OR OLD."tx" IS NOT NEW."tx" OR OLD."undone_at" IS NOT NEW."undone_at"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'import_run', NEW."id",
'{' || substr(CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(OLD."kind") ELSE '' END
|| CASE WHEN OLD."file_name" IS NOT NEW."file_name" THEN ',"file_name":' || json_quote(OLD."file_name") ELSE '' END
|| CASE WHEN OLD."sha256" IS NOT NEW."sha256" THEN ',"sha256":' || json_quote(OLD."sha256") ELSE '' END
|| CASE WHEN OLD."at" IS NOT NEW."at" THEN ',"at":' || json_quote(OLD."at") ELSE '' END
|| CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(OLD."user_id") ELSE '' END
|| CASE WHEN OLD."added" IS NOT NEW."added" THEN ',"added":' || json_quote(OLD."added") ELSE '' END
|| CASE WHEN OLD."updated" IS NOT NEW."updated" THEN ',"updated":' || json_quote(OLD."updated") ELSE '' END
|| CASE WHEN OLD."unchanged" IS NOT NEW."unchanged" THEN ',"unchanged":' || json_quote(OLD."unchanged") ELSE '' END
|| CASE WHEN OLD."refused" IS NOT NEW."refused" THEN ',"refused":' || json_quote(OLD."refused") ELSE '' END
|| CASE WHEN OLD."tx" IS NOT NEW."tx" THEN ',"tx":' || json_quote(OLD."tx") ELSE '' END
|| CASE WHEN OLD."undone_at" IS NOT NEW."undone_at" THEN ',"undone_at":' || json_quote(OLD."undone_at") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(NEW."kind") ELSE '' END
|| CASE WHEN OLD."file_name" IS NOT NEW."file_name" THEN ',"file_name":' || json_quote(NEW."file_name") ELSE '' END
|| CASE WHEN OLD."sha256" IS NOT NEW."sha256" THEN ',"sha256":' || json_quote(NEW."sha256") ELSE '' END
|| CASE WHEN OLD."at" IS NOT NEW."at" THEN ',"at":' || json_quote(NEW."at") ELSE '' END
|| CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(NEW."user_id") ELSE '' END
|| CASE WHEN OLD."added" IS NOT NEW."added" THEN ',"added":' || json_quote(NEW."added") ELSE '' END
|| CASE WHEN OLD."updated" IS NOT NEW."updated" THEN ',"updated":' || json_quote(NEW."updated") ELSE '' END
|| CASE WHEN OLD."unchanged" IS NOT NEW."unchanged" THEN ',"unchanged":' || json_quote(NEW."unchanged") ELSE '' END
|| CASE WHEN OLD."refused" IS NOT NEW."refused" THEN ',"refused":' || json_quote(NEW."refused") ELSE '' END
|| CASE WHEN OLD."tx" IS NOT NEW."tx" THEN ',"tx":' || json_quote(NEW."tx") ELSE '' END
|| CASE WHEN OLD."undone_at" IS NOT NEW."undone_at" THEN ',"undone_at":' || json_quote(NEW."undone_at") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER import_run_delete AFTER DELETE ON import_run
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'import_run', OLD."id",
'{' || substr(',"id":' || json_quote(OLD."id")
|| ',"kind":' || json_quote(OLD."kind")
|| ',"file_name":' || json_quote(OLD."file_name")
|| ',"sha256":' || json_quote(OLD."sha256")
|| ',"at":' || json_quote(OLD."at")
|| CASE WHEN OLD."user_id" IS NULL THEN '' ELSE ',"user_id":' || json_quote(OLD."user_id") END
|| ',"added":' || json_quote(OLD."added")
|| ',"updated":' || json_quote(OLD."updated")
|| ',"unchanged":' || json_quote(OLD."unchanged")
|| ',"refused":' || json_quote(OLD."refused")
|| ',"tx":' || json_quote(OLD."tx")
|| CASE WHEN OLD."undone_at" IS NULL THEN '' ELSE ',"undone_at":' || json_quote(OLD."undone_at") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER import_run_key BEFORE UPDATE OF "id" ON import_run
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER product_group_insert AFTER INSERT ON product_group
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'product_group', NEW."id",
NULL,
'{' || substr(CASE WHEN NEW."key" IS NULL THEN '' ELSE ',"key":' || json_quote(NEW."key") END
|| ',"name":' || json_quote(NEW."name")
|| ',"important":' || CASE WHEN NEW."important" IS NULL THEN 'null' WHEN NEW."important" THEN 'true' ELSE 'false' END
|| ',"position":' || json_quote(NEW."position")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER product_group_update AFTER UPDATE ON product_group
WHEN OLD."key" IS NOT NEW."key" OR OLD."name" IS NOT NEW."name" OR OLD."important" IS NOT NEW."important" OR OLD."position" IS NOT NEW."position" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'product_group', NEW."id",
'{' || substr(CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(OLD."key") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") ELSE '' END
|| CASE WHEN OLD."important" IS NOT NEW."important" THEN ',"important":' || CASE WHEN OLD."important" IS NULL THEN 'null' WHEN OLD."important" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."position" IS NOT NEW."position" THEN ',"position":' || json_quote(OLD."position") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(NEW."key") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") ELSE '' END
|| CASE WHEN OLD."important" IS NOT NEW."important" THEN ',"important":' || CASE WHEN NEW."important" IS NULL THEN 'null' WHEN NEW."important" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."position" IS NOT NEW."position" THEN ',"position":' || json_quote(NEW."position") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER product_group_delete AFTER DELETE ON product_group
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'product_group', OLD."id",
'{' || substr(CASE WHEN OLD."key" IS NULL THEN '' ELSE ',"key":' || json_quote(OLD."key") END
|| ',"name":' || json_quote(OLD."name")
|| ',"important":' || CASE WHEN OLD."important" IS NULL THEN 'null' WHEN OLD."important" THEN 'true' ELSE 'false' END
|| ',"position":' || json_quote(OLD."position")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER product_group_version BEFORE UPDATE ON product_group
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER product_group_key BEFORE UPDATE OF "id" ON product_group
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER setting_insert AFTER INSERT ON setting
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'setting', 0,
NULL,
'{' || substr(',"key":' || json_quote(NEW."key")
|| ',"value":' || coalesce(NEW."value", 'null')
|| ',"version":' || json_quote(NEW."version"), 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER setting_update AFTER UPDATE ON setting
WHEN OLD."key" IS NOT NEW."key" OR OLD."value" IS NOT NEW."value" OR OLD."version" IS NOT NEW."version"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'setting', 0,
'{' || substr(',"key":' || json_quote(OLD."key")
|| CASE WHEN OLD."value" IS NOT NEW."value" THEN ',"value":' || coalesce(OLD."value", 'null') ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(NEW."key") ELSE '' END
|| CASE WHEN OLD."value" IS NOT NEW."value" THEN ',"value":' || coalesce(NEW."value", 'null') ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER setting_delete AFTER DELETE ON setting
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'setting', 0,
'{' || substr(',"key":' || json_quote(OLD."key")
|| ',"value":' || coalesce(OLD."value", 'null')
|| ',"version":' || json_quote(OLD."version"), 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER setting_version BEFORE UPDATE ON setting
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER setting_key BEFORE UPDATE OF "key" ON setting
WHEN NEW."key" IS NOT OLD."key" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER app_user_insert AFTER INSERT ON app_user
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'app_user', NEW."id",
NULL,
'{' || substr(',"login":' || json_quote(NEW."login")
|| ',"name":' || json_quote(NEW."name")
|| ',"role":' || json_quote(NEW."role")
|| CASE WHEN NEW."branch_id" IS NULL THEN '' ELSE ',"branch_id":' || json_quote(NEW."branch_id") END
|| ',"active":' || CASE WHEN NEW."active" IS NULL THEN 'null' WHEN NEW."active" THEN 'true' ELSE 'false' END
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER app_user_update AFTER UPDATE ON app_user
WHEN OLD."login" IS NOT NEW."login" OR OLD."name" IS NOT NEW."name" OR OLD."role" IS NOT NEW."role" OR OLD."branch_id" IS NOT NEW."branch_id" OR OLD."active" IS NOT NEW."active" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'app_user', NEW."id",
'{' || substr(CASE WHEN OLD."login" IS NOT NEW."login" THEN ',"login":' || json_quote(OLD."login") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") ELSE '' END
|| CASE WHEN OLD."role" IS NOT NEW."role" THEN ',"role":' || json_quote(OLD."role") ELSE '' END
|| CASE WHEN OLD."branch_id" IS NOT NEW."branch_id" THEN ',"branch_id":' || json_quote(OLD."branch_id") ELSE '' END
|| CASE WHEN OLD."active" IS NOT NEW."active" THEN ',"active":' || CASE WHEN OLD."active" IS NULL THEN 'null' WHEN OLD."active" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."login" IS NOT NEW."login" THEN ',"login":' || json_quote(NEW."login") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") ELSE '' END
|| CASE WHEN OLD."role" IS NOT NEW."role" THEN ',"role":' || json_quote(NEW."role") ELSE '' END
|| CASE WHEN OLD."branch_id" IS NOT NEW."branch_id" THEN ',"branch_id":' || json_quote(NEW."branch_id") ELSE '' END
|| CASE WHEN OLD."active" IS NOT NEW."active" THEN ',"active":' || CASE WHEN NEW."active" IS NULL THEN 'null' WHEN NEW."active" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER app_user_delete AFTER DELETE ON app_user
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'app_user', OLD."id",
'{' || substr(',"login":' || json_quote(OLD."login")
|| ',"name":' || json_quote(OLD."name")
|| ',"role":' || json_quote(OLD."role")
|| CASE WHEN OLD."branch_id" IS NULL THEN '' ELSE ',"branch_id":' || json_quote(OLD."branch_id") END
|| ',"active":' || CASE WHEN OLD."active" IS NULL THEN 'null' WHEN OLD."active" THEN 'true' ELSE 'false' END
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER app_user_version BEFORE UPDATE ON app_user
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER app_user_key BEFORE UPDATE OF "id" ON app_user
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER product_insert AFTER INSERT ON product
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'product', NEW."id",
NULL,
'{' || substr(CASE WHEN NEW."code" IS NULL THEN '' ELSE ',"code":' || json_quote(NEW."code") END
|| ',"name":' || json_quote(NEW."name")
|| ',"match_key":' || json_quote(NEW."match_key")
|| CASE WHEN NEW."group_id" IS NULL THEN '' ELSE ',"group_id":' || json_quote(NEW."group_id") END
|| ',"unit":' || json_quote(NEW."unit")
|| CASE WHEN NEW."reprint_days" IS NULL THEN '' ELSE ',"reprint_days":' || json_quote(NEW."reprint_days") END
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER product_update AFTER UPDATE ON product
WHEN OLD."code" IS NOT NEW."code" OR OLD."name" IS NOT NEW."name" OR OLD."match_key" IS NOT NEW."match_key" OR OLD."group_id" IS NOT NEW."group_id" OR OLD."unit" IS NOT NEW."unit" OR OLD."reprint_days" IS NOT NEW."reprint_days" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'product', NEW."id",
'{' || substr(CASE WHEN OLD."code" IS NOT NEW."code" THEN ',"code":' || json_quote(OLD."code") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") ELSE '' END
|| CASE WHEN OLD."match_key" IS NOT NEW."match_key" THEN ',"match_key":' || json_quote(OLD."match_key") ELSE '' END
|| CASE WHEN OLD."group_id" IS NOT NEW."group_id" THEN ',"group_id":' || json_quote(OLD."group_id") ELSE '' END
|| CASE WHEN OLD."unit" IS NOT NEW."unit" THEN ',"unit":' || json_quote(OLD."unit") ELSE '' END
|| CASE WHEN OLD."reprint_days" IS NOT NEW."reprint_days" THEN ',"reprint_days":' || json_quote(OLD."reprint_days") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."code" IS NOT NEW."code" THEN ',"code":' || json_quote(NEW."code") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") ELSE '' END
|| CASE WHEN OLD."match_key" IS NOT NEW."match_key" THEN ',"match_key":' || json_quote(NEW."match_key") ELSE '' END
|| CASE WHEN OLD."group_id" IS NOT NEW."group_id" THEN ',"group_id":' || json_quote(NEW."group_id") ELSE '' END
|| CASE WHEN OLD."unit" IS NOT NEW."unit" THEN ',"unit":' || json_quote(NEW."unit") ELSE '' END
|| CASE WHEN OLD."reprint_days" IS NOT NEW."reprint_days" THEN ',"reprint_days":' || json_quote(NEW."reprint_days") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER product_delete AFTER DELETE ON product
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'product', OLD."id",
'{' || substr(CASE WHEN OLD."code" IS NULL THEN '' ELSE ',"code":' || json_quote(OLD."code") END
|| ',"name":' || json_quote(OLD."name")
|| ',"match_key":' || json_quote(OLD."match_key")
|| CASE WHEN OLD."group_id" IS NULL THEN '' ELSE ',"group_id":' || json_quote(OLD."group_id") END
|| ',"unit":' || json_quote(OLD."unit")
|| CASE WHEN OLD."reprint_days" IS NULL THEN '' ELSE ',"reprint_days":' || json_quote(OLD."reprint_days") END
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER product_version BEFORE UPDATE ON product
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER product_key BEFORE UPDATE OF "id" ON product
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER client_insert AFTER INSERT ON client
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'client', NEW."id",
NULL,
'{' || substr(',"name":' || json_quote(NEW."name")
|| ',"is_company":' || CASE WHEN NEW."is_company" IS NULL THEN 'null' WHEN NEW."is_company" THEN 'true' ELSE 'false' END
|| CASE WHEN NEW."code" IS NULL THEN '' ELSE ',"code":' || json_quote(NEW."code") END
|| CASE WHEN NEW."tax_number" IS NULL THEN '' ELSE ',"tax_number":' || json_quote(NEW."tax_number") END
|| CASE WHEN NEW."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(NEW."manager_id") END
|| CASE WHEN NEW."branch_id" IS NULL THEN '' ELSE ',"branch_id":' || json_quote(NEW."branch_id") END
|| ',"tracked":' || CASE WHEN NEW."tracked" IS NULL THEN 'null' WHEN NEW."tracked" THEN 'true' ELSE 'false' END
|| ',"action_segment":' || json_quote(NEW."action_segment")
|| CASE WHEN NEW."visits_norm" IS NULL THEN '' ELSE ',"visits_norm":' || json_quote(NEW."visits_norm") END
|| CASE WHEN NEW."calls_norm" IS NULL THEN '' ELSE ',"calls_norm":' || json_quote(NEW."calls_norm") END
|| CASE WHEN NEW."mailings_norm" IS NULL THEN '' ELSE ',"mailings_norm":' || json_quote(NEW."mailings_norm") END
|| ',"importance":' || json_quote(NEW."importance")
|| ',"stage":' || json_quote(NEW."stage")
|| CASE WHEN NEW."goal_kind" IS NULL THEN '' ELSE ',"goal_kind":' || json_quote(NEW."goal_kind") END
|| CASE WHEN NEW."goal_value" IS NULL THEN '' ELSE ',"goal_value":' || json_quote(NEW."goal_value") END
|| ',"city":' || json_quote(NEW."city")
|| ',"address":' || json_quote(NEW."address")
|| ',"industry":' || json_quote(NEW."industry")
|| ',"channel":' || json_quote(NEW."channel")
|| CASE WHEN NEW."referrer_id" IS NULL THEN '' ELSE ',"referrer_id":' || json_quote(NEW."referrer_id") END
|| CASE WHEN NEW."since" IS NULL THEN '' ELSE ',"since":' || json_quote(NEW."since") END
|| CASE WHEN NEW."lost_on" IS NULL THEN '' ELSE ',"lost_on":' || json_quote(NEW."lost_on") END
|| ',"lost_reason":' || json_quote(NEW."lost_reason")
|| ',"notes":' || json_quote(NEW."notes")
|| ',"own_fields":' || coalesce(NEW."own_fields", 'null')
|| ',"match_key":' || json_quote(NEW."match_key")
|| ',"sort_key":' || json_quote(NEW."sort_key")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER client_update AFTER UPDATE ON client
WHEN OLD."name" IS NOT NEW."name" OR OLD."is_company" IS NOT NEW."is_company" OR OLD."code" IS NOT NEW."code" OR OLD."tax_number" IS NOT NEW."tax_number" OR OLD."manager_id" IS NOT NEW."manager_id" OR OLD."branch_id" IS NOT NEW."branch_id" OR OLD."tracked" IS NOT NEW."tracked" OR OLD."action_segment" IS NOT NEW."action_segment" OR OLD."visits_norm" IS NOT NEW."visits_norm" OR OLD."calls_norm" IS NOT NEW."calls_norm" OR OLD."mailings_norm" IS NOT NEW."mailings_norm" OR OLD."importance" IS NOT NEW."importance" OR OLD."stage" IS NOT NEW."stage" OR OLD."goal_kind" IS NOT NEW."goal_kind" OR OLD."goal_value" IS NOT NEW."goal_value" OR OLD."city" IS NOT NEW."city" OR OLD."address" IS NOT NEW."address" OR OLD."industry" IS NOT NEW."industry" OR OLD."channel" IS NOT NEW."channel" OR OLD."referrer_id" IS NOT NEW."referrer_id" OR OLD."since" IS NOT NEW."since" OR OLD."lost_on" IS NOT NEW."lost_on" OR OLD."lost_reason" IS NOT NEW."lost_reason" OR OLD."notes" IS NOT NEW."notes" OR OLD."own_fields" IS NOT NEW."own_fields" OR OLD."match_key" IS NOT NEW."match_key" OR OLD."sort_key" IS NOT NEW."sort_key" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'client', NEW."id",
'{' || substr(CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") ELSE '' END
|| CASE WHEN OLD."is_company" IS NOT NEW."is_company" THEN ',"is_company":' || CASE WHEN OLD."is_company" IS NULL THEN 'null' WHEN OLD."is_company" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."code" IS NOT NEW."code" THEN ',"code":' || json_quote(OLD."code") ELSE '' END
|| CASE WHEN OLD."tax_number" IS NOT NEW."tax_number" THEN ',"tax_number":' || json_quote(OLD."tax_number") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(OLD."manager_id") ELSE '' END
|| CASE WHEN OLD."branch_id" IS NOT NEW."branch_id" THEN ',"branch_id":' || json_quote(OLD."branch_id") ELSE '' END
|| CASE WHEN OLD."tracked" IS NOT NEW."tracked" THEN ',"tracked":' || CASE WHEN OLD."tracked" IS NULL THEN 'null' WHEN OLD."tracked" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."action_segment" IS NOT NEW."action_segment" THEN ',"action_segment":' || json_quote(OLD."action_segment") ELSE '' END
|| CASE WHEN OLD."visits_norm" IS NOT NEW."visits_norm" THEN ',"visits_norm":' || json_quote(OLD."visits_norm") ELSE '' END
|| CASE WHEN OLD."calls_norm" IS NOT NEW."calls_norm" THEN ',"calls_norm":' || json_quote(OLD."calls_norm") ELSE '' END
|| CASE WHEN OLD."mailings_norm" IS NOT NEW."mailings_norm" THEN ',"mailings_norm":' || json_quote(OLD."mailings_norm") ELSE '' END
|| CASE WHEN OLD."importance" IS NOT NEW."importance" THEN ',"importance":' || json_quote(OLD."importance") ELSE '' END
|| CASE WHEN OLD."stage" IS NOT NEW."stage" THEN ',"stage":' || json_quote(OLD."stage") ELSE '' END
|| CASE WHEN OLD."goal_kind" IS NOT NEW."goal_kind" THEN ',"goal_kind":' || json_quote(OLD."goal_kind") ELSE '' END
|| CASE WHEN OLD."goal_value" IS NOT NEW."goal_value" THEN ',"goal_value":' || json_quote(OLD."goal_value") ELSE '' END
|| CASE WHEN OLD."city" IS NOT NEW."city" THEN ',"city":' || json_quote(OLD."city") ELSE '' END
|| CASE WHEN OLD."address" IS NOT NEW."address" THEN ',"address":' || json_quote(OLD."address") ELSE '' END
|| CASE WHEN OLD."industry" IS NOT NEW."industry" THEN ',"industry":' || json_quote(OLD."industry") ELSE '' END
|| CASE WHEN OLD."channel" IS NOT NEW."channel" THEN ',"channel":' || json_quote(OLD."channel") ELSE '' END
|| CASE WHEN OLD."referrer_id" IS NOT NEW."referrer_id" THEN ',"referrer_id":' || json_quote(OLD."referrer_id") ELSE '' END
|| CASE WHEN OLD."since" IS NOT NEW."since" THEN ',"since":' || json_quote(OLD."since") ELSE '' END
|| CASE WHEN OLD."lost_on" IS NOT NEW."lost_on" THEN ',"lost_on":' || json_quote(OLD."lost_on") ELSE '' END
|| CASE WHEN OLD."lost_reason" IS NOT NEW."lost_reason" THEN ',"lost_reason":' || json_quote(OLD."lost_reason") ELSE '' END
|| CASE WHEN OLD."notes" IS NOT NEW."notes" THEN ',"notes":' || json_quote(OLD."notes") ELSE '' END
|| CASE WHEN OLD."own_fields" IS NOT NEW."own_fields" THEN ',"own_fields":' || coalesce(OLD."own_fields", 'null') ELSE '' END
|| CASE WHEN OLD."match_key" IS NOT NEW."match_key" THEN ',"match_key":' || json_quote(OLD."match_key") ELSE '' END
|| CASE WHEN OLD."sort_key" IS NOT NEW."sort_key" THEN ',"sort_key":' || json_quote(OLD."sort_key") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") ELSE '' END
|| CASE WHEN OLD."is_company" IS NOT NEW."is_company" THEN ',"is_company":' || CASE WHEN NEW."is_company" IS NULL THEN 'null' WHEN NEW."is_company" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."code" IS NOT NEW."code" THEN ',"code":' || json_quote(NEW."code") ELSE '' END
|| CASE WHEN OLD."tax_number" IS NOT NEW."tax_number" THEN ',"tax_number":' || json_quote(NEW."tax_number") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(NEW."manager_id") ELSE '' END
|| CASE WHEN OLD."branch_id" IS NOT NEW."branch_id" THEN ',"branch_id":' || json_quote(NEW."branch_id") ELSE '' END
|| CASE WHEN OLD."tracked" IS NOT NEW."tracked" THEN ',"tracked":' || CASE WHEN NEW."tracked" IS NULL THEN 'null' WHEN NEW."tracked" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."action_segment" IS NOT NEW."action_segment" THEN ',"action_segment":' || json_quote(NEW."action_segment") ELSE '' END
|| CASE WHEN OLD."visits_norm" IS NOT NEW."visits_norm" THEN ',"visits_norm":' || json_quote(NEW."visits_norm") ELSE '' END
|| CASE WHEN OLD."calls_norm" IS NOT NEW."calls_norm" THEN ',"calls_norm":' || json_quote(NEW."calls_norm") ELSE '' END
|| CASE WHEN OLD."mailings_norm" IS NOT NEW."mailings_norm" THEN ',"mailings_norm":' || json_quote(NEW."mailings_norm") ELSE '' END
|| CASE WHEN OLD."importance" IS NOT NEW."importance" THEN ',"importance":' || json_quote(NEW."importance") ELSE '' END
|| CASE WHEN OLD."stage" IS NOT NEW."stage" THEN ',"stage":' || json_quote(NEW."stage") ELSE '' END
|| CASE WHEN OLD."goal_kind" IS NOT NEW."goal_kind" THEN ',"goal_kind":' || json_quote(NEW."goal_kind") ELSE '' END
|| CASE WHEN OLD."goal_value" IS NOT NEW."goal_value" THEN ',"goal_value":' || json_quote(NEW."goal_value") ELSE '' END
|| CASE WHEN OLD."city" IS NOT NEW."city" THEN ',"city":' || json_quote(NEW."city") ELSE '' END
|| CASE WHEN OLD."address" IS NOT NEW."address" THEN ',"address":' || json_quote(NEW."address") ELSE '' END
|| CASE WHEN OLD."industry" IS NOT NEW."industry" THEN ',"industry":' || json_quote(NEW."industry") ELSE '' END
|| CASE WHEN OLD."channel" IS NOT NEW."channel" THEN ',"channel":' || json_quote(NEW."channel") ELSE '' END
|| CASE WHEN OLD."referrer_id" IS NOT NEW."referrer_id" THEN ',"referrer_id":' || json_quote(NEW."referrer_id") ELSE '' END
|| CASE WHEN OLD."since" IS NOT NEW."since" THEN ',"since":' || json_quote(NEW."since") ELSE '' END
|| CASE WHEN OLD."lost_on" IS NOT NEW."lost_on" THEN ',"lost_on":' || json_quote(NEW."lost_on") ELSE '' END
|| CASE WHEN OLD."lost_reason" IS NOT NEW."lost_reason" THEN ',"lost_reason":' || json_quote(NEW."lost_reason") ELSE '' END
|| CASE WHEN OLD."notes" IS NOT NEW."notes" THEN ',"notes":' || json_quote(NEW."notes") ELSE '' END
|| CASE WHEN OLD."own_fields" IS NOT NEW."own_fields" THEN ',"own_fields":' || coalesce(NEW."own_fields", 'null') ELSE '' END
|| CASE WHEN OLD."match_key" IS NOT NEW."match_key" THEN ',"match_key":' || json_quote(NEW."match_key") ELSE '' END
|| CASE WHEN OLD."sort_key" IS NOT NEW."sort_key" THEN ',"sort_key":' || json_quote(NEW."sort_key") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER client_delete AFTER DELETE ON client
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'client', OLD."id",
'{' || substr(',"name":' || json_quote(OLD."name")
|| ',"is_company":' || CASE WHEN OLD."is_company" IS NULL THEN 'null' WHEN OLD."is_company" THEN 'true' ELSE 'false' END
|| CASE WHEN OLD."code" IS NULL THEN '' ELSE ',"code":' || json_quote(OLD."code") END
|| CASE WHEN OLD."tax_number" IS NULL THEN '' ELSE ',"tax_number":' || json_quote(OLD."tax_number") END
|| CASE WHEN OLD."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(OLD."manager_id") END
|| CASE WHEN OLD."branch_id" IS NULL THEN '' ELSE ',"branch_id":' || json_quote(OLD."branch_id") END
|| ',"tracked":' || CASE WHEN OLD."tracked" IS NULL THEN 'null' WHEN OLD."tracked" THEN 'true' ELSE 'false' END
|| ',"action_segment":' || json_quote(OLD."action_segment")
|| CASE WHEN OLD."visits_norm" IS NULL THEN '' ELSE ',"visits_norm":' || json_quote(OLD."visits_norm") END
|| CASE WHEN OLD."calls_norm" IS NULL THEN '' ELSE ',"calls_norm":' || json_quote(OLD."calls_norm") END
|| CASE WHEN OLD."mailings_norm" IS NULL THEN '' ELSE ',"mailings_norm":' || json_quote(OLD."mailings_norm") END
|| ',"importance":' || json_quote(OLD."importance")
|| ',"stage":' || json_quote(OLD."stage")
|| CASE WHEN OLD."goal_kind" IS NULL THEN '' ELSE ',"goal_kind":' || json_quote(OLD."goal_kind") END
|| CASE WHEN OLD."goal_value" IS NULL THEN '' ELSE ',"goal_value":' || json_quote(OLD."goal_value") END
|| ',"city":' || json_quote(OLD."city")
|| ',"address":' || json_quote(OLD."address")
|| ',"industry":' || json_quote(OLD."industry")
|| ',"channel":' || json_quote(OLD."channel")
|| CASE WHEN OLD."referrer_id" IS NULL THEN '' ELSE ',"referrer_id":' || json_quote(OLD."referrer_id") END
|| CASE WHEN OLD."since" IS NULL THEN '' ELSE ',"since":' || json_quote(OLD."since") END
|| CASE WHEN OLD."lost_on" IS NULL THEN '' ELSE ',"lost_on":' || json_quote(OLD."lost_on") END
|| ',"lost_reason":' || json_quote(OLD."lost_reason")
|| ',"notes":' || json_quote(OLD."notes")
|| ',"own_fields":' || coalesce(OLD."own_fields", 'null')
|| ',"match_key":' || json_quote(OLD."match_key")
|| ',"sort_key":' || json_quote(OLD."sort_key")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER client_version BEFORE UPDATE ON client
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER client_key BEFORE UPDATE OF "id" ON client
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER reminder_insert AFTER INSERT ON reminder
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'reminder', NEW."id",
NULL,
'{' || substr(',"user_id":' || json_quote(NEW."user_id")
|| ',"key":' || json_quote(NEW."key")
|| CASE WHEN NEW."shown_at" IS NULL THEN '' ELSE ',"shown_at":' || json_quote(NEW."shown_at") END
|| CASE WHEN NEW."snoozed_until" IS NULL THEN '' ELSE ',"snoozed_until":' || json_quote(NEW."snoozed_until") END
|| CASE WHEN NEW."dismissed_at" IS NULL THEN '' ELSE ',"dismissed_at":' || json_quote(NEW."dismissed_at") END
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER reminder_update AFTER UPDATE ON reminder
WHEN OLD."user_id" IS NOT NEW."user_id" OR OLD."key" IS NOT NEW."key" OR OLD."shown_at" IS NOT NEW."shown_at" OR OLD."snoozed_until" IS NOT NEW."snoozed_until" OR OLD."dismissed_at" IS NOT NEW."dismissed_at" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'reminder', NEW."id",
'{' || substr(CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(OLD."user_id") ELSE '' END
|| CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(OLD."key") ELSE '' END
|| CASE WHEN OLD."shown_at" IS NOT NEW."shown_at" THEN ',"shown_at":' || json_quote(OLD."shown_at") ELSE '' END
|| CASE WHEN OLD."snoozed_until" IS NOT NEW."snoozed_until" THEN ',"snoozed_until":' || json_quote(OLD."snoozed_until") ELSE '' END
|| CASE WHEN OLD."dismissed_at" IS NOT NEW."dismissed_at" THEN ',"dismissed_at":' || json_quote(OLD."dismissed_at") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(NEW."user_id") ELSE '' END
|| CASE WHEN OLD."key" IS NOT NEW."key" THEN ',"key":' || json_quote(NEW."key") ELSE '' END
|| CASE WHEN OLD."shown_at" IS NOT NEW."shown_at" THEN ',"shown_at":' || json_quote(NEW."shown_at") ELSE '' END
|| CASE WHEN OLD."snoozed_until" IS NOT NEW."snoozed_until" THEN ',"snoozed_until":' || json_quote(NEW."snoozed_until") ELSE '' END
|| CASE WHEN OLD."dismissed_at" IS NOT NEW."dismissed_at" THEN ',"dismissed_at":' || json_quote(NEW."dismissed_at") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER reminder_delete AFTER DELETE ON reminder
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'reminder', OLD."id",
'{' || substr(',"user_id":' || json_quote(OLD."user_id")
|| ',"key":' || json_quote(OLD."key")
|| CASE WHEN OLD."shown_at" IS NULL THEN '' ELSE ',"shown_at":' || json_quote(OLD."shown_at") END
|| CASE WHEN OLD."snoozed_until" IS NULL THEN '' ELSE ',"snoozed_until":' || json_quote(OLD."snoozed_until") END
|| CASE WHEN OLD."dismissed_at" IS NULL THEN '' ELSE ',"dismissed_at":' || json_quote(OLD."dismissed_at") END
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER reminder_version BEFORE UPDATE ON reminder
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER reminder_key BEFORE UPDATE OF "id" ON reminder
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER sales_plan_insert AFTER INSERT ON sales_plan
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'sales_plan', NEW."id",
NULL,
'{' || substr(',"manager_id":' || json_quote(NEW."manager_id")
|| ',"month":' || json_quote(NEW."month")
|| ',"amount":' || json_quote(NEW."amount")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER sales_plan_update AFTER UPDATE ON sales_plan
WHEN OLD."manager_id" IS NOT NEW."manager_id" OR OLD."month" IS NOT NEW."month" OR OLD."amount" IS NOT NEW."amount" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'sales_plan', NEW."id",
'{' || substr(CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(OLD."manager_id") ELSE '' END
|| CASE WHEN OLD."month" IS NOT NEW."month" THEN ',"month":' || json_quote(OLD."month") ELSE '' END
|| CASE WHEN OLD."amount" IS NOT NEW."amount" THEN ',"amount":' || json_quote(OLD."amount") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(NEW."manager_id") ELSE '' END
|| CASE WHEN OLD."month" IS NOT NEW."month" THEN ',"month":' || json_quote(NEW."month") ELSE '' END
|| CASE WHEN OLD."amount" IS NOT NEW."amount" THEN ',"amount":' || json_quote(NEW."amount") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER sales_plan_delete AFTER DELETE ON sales_plan
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'sales_plan', OLD."id",
'{' || substr(',"manager_id":' || json_quote(OLD."manager_id")
|| ',"month":' || json_quote(OLD."month")
|| ',"amount":' || json_quote(OLD."amount")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER sales_plan_version BEFORE UPDATE ON sales_plan
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER sales_plan_key BEFORE UPDATE OF "id" ON sales_plan
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER saved_view_insert AFTER INSERT ON saved_view
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'saved_view', NEW."id",
NULL,
'{' || substr(CASE WHEN NEW."user_id" IS NULL THEN '' ELSE ',"user_id":' || json_quote(NEW."user_id") END
|| ',"screen":' || json_quote(NEW."screen")
|| ',"name":' || json_quote(NEW."name")
|| ',"wanted":' || coalesce(NEW."wanted", 'null')
|| ',"pinned":' || CASE WHEN NEW."pinned" IS NULL THEN 'null' WHEN NEW."pinned" THEN 'true' ELSE 'false' END
|| ',"position":' || json_quote(NEW."position")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER saved_view_update AFTER UPDATE ON saved_view
WHEN OLD."user_id" IS NOT NEW."user_id" OR OLD."screen" IS NOT NEW."screen" OR OLD."name" IS NOT NEW."name" OR OLD."wanted" IS NOT NEW."wanted" OR OLD."pinned" IS NOT NEW."pinned" OR OLD."position" IS NOT NEW."position" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'saved_view', NEW."id",
'{' || substr(CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(OLD."user_id") ELSE '' END
|| CASE WHEN OLD."screen" IS NOT NEW."screen" THEN ',"screen":' || json_quote(OLD."screen") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(OLD."name") ELSE '' END
|| CASE WHEN OLD."wanted" IS NOT NEW."wanted" THEN ',"wanted":' || coalesce(OLD."wanted", 'null') ELSE '' END
|| CASE WHEN OLD."pinned" IS NOT NEW."pinned" THEN ',"pinned":' || CASE WHEN OLD."pinned" IS NULL THEN 'null' WHEN OLD."pinned" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."position" IS NOT NEW."position" THEN ',"position":' || json_quote(OLD."position") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."user_id" IS NOT NEW."user_id" THEN ',"user_id":' || json_quote(NEW."user_id") ELSE '' END
|| CASE WHEN OLD."screen" IS NOT NEW."screen" THEN ',"screen":' || json_quote(NEW."screen") ELSE '' END
|| CASE WHEN OLD."name" IS NOT NEW."name" THEN ',"name":' || json_quote(NEW."name") ELSE '' END
|| CASE WHEN OLD."wanted" IS NOT NEW."wanted" THEN ',"wanted":' || coalesce(NEW."wanted", 'null') ELSE '' END
|| CASE WHEN OLD."pinned" IS NOT NEW."pinned" THEN ',"pinned":' || CASE WHEN NEW."pinned" IS NULL THEN 'null' WHEN NEW."pinned" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."position" IS NOT NEW."position" THEN ',"position":' || json_quote(NEW."position") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER saved_view_delete AFTER DELETE ON saved_view
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'saved_view', OLD."id",
'{' || substr(CASE WHEN OLD."user_id" IS NULL THEN '' ELSE ',"user_id":' || json_quote(OLD."user_id") END
|| ',"screen":' || json_quote(OLD."screen")
|| ',"name":' || json_quote(OLD."name")
|| ',"wanted":' || coalesce(OLD."wanted", 'null')
|| ',"pinned":' || CASE WHEN OLD."pinned" IS NULL THEN 'null' WHEN OLD."pinned" THEN 'true' ELSE 'false' END
|| ',"position":' || json_quote(OLD."position")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER saved_view_version BEFORE UPDATE ON saved_view
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER saved_view_key BEFORE UPDATE OF "id" ON saved_view
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER orders_insert AFTER INSERT ON orders
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'orders', NEW."id",
NULL,
'{' || substr(',"client_id":' || json_quote(NEW."client_id")
|| CASE WHEN NEW."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(NEW."manager_id") END
|| ',"day":' || json_quote(NEW."day")
|| ',"number":' || json_quote(NEW."number")
|| ',"stage":' || json_quote(NEW."stage")
|| ',"total":' || json_quote(NEW."total")
|| CASE WHEN NEW."cost" IS NULL THEN '' ELSE ',"cost":' || json_quote(NEW."cost") END
|| ',"details":' || coalesce(NEW."details", 'null')
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER orders_update AFTER UPDATE ON orders
WHEN OLD."client_id" IS NOT NEW."client_id" OR OLD."manager_id" IS NOT NEW."manager_id" OR OLD."day" IS NOT NEW."day" OR OLD."number" IS NOT NEW."number" OR OLD."stage" IS NOT NEW."stage" OR OLD."total" IS NOT NEW."total" OR OLD."cost" IS NOT NEW."cost" OR OLD."details" IS NOT NEW."details" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'orders', NEW."id",
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(OLD."client_id") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(OLD."manager_id") ELSE '' END
|| CASE WHEN OLD."day" IS NOT NEW."day" THEN ',"day":' || json_quote(OLD."day") ELSE '' END
|| CASE WHEN OLD."number" IS NOT NEW."number" THEN ',"number":' || json_quote(OLD."number") ELSE '' END
|| CASE WHEN OLD."stage" IS NOT NEW."stage" THEN ',"stage":' || json_quote(OLD."stage") ELSE '' END
|| CASE WHEN OLD."total" IS NOT NEW."total" THEN ',"total":' || json_quote(OLD."total") ELSE '' END
|| CASE WHEN OLD."cost" IS NOT NEW."cost" THEN ',"cost":' || json_quote(OLD."cost") ELSE '' END
|| CASE WHEN OLD."details" IS NOT NEW."details" THEN ',"details":' || coalesce(OLD."details", 'null') ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(NEW."client_id") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(NEW."manager_id") ELSE '' END
|| CASE WHEN OLD."day" IS NOT NEW."day" THEN ',"day":' || json_quote(NEW."day") ELSE '' END
|| CASE WHEN OLD."number" IS NOT NEW."number" THEN ',"number":' || json_quote(NEW."number") ELSE '' END
|| CASE WHEN OLD."stage" IS NOT NEW."stage" THEN ',"stage":' || json_quote(NEW."stage") ELSE '' END
|| CASE WHEN OLD."total" IS NOT NEW."total" THEN ',"total":' || json_quote(NEW."total") ELSE '' END
|| CASE WHEN OLD."cost" IS NOT NEW."cost" THEN ',"cost":' || json_quote(NEW."cost") ELSE '' END
|| CASE WHEN OLD."details" IS NOT NEW."details" THEN ',"details":' || coalesce(NEW."details", 'null') ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER orders_delete AFTER DELETE ON orders
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'orders', OLD."id",
'{' || substr(',"client_id":' || json_quote(OLD."client_id")
|| CASE WHEN OLD."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(OLD."manager_id") END
|| ',"day":' || json_quote(OLD."day")
|| ',"number":' || json_quote(OLD."number")
|| ',"stage":' || json_quote(OLD."stage")
|| ',"total":' || json_quote(OLD."total")
|| CASE WHEN OLD."cost" IS NULL THEN '' ELSE ',"cost":' || json_quote(OLD."cost") END
|| ',"details":' || coalesce(OLD."details", 'null')
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER orders_version BEFORE UPDATE ON orders
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER orders_key BEFORE UPDATE OF "id" ON orders
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER person_insert AFTER INSERT ON person
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'person', NEW."id",
NULL,
'{' || substr(',"client_id":' || json_quote(NEW."client_id")
|| ',"surname":' || json_quote(NEW."surname")
|| ',"given_name":' || json_quote(NEW."given_name")
|| ',"patronymic":' || json_quote(NEW."patronymic")
|| CASE WHEN NEW."gender" IS NULL THEN '' ELSE ',"gender":' || json_quote(NEW."gender") END
|| CASE WHEN NEW."birth_day" IS NULL THEN '' ELSE ',"birth_day":' || json_quote(NEW."birth_day") END
|| CASE WHEN NEW."birth_month" IS NULL THEN '' ELSE ',"birth_month":' || json_quote(NEW."birth_month") END
|| CASE WHEN NEW."birth_year" IS NULL THEN '' ELSE ',"birth_year":' || json_quote(NEW."birth_year") END
|| ',"profession":' || json_quote(NEW."profession")
|| ',"role":' || json_quote(NEW."role")
|| ',"notes":' || json_quote(NEW."notes")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER person_update AFTER UPDATE ON person
WHEN OLD."client_id" IS NOT NEW."client_id" OR OLD."surname" IS NOT NEW."surname" OR OLD."given_name" IS NOT NEW."given_name" OR OLD."patronymic" IS NOT NEW."patronymic" OR OLD."gender" IS NOT NEW."gender" OR OLD."birth_day" IS NOT NEW."birth_day" OR OLD."birth_month" IS NOT NEW."birth_month" OR OLD."birth_year" IS NOT NEW."birth_year" OR OLD."profession" IS NOT NEW."profession" OR OLD."role" IS NOT NEW."role" OR OLD."notes" IS NOT NEW."notes" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'person', NEW."id",
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(OLD."client_id") ELSE '' END
|| CASE WHEN OLD."surname" IS NOT NEW."surname" THEN ',"surname":' || json_quote(OLD."surname") ELSE '' END
|| CASE WHEN OLD."given_name" IS NOT NEW."given_name" THEN ',"given_name":' || json_quote(OLD."given_name") ELSE '' END
|| CASE WHEN OLD."patronymic" IS NOT NEW."patronymic" THEN ',"patronymic":' || json_quote(OLD."patronymic") ELSE '' END
|| CASE WHEN OLD."gender" IS NOT NEW."gender" THEN ',"gender":' || json_quote(OLD."gender") ELSE '' END
|| CASE WHEN OLD."birth_day" IS NOT NEW."birth_day" THEN ',"birth_day":' || json_quote(OLD."birth_day") ELSE '' END
|| CASE WHEN OLD."birth_month" IS NOT NEW."birth_month" THEN ',"birth_month":' || json_quote(OLD."birth_month") ELSE '' END
|| CASE WHEN OLD."birth_year" IS NOT NEW."birth_year" THEN ',"birth_year":' || json_quote(OLD."birth_year") ELSE '' END
|| CASE WHEN OLD."profession" IS NOT NEW."profession" THEN ',"profession":' || json_quote(OLD."profession") ELSE '' END
|| CASE WHEN OLD."role" IS NOT NEW."role" THEN ',"role":' || json_quote(OLD."role") ELSE '' END
|| CASE WHEN OLD."notes" IS NOT NEW."notes" THEN ',"notes":' || json_quote(OLD."notes") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(NEW."client_id") ELSE '' END
|| CASE WHEN OLD."surname" IS NOT NEW."surname" THEN ',"surname":' || json_quote(NEW."surname") ELSE '' END
|| CASE WHEN OLD."given_name" IS NOT NEW."given_name" THEN ',"given_name":' || json_quote(NEW."given_name") ELSE '' END
|| CASE WHEN OLD."patronymic" IS NOT NEW."patronymic" THEN ',"patronymic":' || json_quote(NEW."patronymic") ELSE '' END
|| CASE WHEN OLD."gender" IS NOT NEW."gender" THEN ',"gender":' || json_quote(NEW."gender") ELSE '' END
|| CASE WHEN OLD."birth_day" IS NOT NEW."birth_day" THEN ',"birth_day":' || json_quote(NEW."birth_day") ELSE '' END
|| CASE WHEN OLD."birth_month" IS NOT NEW."birth_month" THEN ',"birth_month":' || json_quote(NEW."birth_month") ELSE '' END
|| CASE WHEN OLD."birth_year" IS NOT NEW."birth_year" THEN ',"birth_year":' || json_quote(NEW."birth_year") ELSE '' END
|| CASE WHEN OLD."profession" IS NOT NEW."profession" THEN ',"profession":' || json_quote(NEW."profession") ELSE '' END
|| CASE WHEN OLD."role" IS NOT NEW."role" THEN ',"role":' || json_quote(NEW."role") ELSE '' END
|| CASE WHEN OLD."notes" IS NOT NEW."notes" THEN ',"notes":' || json_quote(NEW."notes") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER person_delete AFTER DELETE ON person
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'person', OLD."id",
'{' || substr(',"client_id":' || json_quote(OLD."client_id")
|| ',"surname":' || json_quote(OLD."surname")
|| ',"given_name":' || json_quote(OLD."given_name")
|| ',"patronymic":' || json_quote(OLD."patronymic")
|| CASE WHEN OLD."gender" IS NULL THEN '' ELSE ',"gender":' || json_quote(OLD."gender") END
|| CASE WHEN OLD."birth_day" IS NULL THEN '' ELSE ',"birth_day":' || json_quote(OLD."birth_day") END
|| CASE WHEN OLD."birth_month" IS NULL THEN '' ELSE ',"birth_month":' || json_quote(OLD."birth_month") END
|| CASE WHEN OLD."birth_year" IS NULL THEN '' ELSE ',"birth_year":' || json_quote(OLD."birth_year") END
|| ',"profession":' || json_quote(OLD."profession")
|| ',"role":' || json_quote(OLD."role")
|| ',"notes":' || json_quote(OLD."notes")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER person_version BEFORE UPDATE ON person
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER person_key BEFORE UPDATE OF "id" ON person
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER potential_insert AFTER INSERT ON potential
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'potential', NEW."id",
NULL,
'{' || substr(',"client_id":' || json_quote(NEW."client_id")
|| CASE WHEN NEW."group_id" IS NULL THEN '' ELSE ',"group_id":' || json_quote(NEW."group_id") END
|| ',"monthly":' || json_quote(NEW."monthly")
|| ',"on_day":' || json_quote(NEW."on_day")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER potential_update AFTER UPDATE ON potential
WHEN OLD."client_id" IS NOT NEW."client_id" OR OLD."group_id" IS NOT NEW."group_id" OR OLD."monthly" IS NOT NEW."monthly" OR OLD."on_day" IS NOT NEW."on_day" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'potential', NEW."id",
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(OLD."client_id") ELSE '' END
|| CASE WHEN OLD."group_id" IS NOT NEW."group_id" THEN ',"group_id":' || json_quote(OLD."group_id") ELSE '' END
|| CASE WHEN OLD."monthly" IS NOT NEW."monthly" THEN ',"monthly":' || json_quote(OLD."monthly") ELSE '' END
|| CASE WHEN OLD."on_day" IS NOT NEW."on_day" THEN ',"on_day":' || json_quote(OLD."on_day") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(NEW."client_id") ELSE '' END
|| CASE WHEN OLD."group_id" IS NOT NEW."group_id" THEN ',"group_id":' || json_quote(NEW."group_id") ELSE '' END
|| CASE WHEN OLD."monthly" IS NOT NEW."monthly" THEN ',"monthly":' || json_quote(NEW."monthly") ELSE '' END
|| CASE WHEN OLD."on_day" IS NOT NEW."on_day" THEN ',"on_day":' || json_quote(NEW."on_day") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER potential_delete AFTER DELETE ON potential
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'potential', OLD."id",
'{' || substr(',"client_id":' || json_quote(OLD."client_id")
|| CASE WHEN OLD."group_id" IS NULL THEN '' ELSE ',"group_id":' || json_quote(OLD."group_id") END
|| ',"monthly":' || json_quote(OLD."monthly")
|| ',"on_day":' || json_quote(OLD."on_day")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER potential_version BEFORE UPDATE ON potential
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER potential_key BEFORE UPDATE OF "id" ON potential
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER consent_insert AFTER INSERT ON consent
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'consent', NEW."id",
NULL,
'{' || substr(',"person_id":' || json_quote(NEW."person_id")
|| ',"channel":' || json_quote(NEW."channel")
|| ',"given":' || CASE WHEN NEW."given" IS NULL THEN 'null' WHEN NEW."given" THEN 'true' ELSE 'false' END
|| ',"on_day":' || json_quote(NEW."on_day")
|| ',"origin":' || json_quote(NEW."origin")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER consent_update AFTER UPDATE ON consent
WHEN OLD."person_id" IS NOT NEW."person_id" OR OLD."channel" IS NOT NEW."channel" OR OLD."given" IS NOT NEW."given" OR OLD."on_day" IS NOT NEW."on_day" OR OLD."origin" IS NOT NEW."origin" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'consent', NEW."id",
'{' || substr(CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(OLD."person_id") ELSE '' END
|| CASE WHEN OLD."channel" IS NOT NEW."channel" THEN ',"channel":' || json_quote(OLD."channel") ELSE '' END
|| CASE WHEN OLD."given" IS NOT NEW."given" THEN ',"given":' || CASE WHEN OLD."given" IS NULL THEN 'null' WHEN OLD."given" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."on_day" IS NOT NEW."on_day" THEN ',"on_day":' || json_quote(OLD."on_day") ELSE '' END
|| CASE WHEN OLD."origin" IS NOT NEW."origin" THEN ',"origin":' || json_quote(OLD."origin") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(NEW."person_id") ELSE '' END
|| CASE WHEN OLD."channel" IS NOT NEW."channel" THEN ',"channel":' || json_quote(NEW."channel") ELSE '' END
|| CASE WHEN OLD."given" IS NOT NEW."given" THEN ',"given":' || CASE WHEN NEW."given" IS NULL THEN 'null' WHEN NEW."given" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."on_day" IS NOT NEW."on_day" THEN ',"on_day":' || json_quote(NEW."on_day") ELSE '' END
|| CASE WHEN OLD."origin" IS NOT NEW."origin" THEN ',"origin":' || json_quote(NEW."origin") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER consent_delete AFTER DELETE ON consent
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'consent', OLD."id",
'{' || substr(',"person_id":' || json_quote(OLD."person_id")
|| ',"channel":' || json_quote(OLD."channel")
|| ',"given":' || CASE WHEN OLD."given" IS NULL THEN 'null' WHEN OLD."given" THEN 'true' ELSE 'false' END
|| ',"on_day":' || json_quote(OLD."on_day")
|| ',"origin":' || json_quote(OLD."origin")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER consent_version BEFORE UPDATE ON consent
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER consent_key BEFORE UPDATE OF "id" ON consent
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER contact_point_insert AFTER INSERT ON contact_point
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'contact_point', NEW."id",
NULL,
'{' || substr(',"client_id":' || json_quote(NEW."client_id")
|| CASE WHEN NEW."person_id" IS NULL THEN '' ELSE ',"person_id":' || json_quote(NEW."person_id") END
|| ',"kind":' || json_quote(NEW."kind")
|| ',"original":' || json_quote(NEW."original")
|| ',"normal":' || json_quote(NEW."normal")
|| ',"extension":' || json_quote(NEW."extension")
|| ',"position":' || json_quote(NEW."position")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER contact_point_update AFTER UPDATE ON contact_point
WHEN OLD."client_id" IS NOT NEW."client_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."original" IS NOT NEW."original" OR OLD."normal" IS NOT NEW."normal" OR OLD."extension" IS NOT NEW."extension" OR OLD."position" IS NOT NEW."position" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'contact_point', NEW."id",
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(OLD."client_id") ELSE '' END
|| CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(OLD."person_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(OLD."kind") ELSE '' END
|| CASE WHEN OLD."original" IS NOT NEW."original" THEN ',"original":' || json_quote(OLD."original") ELSE '' END
|| CASE WHEN OLD."normal" IS NOT NEW."normal" THEN ',"normal":' || json_quote(OLD."normal") ELSE '' END
|| CASE WHEN OLD."extension" IS NOT NEW."extension" THEN ',"extension":' || json_quote(OLD."extension") ELSE '' END
|| CASE WHEN OLD."position" IS NOT NEW."position" THEN ',"position":' || json_quote(OLD."position") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(NEW."client_id") ELSE '' END
|| CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(NEW."person_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(NEW."kind") ELSE '' END
|| CASE WHEN OLD."original" IS NOT NEW."original" THEN ',"original":' || json_quote(NEW."original") ELSE '' END
|| CASE WHEN OLD."normal" IS NOT NEW."normal" THEN ',"normal":' || json_quote(NEW."normal") ELSE '' END
|| CASE WHEN OLD."extension" IS NOT NEW."extension" THEN ',"extension":' || json_quote(NEW."extension") ELSE '' END
|| CASE WHEN OLD."position" IS NOT NEW."position" THEN ',"position":' || json_quote(NEW."position") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER contact_point_delete AFTER DELETE ON contact_point
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'contact_point', OLD."id",
'{' || substr(',"client_id":' || json_quote(OLD."client_id")
|| CASE WHEN OLD."person_id" IS NULL THEN '' ELSE ',"person_id":' || json_quote(OLD."person_id") END
|| ',"kind":' || json_quote(OLD."kind")
|| ',"original":' || json_quote(OLD."original")
|| ',"normal":' || json_quote(OLD."normal")
|| ',"extension":' || json_quote(OLD."extension")
|| ',"position":' || json_quote(OLD."position")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER contact_point_version BEFORE UPDATE ON contact_point
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER contact_point_key BEFORE UPDATE OF "id" ON contact_point
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER interaction_insert AFTER INSERT ON interaction
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'interaction', NEW."id",
NULL,
'{' || substr(',"client_id":' || json_quote(NEW."client_id")
|| CASE WHEN NEW."person_id" IS NULL THEN '' ELSE ',"person_id":' || json_quote(NEW."person_id") END
|| CASE WHEN NEW."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(NEW."manager_id") END
|| ',"kind":' || json_quote(NEW."kind")
|| ',"at":' || json_quote(NEW."at")
|| ',"day":' || json_quote(NEW."day")
|| CASE WHEN NEW."minutes" IS NULL THEN '' ELSE ',"minutes":' || json_quote(NEW."minutes") END
|| ',"result":' || json_quote(NEW."result")
|| ',"rung":' || json_quote(NEW."rung")
|| ',"resume":' || json_quote(NEW."resume")
|| ',"no_next_reason":' || json_quote(NEW."no_next_reason")
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER interaction_update AFTER UPDATE ON interaction
WHEN OLD."client_id" IS NOT NEW."client_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."manager_id" IS NOT NEW."manager_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."at" IS NOT NEW."at" OR OLD."day" IS NOT NEW."day" OR OLD."minutes" IS NOT NEW."minutes" OR OLD."result" IS NOT NEW."result" OR OLD."rung" IS NOT NEW."rung" OR OLD."resume" IS NOT NEW."resume" OR OLD."no_next_reason" IS NOT NEW."no_next_reason" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'interaction', NEW."id",
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(OLD."client_id") ELSE '' END
|| CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(OLD."person_id") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(OLD."manager_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(OLD."kind") ELSE '' END
|| CASE WHEN OLD."at" IS NOT NEW."at" THEN ',"at":' || json_quote(OLD."at") ELSE '' END
|| CASE WHEN OLD."day" IS NOT NEW."day" THEN ',"day":' || json_quote(OLD."day") ELSE '' END
|| CASE WHEN OLD."minutes" IS NOT NEW."minutes" THEN ',"minutes":' || json_quote(OLD."minutes") ELSE '' END
|| CASE WHEN OLD."result" IS NOT NEW."result" THEN ',"result":' || json_quote(OLD."result") ELSE '' END
|| CASE WHEN OLD."rung" IS NOT NEW."rung" THEN ',"rung":' || json_quote(OLD."rung") ELSE '' END
|| CASE WHEN OLD."resume" IS NOT NEW."resume" THEN ',"resume":' || json_quote(OLD."resume") ELSE '' END
|| CASE WHEN OLD."no_next_reason" IS NOT NEW."no_next_reason" THEN ',"no_next_reason":' || json_quote(OLD."no_next_reason") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(NEW."client_id") ELSE '' END
|| CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(NEW."person_id") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(NEW."manager_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(NEW."kind") ELSE '' END
|| CASE WHEN OLD."at" IS NOT NEW."at" THEN ',"at":' || json_quote(NEW."at") ELSE '' END
|| CASE WHEN OLD."day" IS NOT NEW."day" THEN ',"day":' || json_quote(NEW."day") ELSE '' END
|| CASE WHEN OLD."minutes" IS NOT NEW."minutes" THEN ',"minutes":' || json_quote(NEW."minutes") ELSE '' END
|| CASE WHEN OLD."result" IS NOT NEW."result" THEN ',"result":' || json_quote(NEW."result") ELSE '' END
|| CASE WHEN OLD."rung" IS NOT NEW."rung" THEN ',"rung":' || json_quote(NEW."rung") ELSE '' END
|| CASE WHEN OLD."resume" IS NOT NEW."resume" THEN ',"resume":' || json_quote(NEW."resume") ELSE '' END
|| CASE WHEN OLD."no_next_reason" IS NOT NEW."no_next_reason" THEN ',"no_next_reason":' || json_quote(NEW."no_next_reason") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER interaction_delete AFTER DELETE ON interaction
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'interaction', OLD."id",
'{' || substr(',"client_id":' || json_quote(OLD."client_id")
|| CASE WHEN OLD."person_id" IS NULL THEN '' ELSE ',"person_id":' || json_quote(OLD."person_id") END
|| CASE WHEN OLD."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(OLD."manager_id") END
|| ',"kind":' || json_quote(OLD."kind")
|| ',"at":' || json_quote(OLD."at")
|| ',"day":' || json_quote(OLD."day")
|| CASE WHEN OLD."minutes" IS NULL THEN '' ELSE ',"minutes":' || json_quote(OLD."minutes") END
|| ',"result":' || json_quote(OLD."result")
|| ',"rung":' || json_quote(OLD."rung")
|| ',"resume":' || json_quote(OLD."resume")
|| ',"no_next_reason":' || json_quote(OLD."no_next_reason")
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER interaction_version BEFORE UPDATE ON interaction
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER interaction_key BEFORE UPDATE OF "id" ON interaction
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER order_line_insert AFTER INSERT ON order_line
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'order_line', NEW."order_id",
NULL,
'{' || substr(',"order_id":' || json_quote(NEW."order_id")
|| ',"line":' || json_quote(NEW."line")
|| CASE WHEN NEW."product_id" IS NULL THEN '' ELSE ',"product_id":' || json_quote(NEW."product_id") END
|| ',"words":' || json_quote(NEW."words")
|| ',"quantity":' || json_quote(NEW."quantity")
|| ',"amount":' || json_quote(NEW."amount")
|| CASE WHEN NEW."cost" IS NULL THEN '' ELSE ',"cost":' || json_quote(NEW."cost") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER order_line_update AFTER UPDATE ON order_line
WHEN OLD."order_id" IS NOT NEW."order_id" OR OLD."line" IS NOT NEW."line" OR OLD."product_id" IS NOT NEW."product_id" OR OLD."words" IS NOT NEW."words" OR OLD."quantity" IS NOT NEW."quantity" OR OLD."amount" IS NOT NEW."amount" OR OLD."cost" IS NOT NEW."cost"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'order_line', NEW."order_id",
'{' || substr(',"order_id":' || json_quote(OLD."order_id")
|| ',"line":' || json_quote(OLD."line")
|| CASE WHEN OLD."product_id" IS NOT NEW."product_id" THEN ',"product_id":' || json_quote(OLD."product_id") ELSE '' END
|| CASE WHEN OLD."words" IS NOT NEW."words" THEN ',"words":' || json_quote(OLD."words") ELSE '' END
|| CASE WHEN OLD."quantity" IS NOT NEW."quantity" THEN ',"quantity":' || json_quote(OLD."quantity") ELSE '' END
|| CASE WHEN OLD."amount" IS NOT NEW."amount" THEN ',"amount":' || json_quote(OLD."amount") ELSE '' END
|| CASE WHEN OLD."cost" IS NOT NEW."cost" THEN ',"cost":' || json_quote(OLD."cost") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."order_id" IS NOT NEW."order_id" THEN ',"order_id":' || json_quote(NEW."order_id") ELSE '' END
|| CASE WHEN OLD."line" IS NOT NEW."line" THEN ',"line":' || json_quote(NEW."line") ELSE '' END
|| CASE WHEN OLD."product_id" IS NOT NEW."product_id" THEN ',"product_id":' || json_quote(NEW."product_id") ELSE '' END
|| CASE WHEN OLD."words" IS NOT NEW."words" THEN ',"words":' || json_quote(NEW."words") ELSE '' END
|| CASE WHEN OLD."quantity" IS NOT NEW."quantity" THEN ',"quantity":' || json_quote(NEW."quantity") ELSE '' END
|| CASE WHEN OLD."amount" IS NOT NEW."amount" THEN ',"amount":' || json_quote(NEW."amount") ELSE '' END
|| CASE WHEN OLD."cost" IS NOT NEW."cost" THEN ',"cost":' || json_quote(NEW."cost") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER order_line_delete AFTER DELETE ON order_line
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'order_line', OLD."order_id",
'{' || substr(',"order_id":' || json_quote(OLD."order_id")
|| ',"line":' || json_quote(OLD."line")
|| CASE WHEN OLD."product_id" IS NULL THEN '' ELSE ',"product_id":' || json_quote(OLD."product_id") END
|| ',"words":' || json_quote(OLD."words")
|| ',"quantity":' || json_quote(OLD."quantity")
|| ',"amount":' || json_quote(OLD."amount")
|| CASE WHEN OLD."cost" IS NULL THEN '' ELSE ',"cost":' || json_quote(OLD."cost") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER order_line_key BEFORE UPDATE OF "order_id", "line" ON order_line
WHEN NEW."order_id" IS NOT OLD."order_id" OR NEW."line" IS NOT OLD."line" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
----
CREATE TRIGGER task_insert AFTER INSERT ON task
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'insert', 'task', NEW."id",
NULL,
'{' || substr(CASE WHEN NEW."client_id" IS NULL THEN '' ELSE ',"client_id":' || json_quote(NEW."client_id") END
|| CASE WHEN NEW."person_id" IS NULL THEN '' ELSE ',"person_id":' || json_quote(NEW."person_id") END
|| CASE WHEN NEW."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(NEW."manager_id") END
|| ',"kind":' || json_quote(NEW."kind")
|| ',"title":' || json_quote(NEW."title")
|| ',"notes":' || json_quote(NEW."notes")
|| ',"promise":' || CASE WHEN NEW."promise" IS NULL THEN 'null' WHEN NEW."promise" THEN 'true' ELSE 'false' END
|| ',"routine":' || CASE WHEN NEW."routine" IS NULL THEN 'null' WHEN NEW."routine" THEN 'true' ELSE 'false' END
|| ',"priority":' || json_quote(NEW."priority")
|| CASE WHEN NEW."due_day" IS NULL THEN '' ELSE ',"due_day":' || json_quote(NEW."due_day") END
|| CASE WHEN NEW."due_time" IS NULL THEN '' ELSE ',"due_time":' || json_quote(NEW."due_time") END
|| ',"zone":' || json_quote(NEW."zone")
|| CASE WHEN NEW."minutes" IS NULL THEN '' ELSE ',"minutes":' || json_quote(NEW."minutes") END
|| CASE WHEN NEW."first_due_day" IS NULL THEN '' ELSE ',"first_due_day":' || json_quote(NEW."first_due_day") END
|| ',"moved_count":' || json_quote(NEW."moved_count")
|| CASE WHEN NEW."done_at" IS NULL THEN '' ELSE ',"done_at":' || json_quote(NEW."done_at") END
|| CASE WHEN NEW."done_day" IS NULL THEN '' ELSE ',"done_day":' || json_quote(NEW."done_day") END
|| CASE WHEN NEW."released_at" IS NULL THEN '' ELSE ',"released_at":' || json_quote(NEW."released_at") END
|| ',"release_reason":' || json_quote(NEW."release_reason")
|| CASE WHEN NEW."no_next_reason" IS NULL THEN '' ELSE ',"no_next_reason":' || json_quote(NEW."no_next_reason") END
|| CASE WHEN NEW."interaction_id" IS NULL THEN '' ELSE ',"interaction_id":' || json_quote(NEW."interaction_id") END
|| ',"id":' || json_quote(NEW."id")
|| ',"version":' || json_quote(NEW."version")
|| ',"created_at":' || json_quote(NEW."created_at")
|| CASE WHEN NEW."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(NEW."archived_at") END
|| CASE WHEN NEW."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(NEW."import_id") END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER task_update AFTER UPDATE ON task
WHEN OLD."client_id" IS NOT NEW."client_id" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."manager_id" IS NOT NEW."manager_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."title" IS NOT NEW."title" OR OLD."notes" IS NOT NEW."notes" OR OLD."promise" IS NOT NEW."promise" OR OLD."routine" IS NOT NEW."routine" OR OLD."priority" IS NOT NEW."priority" OR OLD."due_day" IS NOT NEW."due_day" OR OLD."due_time" IS NOT NEW."due_time" OR OLD."zone" IS NOT NEW."zone" OR OLD."minutes" IS NOT NEW."minutes" OR OLD."first_due_day" IS NOT NEW."first_due_day" OR OLD."moved_count" IS NOT NEW."moved_count" OR OLD."done_at" IS NOT NEW."done_at" OR OLD."done_day" IS NOT NEW."done_day" OR OLD."released_at" IS NOT NEW."released_at" OR OLD."release_reason" IS NOT NEW."release_reason" OR OLD."no_next_reason" IS NOT NEW."no_next_reason" OR OLD."interaction_id" IS NOT NEW."interaction_id" OR OLD."id" IS NOT NEW."id" OR OLD."version" IS NOT NEW."version" OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived_at" IS NOT NEW."archived_at" OR OLD."import_id" IS NOT NEW."import_id"
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'update', 'task', NEW."id",
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(OLD."client_id") ELSE '' END
|| CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(OLD."person_id") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(OLD."manager_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(OLD."kind") ELSE '' END
|| CASE WHEN OLD."title" IS NOT NEW."title" THEN ',"title":' || json_quote(OLD."title") ELSE '' END
|| CASE WHEN OLD."notes" IS NOT NEW."notes" THEN ',"notes":' || json_quote(OLD."notes") ELSE '' END
|| CASE WHEN OLD."promise" IS NOT NEW."promise" THEN ',"promise":' || CASE WHEN OLD."promise" IS NULL THEN 'null' WHEN OLD."promise" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."routine" IS NOT NEW."routine" THEN ',"routine":' || CASE WHEN OLD."routine" IS NULL THEN 'null' WHEN OLD."routine" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."priority" IS NOT NEW."priority" THEN ',"priority":' || json_quote(OLD."priority") ELSE '' END
|| CASE WHEN OLD."due_day" IS NOT NEW."due_day" THEN ',"due_day":' || json_quote(OLD."due_day") ELSE '' END
|| CASE WHEN OLD."due_time" IS NOT NEW."due_time" THEN ',"due_time":' || json_quote(OLD."due_time") ELSE '' END
|| CASE WHEN OLD."zone" IS NOT NEW."zone" THEN ',"zone":' || json_quote(OLD."zone") ELSE '' END
|| CASE WHEN OLD."minutes" IS NOT NEW."minutes" THEN ',"minutes":' || json_quote(OLD."minutes") ELSE '' END
|| CASE WHEN OLD."first_due_day" IS NOT NEW."first_due_day" THEN ',"first_due_day":' || json_quote(OLD."first_due_day") ELSE '' END
|| CASE WHEN OLD."moved_count" IS NOT NEW."moved_count" THEN ',"moved_count":' || json_quote(OLD."moved_count") ELSE '' END
|| CASE WHEN OLD."done_at" IS NOT NEW."done_at" THEN ',"done_at":' || json_quote(OLD."done_at") ELSE '' END
|| CASE WHEN OLD."done_day" IS NOT NEW."done_day" THEN ',"done_day":' || json_quote(OLD."done_day") ELSE '' END
|| CASE WHEN OLD."released_at" IS NOT NEW."released_at" THEN ',"released_at":' || json_quote(OLD."released_at") ELSE '' END
|| CASE WHEN OLD."release_reason" IS NOT NEW."release_reason" THEN ',"release_reason":' || json_quote(OLD."release_reason") ELSE '' END
|| CASE WHEN OLD."no_next_reason" IS NOT NEW."no_next_reason" THEN ',"no_next_reason":' || json_quote(OLD."no_next_reason") ELSE '' END
|| CASE WHEN OLD."interaction_id" IS NOT NEW."interaction_id" THEN ',"interaction_id":' || json_quote(OLD."interaction_id") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(OLD."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(OLD."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(OLD."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(OLD."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(OLD."import_id") ELSE '' END, 2) || '}',
'{' || substr(CASE WHEN OLD."client_id" IS NOT NEW."client_id" THEN ',"client_id":' || json_quote(NEW."client_id") ELSE '' END
|| CASE WHEN OLD."person_id" IS NOT NEW."person_id" THEN ',"person_id":' || json_quote(NEW."person_id") ELSE '' END
|| CASE WHEN OLD."manager_id" IS NOT NEW."manager_id" THEN ',"manager_id":' || json_quote(NEW."manager_id") ELSE '' END
|| CASE WHEN OLD."kind" IS NOT NEW."kind" THEN ',"kind":' || json_quote(NEW."kind") ELSE '' END
|| CASE WHEN OLD."title" IS NOT NEW."title" THEN ',"title":' || json_quote(NEW."title") ELSE '' END
|| CASE WHEN OLD."notes" IS NOT NEW."notes" THEN ',"notes":' || json_quote(NEW."notes") ELSE '' END
|| CASE WHEN OLD."promise" IS NOT NEW."promise" THEN ',"promise":' || CASE WHEN NEW."promise" IS NULL THEN 'null' WHEN NEW."promise" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."routine" IS NOT NEW."routine" THEN ',"routine":' || CASE WHEN NEW."routine" IS NULL THEN 'null' WHEN NEW."routine" THEN 'true' ELSE 'false' END ELSE '' END
|| CASE WHEN OLD."priority" IS NOT NEW."priority" THEN ',"priority":' || json_quote(NEW."priority") ELSE '' END
|| CASE WHEN OLD."due_day" IS NOT NEW."due_day" THEN ',"due_day":' || json_quote(NEW."due_day") ELSE '' END
|| CASE WHEN OLD."due_time" IS NOT NEW."due_time" THEN ',"due_time":' || json_quote(NEW."due_time") ELSE '' END
|| CASE WHEN OLD."zone" IS NOT NEW."zone" THEN ',"zone":' || json_quote(NEW."zone") ELSE '' END
|| CASE WHEN OLD."minutes" IS NOT NEW."minutes" THEN ',"minutes":' || json_quote(NEW."minutes") ELSE '' END
|| CASE WHEN OLD."first_due_day" IS NOT NEW."first_due_day" THEN ',"first_due_day":' || json_quote(NEW."first_due_day") ELSE '' END
|| CASE WHEN OLD."moved_count" IS NOT NEW."moved_count" THEN ',"moved_count":' || json_quote(NEW."moved_count") ELSE '' END
|| CASE WHEN OLD."done_at" IS NOT NEW."done_at" THEN ',"done_at":' || json_quote(NEW."done_at") ELSE '' END
|| CASE WHEN OLD."done_day" IS NOT NEW."done_day" THEN ',"done_day":' || json_quote(NEW."done_day") ELSE '' END
|| CASE WHEN OLD."released_at" IS NOT NEW."released_at" THEN ',"released_at":' || json_quote(NEW."released_at") ELSE '' END
|| CASE WHEN OLD."release_reason" IS NOT NEW."release_reason" THEN ',"release_reason":' || json_quote(NEW."release_reason") ELSE '' END
|| CASE WHEN OLD."no_next_reason" IS NOT NEW."no_next_reason" THEN ',"no_next_reason":' || json_quote(NEW."no_next_reason") ELSE '' END
|| CASE WHEN OLD."interaction_id" IS NOT NEW."interaction_id" THEN ',"interaction_id":' || json_quote(NEW."interaction_id") ELSE '' END
|| CASE WHEN OLD."id" IS NOT NEW."id" THEN ',"id":' || json_quote(NEW."id") ELSE '' END
|| CASE WHEN OLD."version" IS NOT NEW."version" THEN ',"version":' || json_quote(NEW."version") ELSE '' END
|| CASE WHEN OLD."created_at" IS NOT NEW."created_at" THEN ',"created_at":' || json_quote(NEW."created_at") ELSE '' END
|| CASE WHEN OLD."archived_at" IS NOT NEW."archived_at" THEN ',"archived_at":' || json_quote(NEW."archived_at") ELSE '' END
|| CASE WHEN OLD."import_id" IS NOT NEW."import_id" THEN ',"import_id":' || json_quote(NEW."import_id") ELSE '' END, 2) || '}'
FROM audit_context; END
----
CREATE TRIGGER task_delete AFTER DELETE ON task
BEGIN INSERT INTO audit (tx, at, user_id, op, tbl, row_id, old, new)
SELECT tx, coalesce(at, CAST(strftime('%s', 'now') AS INTEGER) * 1000), user_id, 'delete', 'task', OLD."id",
'{' || substr(CASE WHEN OLD."client_id" IS NULL THEN '' ELSE ',"client_id":' || json_quote(OLD."client_id") END
|| CASE WHEN OLD."person_id" IS NULL THEN '' ELSE ',"person_id":' || json_quote(OLD."person_id") END
|| CASE WHEN OLD."manager_id" IS NULL THEN '' ELSE ',"manager_id":' || json_quote(OLD."manager_id") END
|| ',"kind":' || json_quote(OLD."kind")
|| ',"title":' || json_quote(OLD."title")
|| ',"notes":' || json_quote(OLD."notes")
|| ',"promise":' || CASE WHEN OLD."promise" IS NULL THEN 'null' WHEN OLD."promise" THEN 'true' ELSE 'false' END
|| ',"routine":' || CASE WHEN OLD."routine" IS NULL THEN 'null' WHEN OLD."routine" THEN 'true' ELSE 'false' END
|| ',"priority":' || json_quote(OLD."priority")
|| CASE WHEN OLD."due_day" IS NULL THEN '' ELSE ',"due_day":' || json_quote(OLD."due_day") END
|| CASE WHEN OLD."due_time" IS NULL THEN '' ELSE ',"due_time":' || json_quote(OLD."due_time") END
|| ',"zone":' || json_quote(OLD."zone")
|| CASE WHEN OLD."minutes" IS NULL THEN '' ELSE ',"minutes":' || json_quote(OLD."minutes") END
|| CASE WHEN OLD."first_due_day" IS NULL THEN '' ELSE ',"first_due_day":' || json_quote(OLD."first_due_day") END
|| ',"moved_count":' || json_quote(OLD."moved_count")
|| CASE WHEN OLD."done_at" IS NULL THEN '' ELSE ',"done_at":' || json_quote(OLD."done_at") END
|| CASE WHEN OLD."done_day" IS NULL THEN '' ELSE ',"done_day":' || json_quote(OLD."done_day") END
|| CASE WHEN OLD."released_at" IS NULL THEN '' ELSE ',"released_at":' || json_quote(OLD."released_at") END
|| ',"release_reason":' || json_quote(OLD."release_reason")
|| CASE WHEN OLD."no_next_reason" IS NULL THEN '' ELSE ',"no_next_reason":' || json_quote(OLD."no_next_reason") END
|| CASE WHEN OLD."interaction_id" IS NULL THEN '' ELSE ',"interaction_id":' || json_quote(OLD."interaction_id") END
|| ',"id":' || json_quote(OLD."id")
|| ',"version":' || json_quote(OLD."version")
|| ',"created_at":' || json_quote(OLD."created_at")
|| CASE WHEN OLD."archived_at" IS NULL THEN '' ELSE ',"archived_at":' || json_quote(OLD."archived_at") END
|| CASE WHEN OLD."import_id" IS NULL THEN '' ELSE ',"import_id":' || json_quote(OLD."import_id") END, 2) || '}',
NULL
FROM audit_context; END
----
CREATE TRIGGER task_version BEFORE UPDATE ON task
WHEN NEW.version IS NOT OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'crmdesk: stale version'); END
----
CREATE TRIGGER task_key BEFORE UPDATE OF "id" ON task
WHEN NEW."id" IS NOT OLD."id" BEGIN SELECT RAISE(ABORT, 'crmdesk: a key never changes'); END
