CREATE TABLE access_log (
  id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  user_id BIGINT,
  kind VARCHAR(10) NOT NULL,
  what VARCHAR(60) NOT NULL,
  rows INTEGER NOT NULL,
  CONSTRAINT pk_access_log PRIMARY KEY (id)
)
----
CREATE TABLE action_segment (
  key VARCHAR(20) NOT NULL,
  visits INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  mailings INTEGER NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  CONSTRAINT pk_action_segment PRIMARY KEY (key)
)
----
CREATE TABLE audit (
  id BIGSERIAL NOT NULL,
  tx BIGINT NOT NULL,
  at BIGINT NOT NULL,
  user_id BIGINT,
  op VARCHAR(6) NOT NULL,
  tbl VARCHAR(40) NOT NULL,
  row_id BIGINT NOT NULL,
  "old" JSONB,
  "new" JSONB,
  CONSTRAINT pk_audit PRIMARY KEY (id)
)
----
CREATE INDEX ix_audit_row ON audit (tbl, row_id)
----
CREATE INDEX ix_audit_tx ON audit (tx)
----
CREATE TABLE audit_context (
  one INTEGER NOT NULL,
  tx BIGINT NOT NULL,
  user_id BIGINT,
  at BIGINT,
  CONSTRAINT pk_audit_context PRIMARY KEY (one)
)
----
CREATE TABLE branch (
  name VARCHAR(200) NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_branch PRIMARY KEY (id)
)
----
CREATE TABLE import_mapping (
  id BIGINT NOT NULL,
  kind VARCHAR(20) NOT NULL,
  signature VARCHAR(64) NOT NULL,
  mapping JSONB NOT NULL,
  used_at BIGINT NOT NULL,
  CONSTRAINT pk_import_mapping PRIMARY KEY (id)
)
----
CREATE UNIQUE INDEX ix_import_mapping_signature ON import_mapping (kind, signature)
----
CREATE TABLE import_run (
  id BIGINT NOT NULL,
  kind VARCHAR(20) NOT NULL,
  file_name VARCHAR(300) NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  at BIGINT NOT NULL,
  user_id BIGINT,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  tx BIGINT NOT NULL,
  undone_at BIGINT,
  CONSTRAINT pk_import_run PRIMARY KEY (id)
)
----
CREATE TABLE product_group (
  key VARCHAR(60),
  name VARCHAR(200) NOT NULL,
  important BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_product_group PRIMARY KEY (id)
)
----
CREATE TABLE setting (
  key VARCHAR(80) NOT NULL,
  value JSONB NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  CONSTRAINT pk_setting PRIMARY KEY (key)
)
----
CREATE TABLE undone (
  tx BIGINT NOT NULL,
  by_tx BIGINT NOT NULL,
  user_id BIGINT,
  at BIGINT NOT NULL,
  CONSTRAINT pk_undone PRIMARY KEY (tx)
)
----
CREATE TABLE app_user (
  login VARCHAR(63) NOT NULL,
  name VARCHAR(200) NOT NULL,
  role VARCHAR(20) NOT NULL,
  branch_id BIGINT,
  active BOOLEAN NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_app_user PRIMARY KEY (id),
  CONSTRAINT uq_app_user_login UNIQUE (login),
  CONSTRAINT fk_app_user_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
)
----
CREATE TABLE product (
  code VARCHAR(60),
  name VARCHAR(500) NOT NULL,
  match_key VARCHAR(500) NOT NULL,
  group_id BIGINT,
  unit VARCHAR(20) NOT NULL,
  reprint_days INTEGER,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
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
  manager_id BIGINT,
  branch_id BIGINT,
  tracked BOOLEAN NOT NULL,
  action_segment VARCHAR(20) NOT NULL,
  visits_norm INTEGER,
  calls_norm INTEGER,
  mailings_norm INTEGER,
  importance VARCHAR(20) NOT NULL,
  stage VARCHAR(20) NOT NULL,
  goal_kind VARCHAR(20),
  goal_value BIGINT,
  city VARCHAR(120) NOT NULL,
  address VARCHAR(500) NOT NULL,
  industry VARCHAR(60) NOT NULL,
  channel VARCHAR(60) NOT NULL,
  referrer_id BIGINT,
  since INTEGER,
  lost_on INTEGER,
  lost_reason VARCHAR(60) NOT NULL,
  notes TEXT NOT NULL,
  own_fields JSONB NOT NULL,
  match_key VARCHAR(500) NOT NULL,
  sort_key VARCHAR(500) COLLATE "C" NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
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
  user_id BIGINT NOT NULL,
  key VARCHAR(80) NOT NULL,
  shown_at BIGINT,
  snoozed_until BIGINT,
  dismissed_at BIGINT,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_reminder PRIMARY KEY (id),
  CONSTRAINT uq_reminder_user_id_key UNIQUE (user_id, key),
  CONSTRAINT fk_reminder_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
)
----
CREATE TABLE sales_plan (
  manager_id BIGINT NOT NULL,
  month INTEGER NOT NULL,
  amount BIGINT NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_sales_plan PRIMARY KEY (id),
  CONSTRAINT uq_sales_plan_manager_id_month UNIQUE (manager_id, month),
  CONSTRAINT fk_sales_plan_manager_id FOREIGN KEY(manager_id) REFERENCES app_user (id)
)
----
CREATE TABLE saved_view (
  user_id BIGINT,
  screen VARCHAR(20) NOT NULL,
  name VARCHAR(100) NOT NULL,
  wanted JSONB NOT NULL,
  pinned BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_saved_view PRIMARY KEY (id),
  CONSTRAINT fk_saved_view_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
)
----
CREATE INDEX ix_saved_view_user ON saved_view (user_id, screen)
----
CREATE TABLE client_month (
  client_id BIGINT NOT NULL,
  month INTEGER NOT NULL,
  turnover BIGINT NOT NULL,
  gross_profit BIGINT NOT NULL,
  important BIGINT NOT NULL,
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
----
CREATE TABLE client_month_product (
  client_id BIGINT NOT NULL,
  month INTEGER NOT NULL,
  product_id BIGINT NOT NULL,
  CONSTRAINT pk_client_month_product PRIMARY KEY (client_id, month, product_id),
  CONSTRAINT fk_client_month_product_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE TABLE client_stat (
  client_id BIGINT NOT NULL,
  order_days INTEGER NOT NULL,
  first_order INTEGER,
  last_order INTEGER,
  gap_mean FLOAT,
  gap_var FLOAT,
  turnover BIGINT NOT NULL,
  last_contact INTEGER,
  last_call INTEGER,
  last_visit INTEGER,
  next_task_id BIGINT,
  next_due INTEGER,
  open_promise_due INTEGER,
  CONSTRAINT pk_client_stat PRIMARY KEY (client_id),
  CONSTRAINT fk_client_stat_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE TABLE orders (
  client_id BIGINT NOT NULL,
  manager_id BIGINT,
  day INTEGER NOT NULL,
  number VARCHAR(120) NOT NULL,
  stage VARCHAR(20) NOT NULL,
  total BIGINT NOT NULL,
  cost BIGINT,
  details JSONB NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
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
  client_id BIGINT NOT NULL,
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
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_person PRIMARY KEY (id),
  CONSTRAINT fk_person_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE INDEX ix_person_birthday ON person (birth_month, birth_day) WHERE birth_month IS NOT NULL
----
CREATE INDEX ix_person_client_id ON person (client_id)
----
CREATE TABLE potential (
  client_id BIGINT NOT NULL,
  group_id BIGINT,
  monthly BIGINT NOT NULL,
  on_day INTEGER NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_potential PRIMARY KEY (id),
  CONSTRAINT fk_potential_client_id FOREIGN KEY(client_id) REFERENCES client (id),
  CONSTRAINT fk_potential_group_id FOREIGN KEY(group_id) REFERENCES product_group (id)
)
----
CREATE INDEX ix_potential_client_id ON potential (client_id)
----
CREATE TABLE presence (
  user_id BIGINT NOT NULL,
  client_id BIGINT,
  at BIGINT NOT NULL,
  CONSTRAINT pk_presence PRIMARY KEY (user_id),
  CONSTRAINT fk_presence_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
  CONSTRAINT fk_presence_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE INDEX ix_presence_client ON presence (client_id)
----
CREATE TABLE search_text (
  client_id BIGINT NOT NULL,
  manager_id BIGINT,
  text TEXT NOT NULL,
  CONSTRAINT pk_search_text PRIMARY KEY (client_id),
  CONSTRAINT fk_search_text_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE TABLE search_word (
  word VARCHAR(60) COLLATE "C" NOT NULL,
  client_id BIGINT NOT NULL,
  manager_id BIGINT,
  CONSTRAINT pk_search_word PRIMARY KEY (word, client_id),
  CONSTRAINT fk_search_word_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
----
CREATE INDEX ix_search_word_client ON search_word (client_id, word)
----
CREATE TABLE consent (
  person_id BIGINT NOT NULL,
  channel VARCHAR(20) NOT NULL,
  given BOOLEAN NOT NULL,
  on_day INTEGER NOT NULL,
  origin VARCHAR(200) NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
  CONSTRAINT pk_consent PRIMARY KEY (id),
  CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
----
CREATE INDEX ix_consent_person_id ON consent (person_id)
----
CREATE TABLE contact_point (
  client_id BIGINT NOT NULL,
  person_id BIGINT,
  kind VARCHAR(10) NOT NULL,
  original VARCHAR(200) NOT NULL,
  normal VARCHAR(200) NOT NULL,
  extension VARCHAR(20) NOT NULL,
  position INTEGER NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
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
  client_id BIGINT NOT NULL,
  person_id BIGINT,
  manager_id BIGINT,
  kind VARCHAR(20) NOT NULL,
  at BIGINT NOT NULL,
  day INTEGER NOT NULL,
  minutes INTEGER,
  result VARCHAR(40) NOT NULL,
  rung VARCHAR(10) NOT NULL,
  resume TEXT NOT NULL,
  no_next_reason VARCHAR(200) NOT NULL,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
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
  order_id BIGINT NOT NULL,
  line INTEGER NOT NULL,
  product_id BIGINT,
  words VARCHAR(500) NOT NULL,
  quantity BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  cost BIGINT,
  CONSTRAINT pk_order_line PRIMARY KEY (order_id, line),
  CONSTRAINT fk_order_line_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
  CONSTRAINT fk_order_line_product_id FOREIGN KEY(product_id) REFERENCES product (id)
)
----
CREATE TABLE task (
  client_id BIGINT,
  person_id BIGINT,
  manager_id BIGINT,
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
  interaction_id BIGINT,
  id BIGINT NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  created_at BIGINT NOT NULL,
  archived_at BIGINT,
  import_id BIGINT,
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
CREATE FUNCTION crm.current_tx() RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT (floor(extract(epoch FROM now()) * 1000)::bigint << 22)
| (pg_current_xact_id()::text::bigint & 4194303) $$
----
CREATE FUNCTION crm.refuse_stale() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RAISE EXCEPTION 'crmdesk: stale version' USING errcode = '40001'; END $$
----
CREATE FUNCTION crm.refuse_key() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RAISE EXCEPTION 'crmdesk: a key never changes' USING errcode = '23000'; END $$
----
CREATE FUNCTION crm.refuse_audit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RAISE EXCEPTION 'crmdesk: the audit trail is append-only' USING errcode = '42501'; END $$
----
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON crm.audit FOR EACH ROW EXECUTE FUNCTION crm.refuse_audit()
----
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON crm.audit FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.access_log_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'access_log', n."id", NULL, ('{' || concat_ws(',',
'"id":' || n."id"::text,
'"at":' || to_json(n."at")::text,
CASE WHEN n."user_id" IS NOT NULL THEN '"user_id":' || coalesce(n."user_id"::text, 'null') END,
'"kind":' || to_json(n."kind")::text,
'"what":' || to_json(n."what")::text,
'"rows":' || n."rows"::text) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'access_log', o."id", ('{' || concat_ws(',',
'"id":' || o."id"::text,
'"at":' || to_json(o."at")::text,
CASE WHEN o."user_id" IS NOT NULL THEN '"user_id":' || coalesce(o."user_id"::text, 'null') END,
'"kind":' || to_json(o."kind")::text,
'"what":' || to_json(o."what")::text,
'"rows":' || o."rows"::text) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'access_log', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."at" IS DISTINCT FROM n."at" THEN '"at":' || to_json(o."at")::text END,
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || coalesce(o."user_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(o."kind")::text END,
CASE WHEN o."what" IS DISTINCT FROM n."what" THEN '"what":' || to_json(o."what")::text END,
CASE WHEN o."rows" IS DISTINCT FROM n."rows" THEN '"rows":' || o."rows"::text END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."at" IS DISTINCT FROM n."at" THEN '"at":' || to_json(n."at")::text END,
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || coalesce(n."user_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(n."kind")::text END,
CASE WHEN o."what" IS DISTINCT FROM n."what" THEN '"what":' || to_json(n."what")::text END,
CASE WHEN o."rows" IS DISTINCT FROM n."rows" THEN '"rows":' || n."rows"::text END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."id", o."at", o."user_id", o."kind", o."what", o."rows") IS DISTINCT FROM (n."id", n."at", n."user_id", n."kind", n."what", n."rows");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.access_log_audit() FROM PUBLIC
----
CREATE TRIGGER access_log_insert AFTER INSERT ON crm.access_log REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.access_log_audit()
----
CREATE TRIGGER access_log_update AFTER UPDATE ON crm.access_log REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.access_log_audit()
----
CREATE TRIGGER access_log_delete AFTER DELETE ON crm.access_log REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.access_log_audit()
----
CREATE TRIGGER access_log_key BEFORE UPDATE OF "id" ON crm.access_log FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER access_log_no_truncate BEFORE TRUNCATE ON crm.access_log FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.action_segment_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'action_segment', 0, NULL, ('{' || concat_ws(',',
'"key":' || to_json(n."key")::text,
'"visits":' || n."visits"::text,
'"calls":' || n."calls"::text,
'"mailings":' || n."mailings"::text,
'"version":' || n."version"::text) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'action_segment', 0, ('{' || concat_ws(',',
'"key":' || to_json(o."key")::text,
'"visits":' || o."visits"::text,
'"calls":' || o."calls"::text,
'"mailings":' || o."mailings"::text,
'"version":' || o."version"::text) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'action_segment', 0,
    ('{' || concat_ws(',',
'"key":' || to_json(o."key")::text,
CASE WHEN o."visits" IS DISTINCT FROM n."visits" THEN '"visits":' || o."visits"::text END,
CASE WHEN o."calls" IS DISTINCT FROM n."calls" THEN '"calls":' || o."calls"::text END,
CASE WHEN o."mailings" IS DISTINCT FROM n."mailings" THEN '"mailings":' || o."mailings"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."key" IS DISTINCT FROM n."key" THEN '"key":' || to_json(n."key")::text END,
CASE WHEN o."visits" IS DISTINCT FROM n."visits" THEN '"visits":' || n."visits"::text END,
CASE WHEN o."calls" IS DISTINCT FROM n."calls" THEN '"calls":' || n."calls"::text END,
CASE WHEN o."mailings" IS DISTINCT FROM n."mailings" THEN '"mailings":' || n."mailings"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."key" = n."key"
    WHERE (o."key", o."visits", o."calls", o."mailings", o."version") IS DISTINCT FROM (n."key", n."visits", n."calls", n."mailings", n."version");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.action_segment_audit() FROM PUBLIC
----
CREATE TRIGGER action_segment_insert AFTER INSERT ON crm.action_segment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.action_segment_audit()
----
CREATE TRIGGER action_segment_update AFTER UPDATE ON crm.action_segment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.action_segment_audit()
----
CREATE TRIGGER action_segment_delete AFTER DELETE ON crm.action_segment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.action_segment_audit()
----
CREATE TRIGGER action_segment_version BEFORE UPDATE ON crm.action_segment FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER action_segment_key BEFORE UPDATE OF "key" ON crm.action_segment FOR EACH ROW WHEN (NEW."key" IS DISTINCT FROM OLD."key") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER action_segment_no_truncate BEFORE TRUNCATE ON crm.action_segment FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.branch_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'branch', n."id", NULL, ('{' || concat_ws(',',
'"name":' || to_json(n."name")::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'branch', o."id", ('{' || concat_ws(',',
'"name":' || to_json(o."name")::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'branch', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(o."name")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(n."name")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."name", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."name", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.branch_audit() FROM PUBLIC
----
CREATE TRIGGER branch_insert AFTER INSERT ON crm.branch REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.branch_audit()
----
CREATE TRIGGER branch_update AFTER UPDATE ON crm.branch REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.branch_audit()
----
CREATE TRIGGER branch_delete AFTER DELETE ON crm.branch REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.branch_audit()
----
CREATE TRIGGER branch_version BEFORE UPDATE ON crm.branch FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER branch_key BEFORE UPDATE OF "id" ON crm.branch FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER branch_no_truncate BEFORE TRUNCATE ON crm.branch FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.import_run_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'import_run', n."id", NULL, ('{' || concat_ws(',',
'"id":' || n."id"::text,
'"kind":' || to_json(n."kind")::text,
'"file_name":' || to_json(n."file_name")::text,
'"sha256":' || to_json(n."sha256")::text,
'"at":' || to_json(n."at")::text,
CASE WHEN n."user_id" IS NOT NULL THEN '"user_id":' || coalesce(n."user_id"::text, 'null') END,
'"added":' || n."added"::text,
'"updated":' || n."updated"::text,
'"unchanged":' || n."unchanged"::text,
'"refused":' || n."refused"::text,
'"tx":' || n."tx"::text,
CASE WHEN n."undone_at" IS NOT NULL THEN '"undone_at":' || coalesce(to_json(n."undone_at")::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'import_run', o."id", ('{' || concat_ws(',',
'"id":' || o."id"::text,
'"kind":' || to_json(o."kind")::text,
'"file_name":' || to_json(o."file_name")::text,
'"sha256":' || to_json(o."sha256")::text,
'"at":' || to_json(o."at")::text,
CASE WHEN o."user_id" IS NOT NULL THEN '"user_id":' || coalesce(o."user_id"::text, 'null') END,
'"added":' || o."added"::text,
'"updated":' || o."updated"::text,
'"unchanged":' || o."unchanged"::text,
'"refused":' || o."refused"::text,
'"tx":' || o."tx"::text,
CASE WHEN o."undone_at" IS NOT NULL THEN '"undone_at":' || coalesce(to_json(o."undone_at")::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'import_run', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(o."kind")::text END,
CASE WHEN o."file_name" IS DISTINCT FROM n."file_name" THEN '"file_name":' || to_json(o."file_name")::text END,
CASE WHEN o."sha256" IS DISTINCT FROM n."sha256" THEN '"sha256":' || to_json(o."sha256")::text END,
CASE WHEN o."at" IS DISTINCT FROM n."at" THEN '"at":' || to_json(o."at")::text END,
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || coalesce(o."user_id"::text, 'null') END,
CASE WHEN o."added" IS DISTINCT FROM n."added" THEN '"added":' || o."added"::text END,
CASE WHEN o."updated" IS DISTINCT FROM n."updated" THEN '"updated":' || o."updated"::text END,
CASE WHEN o."unchanged" IS DISTINCT FROM n."unchanged" THEN '"unchanged":' || o."unchanged"::text END,
CASE WHEN o."refused" IS DISTINCT FROM n."refused" THEN '"refused":' || o."refused"::text END,
CASE WHEN o."tx" IS DISTINCT FROM n."tx" THEN '"tx":' || o."tx"::text END,
CASE WHEN o."undone_at" IS DISTINCT FROM n."undone_at" THEN '"undone_at":' || coalesce(to_json(o."undone_at")::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(n."kind")::text END,
CASE WHEN o."file_name" IS DISTINCT FROM n."file_name" THEN '"file_name":' || to_json(n."file_name")::text END,
CASE WHEN o."sha256" IS DISTINCT FROM n."sha256" THEN '"sha256":' || to_json(n."sha256")::text END,
CASE WHEN o."at" IS DISTINCT FROM n."at" THEN '"at":' || to_json(n."at")::text END,
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || coalesce(n."user_id"::text, 'null') END,
CASE WHEN o."added" IS DISTINCT FROM n."added" THEN '"added":' || n."added"::text END,
CASE WHEN o."updated" IS DISTINCT FROM n."updated" THEN '"updated":' || n."updated"::text END,
CASE WHEN o."unchanged" IS DISTINCT FROM n."unchanged" THEN '"unchanged":' || n."unchanged"::text END,
CASE WHEN o."refused" IS DISTINCT FROM n."refused" THEN '"refused":' || n."refused"::text END,
CASE WHEN o."tx" IS DISTINCT FROM n."tx" THEN '"tx":' || n."tx"::text END,
CASE WHEN o."undone_at" IS DISTINCT FROM n."undone_at" THEN '"undone_at":' || coalesce(to_json(n."undone_at")::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."id", o."kind", o."file_name", o."sha256", o."at", o."user_id", o."added", o."updated", o."unchanged", o."refused", o."tx", o."undone_at") IS DISTINCT FROM (n."id", n."kind", n."file_name", n."sha256", n."at", n."user_id", n."added", n."updated", n."unchanged", n."refused", n."tx", n."undone_at");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.import_run_audit() FROM PUBLIC
----
CREATE TRIGGER import_run_insert AFTER INSERT ON crm.import_run REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.import_run_audit()
----
CREATE TRIGGER import_run_update AFTER UPDATE ON crm.import_run REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.import_run_audit()
----
CREATE TRIGGER import_run_delete AFTER DELETE ON crm.import_run REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.import_run_audit()
----
CREATE TRIGGER import_run_key BEFORE UPDATE OF "id" ON crm.import_run FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER import_run_no_truncate BEFORE TRUNCATE ON crm.import_run FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.product_group_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'product_group', n."id", NULL, ('{' || concat_ws(',',
CASE WHEN n."key" IS NOT NULL THEN '"key":' || coalesce(to_json(n."key")::text, 'null') END,
'"name":' || to_json(n."name")::text,
'"important":' || n."important"::text,
'"position":' || n."position"::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'product_group', o."id", ('{' || concat_ws(',',
CASE WHEN o."key" IS NOT NULL THEN '"key":' || coalesce(to_json(o."key")::text, 'null') END,
'"name":' || to_json(o."name")::text,
'"important":' || o."important"::text,
'"position":' || o."position"::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'product_group', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."key" IS DISTINCT FROM n."key" THEN '"key":' || coalesce(to_json(o."key")::text, 'null') END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(o."name")::text END,
CASE WHEN o."important" IS DISTINCT FROM n."important" THEN '"important":' || o."important"::text END,
CASE WHEN o."position" IS DISTINCT FROM n."position" THEN '"position":' || o."position"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."key" IS DISTINCT FROM n."key" THEN '"key":' || coalesce(to_json(n."key")::text, 'null') END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(n."name")::text END,
CASE WHEN o."important" IS DISTINCT FROM n."important" THEN '"important":' || n."important"::text END,
CASE WHEN o."position" IS DISTINCT FROM n."position" THEN '"position":' || n."position"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."key", o."name", o."important", o."position", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."key", n."name", n."important", n."position", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.product_group_audit() FROM PUBLIC
----
CREATE TRIGGER product_group_insert AFTER INSERT ON crm.product_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.product_group_audit()
----
CREATE TRIGGER product_group_update AFTER UPDATE ON crm.product_group REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.product_group_audit()
----
CREATE TRIGGER product_group_delete AFTER DELETE ON crm.product_group REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.product_group_audit()
----
CREATE TRIGGER product_group_version BEFORE UPDATE ON crm.product_group FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER product_group_key BEFORE UPDATE OF "id" ON crm.product_group FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER product_group_no_truncate BEFORE TRUNCATE ON crm.product_group FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.setting_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'setting', 0, NULL, ('{' || concat_ws(',',
'"key":' || to_json(n."key")::text,
'"value":' || n."value"::text,
'"version":' || n."version"::text) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'setting', 0, ('{' || concat_ws(',',
'"key":' || to_json(o."key")::text,
'"value":' || o."value"::text,
'"version":' || o."version"::text) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'setting', 0,
    ('{' || concat_ws(',',
'"key":' || to_json(o."key")::text,
CASE WHEN o."value" IS DISTINCT FROM n."value" THEN '"value":' || o."value"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."key" IS DISTINCT FROM n."key" THEN '"key":' || to_json(n."key")::text END,
CASE WHEN o."value" IS DISTINCT FROM n."value" THEN '"value":' || n."value"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."key" = n."key"
    WHERE (o."key", o."value", o."version") IS DISTINCT FROM (n."key", n."value", n."version");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.setting_audit() FROM PUBLIC
----
CREATE TRIGGER setting_insert AFTER INSERT ON crm.setting REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.setting_audit()
----
CREATE TRIGGER setting_update AFTER UPDATE ON crm.setting REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.setting_audit()
----
CREATE TRIGGER setting_delete AFTER DELETE ON crm.setting REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.setting_audit()
----
CREATE TRIGGER setting_version BEFORE UPDATE ON crm.setting FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER setting_key BEFORE UPDATE OF "key" ON crm.setting FOR EACH ROW WHEN (NEW."key" IS DISTINCT FROM OLD."key") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER setting_no_truncate BEFORE TRUNCATE ON crm.setting FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.app_user_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'app_user', n."id", NULL, ('{' || concat_ws(',',
'"login":' || to_json(n."login")::text,
'"name":' || to_json(n."name")::text,
'"role":' || to_json(n."role")::text,
CASE WHEN n."branch_id" IS NOT NULL THEN '"branch_id":' || coalesce(n."branch_id"::text, 'null') END,
'"active":' || n."active"::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'app_user', o."id", ('{' || concat_ws(',',
'"login":' || to_json(o."login")::text,
'"name":' || to_json(o."name")::text,
'"role":' || to_json(o."role")::text,
CASE WHEN o."branch_id" IS NOT NULL THEN '"branch_id":' || coalesce(o."branch_id"::text, 'null') END,
'"active":' || o."active"::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'app_user', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."login" IS DISTINCT FROM n."login" THEN '"login":' || to_json(o."login")::text END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(o."name")::text END,
CASE WHEN o."role" IS DISTINCT FROM n."role" THEN '"role":' || to_json(o."role")::text END,
CASE WHEN o."branch_id" IS DISTINCT FROM n."branch_id" THEN '"branch_id":' || coalesce(o."branch_id"::text, 'null') END,
CASE WHEN o."active" IS DISTINCT FROM n."active" THEN '"active":' || o."active"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."login" IS DISTINCT FROM n."login" THEN '"login":' || to_json(n."login")::text END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(n."name")::text END,
CASE WHEN o."role" IS DISTINCT FROM n."role" THEN '"role":' || to_json(n."role")::text END,
CASE WHEN o."branch_id" IS DISTINCT FROM n."branch_id" THEN '"branch_id":' || coalesce(n."branch_id"::text, 'null') END,
CASE WHEN o."active" IS DISTINCT FROM n."active" THEN '"active":' || n."active"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."login", o."name", o."role", o."branch_id", o."active", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."login", n."name", n."role", n."branch_id", n."active", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.app_user_audit() FROM PUBLIC
----
CREATE TRIGGER app_user_insert AFTER INSERT ON crm.app_user REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.app_user_audit()
----
CREATE TRIGGER app_user_update AFTER UPDATE ON crm.app_user REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.app_user_audit()
----
CREATE TRIGGER app_user_delete AFTER DELETE ON crm.app_user REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.app_user_audit()
----
CREATE TRIGGER app_user_version BEFORE UPDATE ON crm.app_user FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER app_user_key BEFORE UPDATE OF "id" ON crm.app_user FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER app_user_no_truncate BEFORE TRUNCATE ON crm.app_user FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.product_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'product', n."id", NULL, ('{' || concat_ws(',',
CASE WHEN n."code" IS NOT NULL THEN '"code":' || coalesce(to_json(n."code")::text, 'null') END,
'"name":' || to_json(n."name")::text,
'"match_key":' || to_json(n."match_key")::text,
CASE WHEN n."group_id" IS NOT NULL THEN '"group_id":' || coalesce(n."group_id"::text, 'null') END,
'"unit":' || to_json(n."unit")::text,
CASE WHEN n."reprint_days" IS NOT NULL THEN '"reprint_days":' || coalesce(n."reprint_days"::text, 'null') END,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'product', o."id", ('{' || concat_ws(',',
CASE WHEN o."code" IS NOT NULL THEN '"code":' || coalesce(to_json(o."code")::text, 'null') END,
'"name":' || to_json(o."name")::text,
'"match_key":' || to_json(o."match_key")::text,
CASE WHEN o."group_id" IS NOT NULL THEN '"group_id":' || coalesce(o."group_id"::text, 'null') END,
'"unit":' || to_json(o."unit")::text,
CASE WHEN o."reprint_days" IS NOT NULL THEN '"reprint_days":' || coalesce(o."reprint_days"::text, 'null') END,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'product', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."code" IS DISTINCT FROM n."code" THEN '"code":' || coalesce(to_json(o."code")::text, 'null') END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(o."name")::text END,
CASE WHEN o."match_key" IS DISTINCT FROM n."match_key" THEN '"match_key":' || to_json(o."match_key")::text END,
CASE WHEN o."group_id" IS DISTINCT FROM n."group_id" THEN '"group_id":' || coalesce(o."group_id"::text, 'null') END,
CASE WHEN o."unit" IS DISTINCT FROM n."unit" THEN '"unit":' || to_json(o."unit")::text END,
CASE WHEN o."reprint_days" IS DISTINCT FROM n."reprint_days" THEN '"reprint_days":' || coalesce(o."reprint_days"::text, 'null') END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."code" IS DISTINCT FROM n."code" THEN '"code":' || coalesce(to_json(n."code")::text, 'null') END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(n."name")::text END,
CASE WHEN o."match_key" IS DISTINCT FROM n."match_key" THEN '"match_key":' || to_json(n."match_key")::text END,
CASE WHEN o."group_id" IS DISTINCT FROM n."group_id" THEN '"group_id":' || coalesce(n."group_id"::text, 'null') END,
CASE WHEN o."unit" IS DISTINCT FROM n."unit" THEN '"unit":' || to_json(n."unit")::text END,
CASE WHEN o."reprint_days" IS DISTINCT FROM n."reprint_days" THEN '"reprint_days":' || coalesce(n."reprint_days"::text, 'null') END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."code", o."name", o."match_key", o."group_id", o."unit", o."reprint_days", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."code", n."name", n."match_key", n."group_id", n."unit", n."reprint_days", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.product_audit() FROM PUBLIC
----
CREATE TRIGGER product_insert AFTER INSERT ON crm.product REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.product_audit()
----
CREATE TRIGGER product_update AFTER UPDATE ON crm.product REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.product_audit()
----
CREATE TRIGGER product_delete AFTER DELETE ON crm.product REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.product_audit()
----
CREATE TRIGGER product_version BEFORE UPDATE ON crm.product FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER product_key BEFORE UPDATE OF "id" ON crm.product FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER product_no_truncate BEFORE TRUNCATE ON crm.product FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.client_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'client', n."id", NULL, ('{' || concat_ws(',',
'"name":' || to_json(n."name")::text,
'"is_company":' || n."is_company"::text,
CASE WHEN n."code" IS NOT NULL THEN '"code":' || coalesce(to_json(n."code")::text, 'null') END,
CASE WHEN n."tax_number" IS NOT NULL THEN '"tax_number":' || coalesce(to_json(n."tax_number")::text, 'null') END,
CASE WHEN n."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
CASE WHEN n."branch_id" IS NOT NULL THEN '"branch_id":' || coalesce(n."branch_id"::text, 'null') END,
'"tracked":' || n."tracked"::text,
'"action_segment":' || to_json(n."action_segment")::text,
CASE WHEN n."visits_norm" IS NOT NULL THEN '"visits_norm":' || coalesce(n."visits_norm"::text, 'null') END,
CASE WHEN n."calls_norm" IS NOT NULL THEN '"calls_norm":' || coalesce(n."calls_norm"::text, 'null') END,
CASE WHEN n."mailings_norm" IS NOT NULL THEN '"mailings_norm":' || coalesce(n."mailings_norm"::text, 'null') END,
'"importance":' || to_json(n."importance")::text,
'"stage":' || to_json(n."stage")::text,
CASE WHEN n."goal_kind" IS NOT NULL THEN '"goal_kind":' || coalesce(to_json(n."goal_kind")::text, 'null') END,
CASE WHEN n."goal_value" IS NOT NULL THEN '"goal_value":' || coalesce(n."goal_value"::text, 'null') END,
'"city":' || to_json(n."city")::text,
'"address":' || to_json(n."address")::text,
'"industry":' || to_json(n."industry")::text,
'"channel":' || to_json(n."channel")::text,
CASE WHEN n."referrer_id" IS NOT NULL THEN '"referrer_id":' || coalesce(n."referrer_id"::text, 'null') END,
CASE WHEN n."since" IS NOT NULL THEN '"since":' || coalesce(to_json(n."since")::text, 'null') END,
CASE WHEN n."lost_on" IS NOT NULL THEN '"lost_on":' || coalesce(to_json(n."lost_on")::text, 'null') END,
'"lost_reason":' || to_json(n."lost_reason")::text,
'"notes":' || to_json(n."notes")::text,
'"own_fields":' || n."own_fields"::text,
'"match_key":' || to_json(n."match_key")::text,
'"sort_key":' || to_json(n."sort_key")::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'client', o."id", ('{' || concat_ws(',',
'"name":' || to_json(o."name")::text,
'"is_company":' || o."is_company"::text,
CASE WHEN o."code" IS NOT NULL THEN '"code":' || coalesce(to_json(o."code")::text, 'null') END,
CASE WHEN o."tax_number" IS NOT NULL THEN '"tax_number":' || coalesce(to_json(o."tax_number")::text, 'null') END,
CASE WHEN o."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
CASE WHEN o."branch_id" IS NOT NULL THEN '"branch_id":' || coalesce(o."branch_id"::text, 'null') END,
'"tracked":' || o."tracked"::text,
'"action_segment":' || to_json(o."action_segment")::text,
CASE WHEN o."visits_norm" IS NOT NULL THEN '"visits_norm":' || coalesce(o."visits_norm"::text, 'null') END,
CASE WHEN o."calls_norm" IS NOT NULL THEN '"calls_norm":' || coalesce(o."calls_norm"::text, 'null') END,
CASE WHEN o."mailings_norm" IS NOT NULL THEN '"mailings_norm":' || coalesce(o."mailings_norm"::text, 'null') END,
'"importance":' || to_json(o."importance")::text,
'"stage":' || to_json(o."stage")::text,
CASE WHEN o."goal_kind" IS NOT NULL THEN '"goal_kind":' || coalesce(to_json(o."goal_kind")::text, 'null') END,
CASE WHEN o."goal_value" IS NOT NULL THEN '"goal_value":' || coalesce(o."goal_value"::text, 'null') END,
'"city":' || to_json(o."city")::text,
'"address":' || to_json(o."address")::text,
'"industry":' || to_json(o."industry")::text,
'"channel":' || to_json(o."channel")::text,
CASE WHEN o."referrer_id" IS NOT NULL THEN '"referrer_id":' || coalesce(o."referrer_id"::text, 'null') END,
CASE WHEN o."since" IS NOT NULL THEN '"since":' || coalesce(to_json(o."since")::text, 'null') END,
CASE WHEN o."lost_on" IS NOT NULL THEN '"lost_on":' || coalesce(to_json(o."lost_on")::text, 'null') END,
'"lost_reason":' || to_json(o."lost_reason")::text,
'"notes":' || to_json(o."notes")::text,
'"own_fields":' || o."own_fields"::text,
'"match_key":' || to_json(o."match_key")::text,
'"sort_key":' || to_json(o."sort_key")::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'client', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(o."name")::text END,
CASE WHEN o."is_company" IS DISTINCT FROM n."is_company" THEN '"is_company":' || o."is_company"::text END,
CASE WHEN o."code" IS DISTINCT FROM n."code" THEN '"code":' || coalesce(to_json(o."code")::text, 'null') END,
CASE WHEN o."tax_number" IS DISTINCT FROM n."tax_number" THEN '"tax_number":' || coalesce(to_json(o."tax_number")::text, 'null') END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
CASE WHEN o."branch_id" IS DISTINCT FROM n."branch_id" THEN '"branch_id":' || coalesce(o."branch_id"::text, 'null') END,
CASE WHEN o."tracked" IS DISTINCT FROM n."tracked" THEN '"tracked":' || o."tracked"::text END,
CASE WHEN o."action_segment" IS DISTINCT FROM n."action_segment" THEN '"action_segment":' || to_json(o."action_segment")::text END,
CASE WHEN o."visits_norm" IS DISTINCT FROM n."visits_norm" THEN '"visits_norm":' || coalesce(o."visits_norm"::text, 'null') END,
CASE WHEN o."calls_norm" IS DISTINCT FROM n."calls_norm" THEN '"calls_norm":' || coalesce(o."calls_norm"::text, 'null') END,
CASE WHEN o."mailings_norm" IS DISTINCT FROM n."mailings_norm" THEN '"mailings_norm":' || coalesce(o."mailings_norm"::text, 'null') END,
CASE WHEN o."importance" IS DISTINCT FROM n."importance" THEN '"importance":' || to_json(o."importance")::text END,
CASE WHEN o."stage" IS DISTINCT FROM n."stage" THEN '"stage":' || to_json(o."stage")::text END,
CASE WHEN o."goal_kind" IS DISTINCT FROM n."goal_kind" THEN '"goal_kind":' || coalesce(to_json(o."goal_kind")::text, 'null') END,
CASE WHEN o."goal_value" IS DISTINCT FROM n."goal_value" THEN '"goal_value":' || coalesce(o."goal_value"::text, 'null') END,
CASE WHEN o."city" IS DISTINCT FROM n."city" THEN '"city":' || to_json(o."city")::text END,
CASE WHEN o."address" IS DISTINCT FROM n."address" THEN '"address":' || to_json(o."address")::text END,
CASE WHEN o."industry" IS DISTINCT FROM n."industry" THEN '"industry":' || to_json(o."industry")::text END,
CASE WHEN o."channel" IS DISTINCT FROM n."channel" THEN '"channel":' || to_json(o."channel")::text END,
CASE WHEN o."referrer_id" IS DISTINCT FROM n."referrer_id" THEN '"referrer_id":' || coalesce(o."referrer_id"::text, 'null') END,
CASE WHEN o."since" IS DISTINCT FROM n."since" THEN '"since":' || coalesce(to_json(o."since")::text, 'null') END,
CASE WHEN o."lost_on" IS DISTINCT FROM n."lost_on" THEN '"lost_on":' || coalesce(to_json(o."lost_on")::text, 'null') END,
CASE WHEN o."lost_reason" IS DISTINCT FROM n."lost_reason" THEN '"lost_reason":' || to_json(o."lost_reason")::text END,
CASE WHEN o."notes" IS DISTINCT FROM n."notes" THEN '"notes":' || to_json(o."notes")::text END,
CASE WHEN o."own_fields" IS DISTINCT FROM n."own_fields" THEN '"own_fields":' || o."own_fields"::text END,
CASE WHEN o."match_key" IS DISTINCT FROM n."match_key" THEN '"match_key":' || to_json(o."match_key")::text END,
CASE WHEN o."sort_key" IS DISTINCT FROM n."sort_key" THEN '"sort_key":' || to_json(o."sort_key")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(n."name")::text END,
CASE WHEN o."is_company" IS DISTINCT FROM n."is_company" THEN '"is_company":' || n."is_company"::text END,
CASE WHEN o."code" IS DISTINCT FROM n."code" THEN '"code":' || coalesce(to_json(n."code")::text, 'null') END,
CASE WHEN o."tax_number" IS DISTINCT FROM n."tax_number" THEN '"tax_number":' || coalesce(to_json(n."tax_number")::text, 'null') END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
CASE WHEN o."branch_id" IS DISTINCT FROM n."branch_id" THEN '"branch_id":' || coalesce(n."branch_id"::text, 'null') END,
CASE WHEN o."tracked" IS DISTINCT FROM n."tracked" THEN '"tracked":' || n."tracked"::text END,
CASE WHEN o."action_segment" IS DISTINCT FROM n."action_segment" THEN '"action_segment":' || to_json(n."action_segment")::text END,
CASE WHEN o."visits_norm" IS DISTINCT FROM n."visits_norm" THEN '"visits_norm":' || coalesce(n."visits_norm"::text, 'null') END,
CASE WHEN o."calls_norm" IS DISTINCT FROM n."calls_norm" THEN '"calls_norm":' || coalesce(n."calls_norm"::text, 'null') END,
CASE WHEN o."mailings_norm" IS DISTINCT FROM n."mailings_norm" THEN '"mailings_norm":' || coalesce(n."mailings_norm"::text, 'null') END,
CASE WHEN o."importance" IS DISTINCT FROM n."importance" THEN '"importance":' || to_json(n."importance")::text END,
CASE WHEN o."stage" IS DISTINCT FROM n."stage" THEN '"stage":' || to_json(n."stage")::text END,
CASE WHEN o."goal_kind" IS DISTINCT FROM n."goal_kind" THEN '"goal_kind":' || coalesce(to_json(n."goal_kind")::text, 'null') END,
CASE WHEN o."goal_value" IS DISTINCT FROM n."goal_value" THEN '"goal_value":' || coalesce(n."goal_value"::text, 'null') END,
CASE WHEN o."city" IS DISTINCT FROM n."city" THEN '"city":' || to_json(n."city")::text END,
CASE WHEN o."address" IS DISTINCT FROM n."address" THEN '"address":' || to_json(n."address")::text END,
CASE WHEN o."industry" IS DISTINCT FROM n."industry" THEN '"industry":' || to_json(n."industry")::text END,
CASE WHEN o."channel" IS DISTINCT FROM n."channel" THEN '"channel":' || to_json(n."channel")::text END,
CASE WHEN o."referrer_id" IS DISTINCT FROM n."referrer_id" THEN '"referrer_id":' || coalesce(n."referrer_id"::text, 'null') END,
CASE WHEN o."since" IS DISTINCT FROM n."since" THEN '"since":' || coalesce(to_json(n."since")::text, 'null') END,
CASE WHEN o."lost_on" IS DISTINCT FROM n."lost_on" THEN '"lost_on":' || coalesce(to_json(n."lost_on")::text, 'null') END,
CASE WHEN o."lost_reason" IS DISTINCT FROM n."lost_reason" THEN '"lost_reason":' || to_json(n."lost_reason")::text END,
CASE WHEN o."notes" IS DISTINCT FROM n."notes" THEN '"notes":' || to_json(n."notes")::text END,
CASE WHEN o."own_fields" IS DISTINCT FROM n."own_fields" THEN '"own_fields":' || n."own_fields"::text END,
CASE WHEN o."match_key" IS DISTINCT FROM n."match_key" THEN '"match_key":' || to_json(n."match_key")::text END,
CASE WHEN o."sort_key" IS DISTINCT FROM n."sort_key" THEN '"sort_key":' || to_json(n."sort_key")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."name", o."is_company", o."code", o."tax_number", o."manager_id", o."branch_id", o."tracked", o."action_segment", o."visits_norm", o."calls_norm", o."mailings_norm", o."importance", o."stage", o."goal_kind", o."goal_value", o."city", o."address", o."industry", o."channel", o."referrer_id", o."since", o."lost_on", o."lost_reason", o."notes", o."own_fields", o."match_key", o."sort_key", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."name", n."is_company", n."code", n."tax_number", n."manager_id", n."branch_id", n."tracked", n."action_segment", n."visits_norm", n."calls_norm", n."mailings_norm", n."importance", n."stage", n."goal_kind", n."goal_value", n."city", n."address", n."industry", n."channel", n."referrer_id", n."since", n."lost_on", n."lost_reason", n."notes", n."own_fields", n."match_key", n."sort_key", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.client_audit() FROM PUBLIC
----
CREATE TRIGGER client_insert AFTER INSERT ON crm.client REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.client_audit()
----
CREATE TRIGGER client_update AFTER UPDATE ON crm.client REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.client_audit()
----
CREATE TRIGGER client_delete AFTER DELETE ON crm.client REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.client_audit()
----
CREATE TRIGGER client_version BEFORE UPDATE ON crm.client FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER client_key BEFORE UPDATE OF "id" ON crm.client FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER client_no_truncate BEFORE TRUNCATE ON crm.client FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.reminder_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'reminder', n."id", NULL, ('{' || concat_ws(',',
'"user_id":' || n."user_id"::text,
'"key":' || to_json(n."key")::text,
CASE WHEN n."shown_at" IS NOT NULL THEN '"shown_at":' || coalesce(to_json(n."shown_at")::text, 'null') END,
CASE WHEN n."snoozed_until" IS NOT NULL THEN '"snoozed_until":' || coalesce(to_json(n."snoozed_until")::text, 'null') END,
CASE WHEN n."dismissed_at" IS NOT NULL THEN '"dismissed_at":' || coalesce(to_json(n."dismissed_at")::text, 'null') END,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'reminder', o."id", ('{' || concat_ws(',',
'"user_id":' || o."user_id"::text,
'"key":' || to_json(o."key")::text,
CASE WHEN o."shown_at" IS NOT NULL THEN '"shown_at":' || coalesce(to_json(o."shown_at")::text, 'null') END,
CASE WHEN o."snoozed_until" IS NOT NULL THEN '"snoozed_until":' || coalesce(to_json(o."snoozed_until")::text, 'null') END,
CASE WHEN o."dismissed_at" IS NOT NULL THEN '"dismissed_at":' || coalesce(to_json(o."dismissed_at")::text, 'null') END,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'reminder', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || o."user_id"::text END,
CASE WHEN o."key" IS DISTINCT FROM n."key" THEN '"key":' || to_json(o."key")::text END,
CASE WHEN o."shown_at" IS DISTINCT FROM n."shown_at" THEN '"shown_at":' || coalesce(to_json(o."shown_at")::text, 'null') END,
CASE WHEN o."snoozed_until" IS DISTINCT FROM n."snoozed_until" THEN '"snoozed_until":' || coalesce(to_json(o."snoozed_until")::text, 'null') END,
CASE WHEN o."dismissed_at" IS DISTINCT FROM n."dismissed_at" THEN '"dismissed_at":' || coalesce(to_json(o."dismissed_at")::text, 'null') END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || n."user_id"::text END,
CASE WHEN o."key" IS DISTINCT FROM n."key" THEN '"key":' || to_json(n."key")::text END,
CASE WHEN o."shown_at" IS DISTINCT FROM n."shown_at" THEN '"shown_at":' || coalesce(to_json(n."shown_at")::text, 'null') END,
CASE WHEN o."snoozed_until" IS DISTINCT FROM n."snoozed_until" THEN '"snoozed_until":' || coalesce(to_json(n."snoozed_until")::text, 'null') END,
CASE WHEN o."dismissed_at" IS DISTINCT FROM n."dismissed_at" THEN '"dismissed_at":' || coalesce(to_json(n."dismissed_at")::text, 'null') END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."user_id", o."key", o."shown_at", o."snoozed_until", o."dismissed_at", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."user_id", n."key", n."shown_at", n."snoozed_until", n."dismissed_at", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.reminder_audit() FROM PUBLIC
----
CREATE TRIGGER reminder_insert AFTER INSERT ON crm.reminder REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.reminder_audit()
----
CREATE TRIGGER reminder_update AFTER UPDATE ON crm.reminder REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.reminder_audit()
----
CREATE TRIGGER reminder_delete AFTER DELETE ON crm.reminder REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.reminder_audit()
----
CREATE TRIGGER reminder_version BEFORE UPDATE ON crm.reminder FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER reminder_key BEFORE UPDATE OF "id" ON crm.reminder FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER reminder_no_truncate BEFORE TRUNCATE ON crm.reminder FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.sales_plan_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'sales_plan', n."id", NULL, ('{' || concat_ws(',',
'"manager_id":' || n."manager_id"::text,
'"month":' || n."month"::text,
'"amount":' || n."amount"::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'sales_plan', o."id", ('{' || concat_ws(',',
'"manager_id":' || o."manager_id"::text,
'"month":' || o."month"::text,
'"amount":' || o."amount"::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'sales_plan', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || o."manager_id"::text END,
CASE WHEN o."month" IS DISTINCT FROM n."month" THEN '"month":' || o."month"::text END,
CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN '"amount":' || o."amount"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || n."manager_id"::text END,
CASE WHEN o."month" IS DISTINCT FROM n."month" THEN '"month":' || n."month"::text END,
CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN '"amount":' || n."amount"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."manager_id", o."month", o."amount", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."manager_id", n."month", n."amount", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.sales_plan_audit() FROM PUBLIC
----
CREATE TRIGGER sales_plan_insert AFTER INSERT ON crm.sales_plan REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.sales_plan_audit()
----
CREATE TRIGGER sales_plan_update AFTER UPDATE ON crm.sales_plan REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.sales_plan_audit()
----
CREATE TRIGGER sales_plan_delete AFTER DELETE ON crm.sales_plan REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.sales_plan_audit()
----
CREATE TRIGGER sales_plan_version BEFORE UPDATE ON crm.sales_plan FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER sales_plan_key BEFORE UPDATE OF "id" ON crm.sales_plan FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER sales_plan_no_truncate BEFORE TRUNCATE ON crm.sales_plan FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.saved_view_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'saved_view', n."id", NULL, ('{' || concat_ws(',',
CASE WHEN n."user_id" IS NOT NULL THEN '"user_id":' || coalesce(n."user_id"::text, 'null') END,
'"screen":' || to_json(n."screen")::text,
'"name":' || to_json(n."name")::text,
'"wanted":' || n."wanted"::text,
'"pinned":' || n."pinned"::text,
'"position":' || n."position"::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'saved_view', o."id", ('{' || concat_ws(',',
CASE WHEN o."user_id" IS NOT NULL THEN '"user_id":' || coalesce(o."user_id"::text, 'null') END,
'"screen":' || to_json(o."screen")::text,
'"name":' || to_json(o."name")::text,
'"wanted":' || o."wanted"::text,
'"pinned":' || o."pinned"::text,
'"position":' || o."position"::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'saved_view', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || coalesce(o."user_id"::text, 'null') END,
CASE WHEN o."screen" IS DISTINCT FROM n."screen" THEN '"screen":' || to_json(o."screen")::text END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(o."name")::text END,
CASE WHEN o."wanted" IS DISTINCT FROM n."wanted" THEN '"wanted":' || o."wanted"::text END,
CASE WHEN o."pinned" IS DISTINCT FROM n."pinned" THEN '"pinned":' || o."pinned"::text END,
CASE WHEN o."position" IS DISTINCT FROM n."position" THEN '"position":' || o."position"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."user_id" IS DISTINCT FROM n."user_id" THEN '"user_id":' || coalesce(n."user_id"::text, 'null') END,
CASE WHEN o."screen" IS DISTINCT FROM n."screen" THEN '"screen":' || to_json(n."screen")::text END,
CASE WHEN o."name" IS DISTINCT FROM n."name" THEN '"name":' || to_json(n."name")::text END,
CASE WHEN o."wanted" IS DISTINCT FROM n."wanted" THEN '"wanted":' || n."wanted"::text END,
CASE WHEN o."pinned" IS DISTINCT FROM n."pinned" THEN '"pinned":' || n."pinned"::text END,
CASE WHEN o."position" IS DISTINCT FROM n."position" THEN '"position":' || n."position"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."user_id", o."screen", o."name", o."wanted", o."pinned", o."position", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."user_id", n."screen", n."name", n."wanted", n."pinned", n."position", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.saved_view_audit() FROM PUBLIC
----
CREATE TRIGGER saved_view_insert AFTER INSERT ON crm.saved_view REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.saved_view_audit()
----
CREATE TRIGGER saved_view_update AFTER UPDATE ON crm.saved_view REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.saved_view_audit()
----
CREATE TRIGGER saved_view_delete AFTER DELETE ON crm.saved_view REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.saved_view_audit()
----
CREATE TRIGGER saved_view_version BEFORE UPDATE ON crm.saved_view FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER saved_view_key BEFORE UPDATE OF "id" ON crm.saved_view FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER saved_view_no_truncate BEFORE TRUNCATE ON crm.saved_view FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.orders_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'orders', n."id", NULL, ('{' || concat_ws(',',
'"client_id":' || n."client_id"::text,
CASE WHEN n."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
'"day":' || to_json(n."day")::text,
'"number":' || to_json(n."number")::text,
'"stage":' || to_json(n."stage")::text,
'"total":' || n."total"::text,
CASE WHEN n."cost" IS NOT NULL THEN '"cost":' || coalesce(n."cost"::text, 'null') END,
'"details":' || n."details"::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'orders', o."id", ('{' || concat_ws(',',
'"client_id":' || o."client_id"::text,
CASE WHEN o."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
'"day":' || to_json(o."day")::text,
'"number":' || to_json(o."number")::text,
'"stage":' || to_json(o."stage")::text,
'"total":' || o."total"::text,
CASE WHEN o."cost" IS NOT NULL THEN '"cost":' || coalesce(o."cost"::text, 'null') END,
'"details":' || o."details"::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'orders', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || o."client_id"::text END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
CASE WHEN o."day" IS DISTINCT FROM n."day" THEN '"day":' || to_json(o."day")::text END,
CASE WHEN o."number" IS DISTINCT FROM n."number" THEN '"number":' || to_json(o."number")::text END,
CASE WHEN o."stage" IS DISTINCT FROM n."stage" THEN '"stage":' || to_json(o."stage")::text END,
CASE WHEN o."total" IS DISTINCT FROM n."total" THEN '"total":' || o."total"::text END,
CASE WHEN o."cost" IS DISTINCT FROM n."cost" THEN '"cost":' || coalesce(o."cost"::text, 'null') END,
CASE WHEN o."details" IS DISTINCT FROM n."details" THEN '"details":' || o."details"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || n."client_id"::text END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
CASE WHEN o."day" IS DISTINCT FROM n."day" THEN '"day":' || to_json(n."day")::text END,
CASE WHEN o."number" IS DISTINCT FROM n."number" THEN '"number":' || to_json(n."number")::text END,
CASE WHEN o."stage" IS DISTINCT FROM n."stage" THEN '"stage":' || to_json(n."stage")::text END,
CASE WHEN o."total" IS DISTINCT FROM n."total" THEN '"total":' || n."total"::text END,
CASE WHEN o."cost" IS DISTINCT FROM n."cost" THEN '"cost":' || coalesce(n."cost"::text, 'null') END,
CASE WHEN o."details" IS DISTINCT FROM n."details" THEN '"details":' || n."details"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."client_id", o."manager_id", o."day", o."number", o."stage", o."total", o."cost", o."details", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."client_id", n."manager_id", n."day", n."number", n."stage", n."total", n."cost", n."details", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.orders_audit() FROM PUBLIC
----
CREATE TRIGGER orders_insert AFTER INSERT ON crm.orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.orders_audit()
----
CREATE TRIGGER orders_update AFTER UPDATE ON crm.orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.orders_audit()
----
CREATE TRIGGER orders_delete AFTER DELETE ON crm.orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.orders_audit()
----
CREATE TRIGGER orders_version BEFORE UPDATE ON crm.orders FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER orders_key BEFORE UPDATE OF "id" ON crm.orders FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER orders_no_truncate BEFORE TRUNCATE ON crm.orders FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.person_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'person', n."id", NULL, ('{' || concat_ws(',',
'"client_id":' || n."client_id"::text,
'"surname":' || to_json(n."surname")::text,
'"given_name":' || to_json(n."given_name")::text,
'"patronymic":' || to_json(n."patronymic")::text,
CASE WHEN n."gender" IS NOT NULL THEN '"gender":' || coalesce(to_json(n."gender")::text, 'null') END,
CASE WHEN n."birth_day" IS NOT NULL THEN '"birth_day":' || coalesce(n."birth_day"::text, 'null') END,
CASE WHEN n."birth_month" IS NOT NULL THEN '"birth_month":' || coalesce(n."birth_month"::text, 'null') END,
CASE WHEN n."birth_year" IS NOT NULL THEN '"birth_year":' || coalesce(n."birth_year"::text, 'null') END,
'"profession":' || to_json(n."profession")::text,
'"role":' || to_json(n."role")::text,
'"notes":' || to_json(n."notes")::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'person', o."id", ('{' || concat_ws(',',
'"client_id":' || o."client_id"::text,
'"surname":' || to_json(o."surname")::text,
'"given_name":' || to_json(o."given_name")::text,
'"patronymic":' || to_json(o."patronymic")::text,
CASE WHEN o."gender" IS NOT NULL THEN '"gender":' || coalesce(to_json(o."gender")::text, 'null') END,
CASE WHEN o."birth_day" IS NOT NULL THEN '"birth_day":' || coalesce(o."birth_day"::text, 'null') END,
CASE WHEN o."birth_month" IS NOT NULL THEN '"birth_month":' || coalesce(o."birth_month"::text, 'null') END,
CASE WHEN o."birth_year" IS NOT NULL THEN '"birth_year":' || coalesce(o."birth_year"::text, 'null') END,
'"profession":' || to_json(o."profession")::text,
'"role":' || to_json(o."role")::text,
'"notes":' || to_json(o."notes")::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'person', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || o."client_id"::text END,
CASE WHEN o."surname" IS DISTINCT FROM n."surname" THEN '"surname":' || to_json(o."surname")::text END,
CASE WHEN o."given_name" IS DISTINCT FROM n."given_name" THEN '"given_name":' || to_json(o."given_name")::text END,
CASE WHEN o."patronymic" IS DISTINCT FROM n."patronymic" THEN '"patronymic":' || to_json(o."patronymic")::text END,
CASE WHEN o."gender" IS DISTINCT FROM n."gender" THEN '"gender":' || coalesce(to_json(o."gender")::text, 'null') END,
CASE WHEN o."birth_day" IS DISTINCT FROM n."birth_day" THEN '"birth_day":' || coalesce(o."birth_day"::text, 'null') END,
CASE WHEN o."birth_month" IS DISTINCT FROM n."birth_month" THEN '"birth_month":' || coalesce(o."birth_month"::text, 'null') END,
CASE WHEN o."birth_year" IS DISTINCT FROM n."birth_year" THEN '"birth_year":' || coalesce(o."birth_year"::text, 'null') END,
CASE WHEN o."profession" IS DISTINCT FROM n."profession" THEN '"profession":' || to_json(o."profession")::text END,
CASE WHEN o."role" IS DISTINCT FROM n."role" THEN '"role":' || to_json(o."role")::text END,
CASE WHEN o."notes" IS DISTINCT FROM n."notes" THEN '"notes":' || to_json(o."notes")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || n."client_id"::text END,
CASE WHEN o."surname" IS DISTINCT FROM n."surname" THEN '"surname":' || to_json(n."surname")::text END,
CASE WHEN o."given_name" IS DISTINCT FROM n."given_name" THEN '"given_name":' || to_json(n."given_name")::text END,
CASE WHEN o."patronymic" IS DISTINCT FROM n."patronymic" THEN '"patronymic":' || to_json(n."patronymic")::text END,
CASE WHEN o."gender" IS DISTINCT FROM n."gender" THEN '"gender":' || coalesce(to_json(n."gender")::text, 'null') END,
CASE WHEN o."birth_day" IS DISTINCT FROM n."birth_day" THEN '"birth_day":' || coalesce(n."birth_day"::text, 'null') END,
CASE WHEN o."birth_month" IS DISTINCT FROM n."birth_month" THEN '"birth_month":' || coalesce(n."birth_month"::text, 'null') END,
CASE WHEN o."birth_year" IS DISTINCT FROM n."birth_year" THEN '"birth_year":' || coalesce(n."birth_year"::text, 'null') END,
CASE WHEN o."profession" IS DISTINCT FROM n."profession" THEN '"profession":' || to_json(n."profession")::text END,
CASE WHEN o."role" IS DISTINCT FROM n."role" THEN '"role":' || to_json(n."role")::text END,
CASE WHEN o."notes" IS DISTINCT FROM n."notes" THEN '"notes":' || to_json(n."notes")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."client_id", o."surname", o."given_name", o."patronymic", o."gender", o."birth_day", o."birth_month", o."birth_year", o."profession", o."role", o."notes", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."client_id", n."surname", n."given_name", n."patronymic", n."gender", n."birth_day", n."birth_month", n."birth_year", n."profession", n."role", n."notes", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.person_audit() FROM PUBLIC
----
CREATE TRIGGER person_insert AFTER INSERT ON crm.person REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.person_audit()
----
CREATE TRIGGER person_update AFTER UPDATE ON crm.person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.person_audit()
----
CREATE TRIGGER person_delete AFTER DELETE ON crm.person REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.person_audit()
----
CREATE TRIGGER person_version BEFORE UPDATE ON crm.person FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER person_key BEFORE UPDATE OF "id" ON crm.person FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER person_no_truncate BEFORE TRUNCATE ON crm.person FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.potential_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'potential', n."id", NULL, ('{' || concat_ws(',',
'"client_id":' || n."client_id"::text,
CASE WHEN n."group_id" IS NOT NULL THEN '"group_id":' || coalesce(n."group_id"::text, 'null') END,
'"monthly":' || n."monthly"::text,
'"on_day":' || to_json(n."on_day")::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'potential', o."id", ('{' || concat_ws(',',
'"client_id":' || o."client_id"::text,
CASE WHEN o."group_id" IS NOT NULL THEN '"group_id":' || coalesce(o."group_id"::text, 'null') END,
'"monthly":' || o."monthly"::text,
'"on_day":' || to_json(o."on_day")::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'potential', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || o."client_id"::text END,
CASE WHEN o."group_id" IS DISTINCT FROM n."group_id" THEN '"group_id":' || coalesce(o."group_id"::text, 'null') END,
CASE WHEN o."monthly" IS DISTINCT FROM n."monthly" THEN '"monthly":' || o."monthly"::text END,
CASE WHEN o."on_day" IS DISTINCT FROM n."on_day" THEN '"on_day":' || to_json(o."on_day")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || n."client_id"::text END,
CASE WHEN o."group_id" IS DISTINCT FROM n."group_id" THEN '"group_id":' || coalesce(n."group_id"::text, 'null') END,
CASE WHEN o."monthly" IS DISTINCT FROM n."monthly" THEN '"monthly":' || n."monthly"::text END,
CASE WHEN o."on_day" IS DISTINCT FROM n."on_day" THEN '"on_day":' || to_json(n."on_day")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."client_id", o."group_id", o."monthly", o."on_day", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."client_id", n."group_id", n."monthly", n."on_day", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.potential_audit() FROM PUBLIC
----
CREATE TRIGGER potential_insert AFTER INSERT ON crm.potential REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.potential_audit()
----
CREATE TRIGGER potential_update AFTER UPDATE ON crm.potential REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.potential_audit()
----
CREATE TRIGGER potential_delete AFTER DELETE ON crm.potential REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.potential_audit()
----
CREATE TRIGGER potential_version BEFORE UPDATE ON crm.potential FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER potential_key BEFORE UPDATE OF "id" ON crm.potential FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER potential_no_truncate BEFORE TRUNCATE ON crm.potential FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.consent_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'consent', n."id", NULL, ('{' || concat_ws(',',
'"person_id":' || n."person_id"::text,
'"channel":' || to_json(n."channel")::text,
'"given":' || n."given"::text,
'"on_day":' || to_json(n."on_day")::text,
'"origin":' || to_json(n."origin")::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'consent', o."id", ('{' || concat_ws(',',
'"person_id":' || o."person_id"::text,
'"channel":' || to_json(o."channel")::text,
'"given":' || o."given"::text,
'"on_day":' || to_json(o."on_day")::text,
'"origin":' || to_json(o."origin")::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'consent', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || o."person_id"::text END,
CASE WHEN o."channel" IS DISTINCT FROM n."channel" THEN '"channel":' || to_json(o."channel")::text END,
CASE WHEN o."given" IS DISTINCT FROM n."given" THEN '"given":' || o."given"::text END,
CASE WHEN o."on_day" IS DISTINCT FROM n."on_day" THEN '"on_day":' || to_json(o."on_day")::text END,
CASE WHEN o."origin" IS DISTINCT FROM n."origin" THEN '"origin":' || to_json(o."origin")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || n."person_id"::text END,
CASE WHEN o."channel" IS DISTINCT FROM n."channel" THEN '"channel":' || to_json(n."channel")::text END,
CASE WHEN o."given" IS DISTINCT FROM n."given" THEN '"given":' || n."given"::text END,
CASE WHEN o."on_day" IS DISTINCT FROM n."on_day" THEN '"on_day":' || to_json(n."on_day")::text END,
CASE WHEN o."origin" IS DISTINCT FROM n."origin" THEN '"origin":' || to_json(n."origin")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."person_id", o."channel", o."given", o."on_day", o."origin", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."person_id", n."channel", n."given", n."on_day", n."origin", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.consent_audit() FROM PUBLIC
----
CREATE TRIGGER consent_insert AFTER INSERT ON crm.consent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.consent_audit()
----
CREATE TRIGGER consent_update AFTER UPDATE ON crm.consent REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.consent_audit()
----
CREATE TRIGGER consent_delete AFTER DELETE ON crm.consent REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.consent_audit()
----
CREATE TRIGGER consent_version BEFORE UPDATE ON crm.consent FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER consent_key BEFORE UPDATE OF "id" ON crm.consent FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER consent_no_truncate BEFORE TRUNCATE ON crm.consent FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.contact_point_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'contact_point', n."id", NULL, ('{' || concat_ws(',',
'"client_id":' || n."client_id"::text,
CASE WHEN n."person_id" IS NOT NULL THEN '"person_id":' || coalesce(n."person_id"::text, 'null') END,
'"kind":' || to_json(n."kind")::text,
'"original":' || to_json(n."original")::text,
'"normal":' || to_json(n."normal")::text,
'"extension":' || to_json(n."extension")::text,
'"position":' || n."position"::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'contact_point', o."id", ('{' || concat_ws(',',
'"client_id":' || o."client_id"::text,
CASE WHEN o."person_id" IS NOT NULL THEN '"person_id":' || coalesce(o."person_id"::text, 'null') END,
'"kind":' || to_json(o."kind")::text,
'"original":' || to_json(o."original")::text,
'"normal":' || to_json(o."normal")::text,
'"extension":' || to_json(o."extension")::text,
'"position":' || o."position"::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'contact_point', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || o."client_id"::text END,
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || coalesce(o."person_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(o."kind")::text END,
CASE WHEN o."original" IS DISTINCT FROM n."original" THEN '"original":' || to_json(o."original")::text END,
CASE WHEN o."normal" IS DISTINCT FROM n."normal" THEN '"normal":' || to_json(o."normal")::text END,
CASE WHEN o."extension" IS DISTINCT FROM n."extension" THEN '"extension":' || to_json(o."extension")::text END,
CASE WHEN o."position" IS DISTINCT FROM n."position" THEN '"position":' || o."position"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || n."client_id"::text END,
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || coalesce(n."person_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(n."kind")::text END,
CASE WHEN o."original" IS DISTINCT FROM n."original" THEN '"original":' || to_json(n."original")::text END,
CASE WHEN o."normal" IS DISTINCT FROM n."normal" THEN '"normal":' || to_json(n."normal")::text END,
CASE WHEN o."extension" IS DISTINCT FROM n."extension" THEN '"extension":' || to_json(n."extension")::text END,
CASE WHEN o."position" IS DISTINCT FROM n."position" THEN '"position":' || n."position"::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."client_id", o."person_id", o."kind", o."original", o."normal", o."extension", o."position", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."client_id", n."person_id", n."kind", n."original", n."normal", n."extension", n."position", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.contact_point_audit() FROM PUBLIC
----
CREATE TRIGGER contact_point_insert AFTER INSERT ON crm.contact_point REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.contact_point_audit()
----
CREATE TRIGGER contact_point_update AFTER UPDATE ON crm.contact_point REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.contact_point_audit()
----
CREATE TRIGGER contact_point_delete AFTER DELETE ON crm.contact_point REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.contact_point_audit()
----
CREATE TRIGGER contact_point_version BEFORE UPDATE ON crm.contact_point FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER contact_point_key BEFORE UPDATE OF "id" ON crm.contact_point FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER contact_point_no_truncate BEFORE TRUNCATE ON crm.contact_point FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.interaction_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'interaction', n."id", NULL, ('{' || concat_ws(',',
'"client_id":' || n."client_id"::text,
CASE WHEN n."person_id" IS NOT NULL THEN '"person_id":' || coalesce(n."person_id"::text, 'null') END,
CASE WHEN n."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
'"kind":' || to_json(n."kind")::text,
'"at":' || to_json(n."at")::text,
'"day":' || to_json(n."day")::text,
CASE WHEN n."minutes" IS NOT NULL THEN '"minutes":' || coalesce(n."minutes"::text, 'null') END,
'"result":' || to_json(n."result")::text,
'"rung":' || to_json(n."rung")::text,
'"resume":' || to_json(n."resume")::text,
'"no_next_reason":' || to_json(n."no_next_reason")::text,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'interaction', o."id", ('{' || concat_ws(',',
'"client_id":' || o."client_id"::text,
CASE WHEN o."person_id" IS NOT NULL THEN '"person_id":' || coalesce(o."person_id"::text, 'null') END,
CASE WHEN o."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
'"kind":' || to_json(o."kind")::text,
'"at":' || to_json(o."at")::text,
'"day":' || to_json(o."day")::text,
CASE WHEN o."minutes" IS NOT NULL THEN '"minutes":' || coalesce(o."minutes"::text, 'null') END,
'"result":' || to_json(o."result")::text,
'"rung":' || to_json(o."rung")::text,
'"resume":' || to_json(o."resume")::text,
'"no_next_reason":' || to_json(o."no_next_reason")::text,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'interaction', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || o."client_id"::text END,
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || coalesce(o."person_id"::text, 'null') END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(o."kind")::text END,
CASE WHEN o."at" IS DISTINCT FROM n."at" THEN '"at":' || to_json(o."at")::text END,
CASE WHEN o."day" IS DISTINCT FROM n."day" THEN '"day":' || to_json(o."day")::text END,
CASE WHEN o."minutes" IS DISTINCT FROM n."minutes" THEN '"minutes":' || coalesce(o."minutes"::text, 'null') END,
CASE WHEN o."result" IS DISTINCT FROM n."result" THEN '"result":' || to_json(o."result")::text END,
CASE WHEN o."rung" IS DISTINCT FROM n."rung" THEN '"rung":' || to_json(o."rung")::text END,
CASE WHEN o."resume" IS DISTINCT FROM n."resume" THEN '"resume":' || to_json(o."resume")::text END,
CASE WHEN o."no_next_reason" IS DISTINCT FROM n."no_next_reason" THEN '"no_next_reason":' || to_json(o."no_next_reason")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || n."client_id"::text END,
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || coalesce(n."person_id"::text, 'null') END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(n."kind")::text END,
CASE WHEN o."at" IS DISTINCT FROM n."at" THEN '"at":' || to_json(n."at")::text END,
CASE WHEN o."day" IS DISTINCT FROM n."day" THEN '"day":' || to_json(n."day")::text END,
CASE WHEN o."minutes" IS DISTINCT FROM n."minutes" THEN '"minutes":' || coalesce(n."minutes"::text, 'null') END,
CASE WHEN o."result" IS DISTINCT FROM n."result" THEN '"result":' || to_json(n."result")::text END,
CASE WHEN o."rung" IS DISTINCT FROM n."rung" THEN '"rung":' || to_json(n."rung")::text END,
CASE WHEN o."resume" IS DISTINCT FROM n."resume" THEN '"resume":' || to_json(n."resume")::text END,
CASE WHEN o."no_next_reason" IS DISTINCT FROM n."no_next_reason" THEN '"no_next_reason":' || to_json(n."no_next_reason")::text END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."client_id", o."person_id", o."manager_id", o."kind", o."at", o."day", o."minutes", o."result", o."rung", o."resume", o."no_next_reason", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."client_id", n."person_id", n."manager_id", n."kind", n."at", n."day", n."minutes", n."result", n."rung", n."resume", n."no_next_reason", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.interaction_audit() FROM PUBLIC
----
CREATE TRIGGER interaction_insert AFTER INSERT ON crm.interaction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.interaction_audit()
----
CREATE TRIGGER interaction_update AFTER UPDATE ON crm.interaction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.interaction_audit()
----
CREATE TRIGGER interaction_delete AFTER DELETE ON crm.interaction REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.interaction_audit()
----
CREATE TRIGGER interaction_version BEFORE UPDATE ON crm.interaction FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER interaction_key BEFORE UPDATE OF "id" ON crm.interaction FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER interaction_no_truncate BEFORE TRUNCATE ON crm.interaction FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.order_line_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'order_line', n."order_id", NULL, ('{' || concat_ws(',',
'"order_id":' || n."order_id"::text,
'"line":' || n."line"::text,
CASE WHEN n."product_id" IS NOT NULL THEN '"product_id":' || coalesce(n."product_id"::text, 'null') END,
'"words":' || to_json(n."words")::text,
'"quantity":' || n."quantity"::text,
'"amount":' || n."amount"::text,
CASE WHEN n."cost" IS NOT NULL THEN '"cost":' || coalesce(n."cost"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'order_line', o."order_id", ('{' || concat_ws(',',
'"order_id":' || o."order_id"::text,
'"line":' || o."line"::text,
CASE WHEN o."product_id" IS NOT NULL THEN '"product_id":' || coalesce(o."product_id"::text, 'null') END,
'"words":' || to_json(o."words")::text,
'"quantity":' || o."quantity"::text,
'"amount":' || o."amount"::text,
CASE WHEN o."cost" IS NOT NULL THEN '"cost":' || coalesce(o."cost"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'order_line', n."order_id",
    ('{' || concat_ws(',',
'"order_id":' || o."order_id"::text,
'"line":' || o."line"::text,
CASE WHEN o."product_id" IS DISTINCT FROM n."product_id" THEN '"product_id":' || coalesce(o."product_id"::text, 'null') END,
CASE WHEN o."words" IS DISTINCT FROM n."words" THEN '"words":' || to_json(o."words")::text END,
CASE WHEN o."quantity" IS DISTINCT FROM n."quantity" THEN '"quantity":' || o."quantity"::text END,
CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN '"amount":' || o."amount"::text END,
CASE WHEN o."cost" IS DISTINCT FROM n."cost" THEN '"cost":' || coalesce(o."cost"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."order_id" IS DISTINCT FROM n."order_id" THEN '"order_id":' || n."order_id"::text END,
CASE WHEN o."line" IS DISTINCT FROM n."line" THEN '"line":' || n."line"::text END,
CASE WHEN o."product_id" IS DISTINCT FROM n."product_id" THEN '"product_id":' || coalesce(n."product_id"::text, 'null') END,
CASE WHEN o."words" IS DISTINCT FROM n."words" THEN '"words":' || to_json(n."words")::text END,
CASE WHEN o."quantity" IS DISTINCT FROM n."quantity" THEN '"quantity":' || n."quantity"::text END,
CASE WHEN o."amount" IS DISTINCT FROM n."amount" THEN '"amount":' || n."amount"::text END,
CASE WHEN o."cost" IS DISTINCT FROM n."cost" THEN '"cost":' || coalesce(n."cost"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."order_id" = n."order_id" AND o."line" = n."line"
    WHERE (o."order_id", o."line", o."product_id", o."words", o."quantity", o."amount", o."cost") IS DISTINCT FROM (n."order_id", n."line", n."product_id", n."words", n."quantity", n."amount", n."cost");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.order_line_audit() FROM PUBLIC
----
CREATE TRIGGER order_line_insert AFTER INSERT ON crm.order_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.order_line_audit()
----
CREATE TRIGGER order_line_update AFTER UPDATE ON crm.order_line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.order_line_audit()
----
CREATE TRIGGER order_line_delete AFTER DELETE ON crm.order_line REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.order_line_audit()
----
CREATE TRIGGER order_line_key BEFORE UPDATE OF "order_id", "line" ON crm.order_line FOR EACH ROW WHEN (NEW."order_id" IS DISTINCT FROM OLD."order_id" OR NEW."line" IS DISTINCT FROM OLD."line") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER order_line_no_truncate BEFORE TRUNCATE ON crm.order_line FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
----
CREATE FUNCTION crm.task_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'task', n."id", NULL, ('{' || concat_ws(',',
CASE WHEN n."client_id" IS NOT NULL THEN '"client_id":' || coalesce(n."client_id"::text, 'null') END,
CASE WHEN n."person_id" IS NOT NULL THEN '"person_id":' || coalesce(n."person_id"::text, 'null') END,
CASE WHEN n."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
'"kind":' || to_json(n."kind")::text,
'"title":' || to_json(n."title")::text,
'"notes":' || to_json(n."notes")::text,
'"promise":' || n."promise"::text,
'"routine":' || n."routine"::text,
'"priority":' || n."priority"::text,
CASE WHEN n."due_day" IS NOT NULL THEN '"due_day":' || coalesce(to_json(n."due_day")::text, 'null') END,
CASE WHEN n."due_time" IS NOT NULL THEN '"due_time":' || coalesce(n."due_time"::text, 'null') END,
'"zone":' || to_json(n."zone")::text,
CASE WHEN n."minutes" IS NOT NULL THEN '"minutes":' || coalesce(n."minutes"::text, 'null') END,
CASE WHEN n."first_due_day" IS NOT NULL THEN '"first_due_day":' || coalesce(to_json(n."first_due_day")::text, 'null') END,
'"moved_count":' || n."moved_count"::text,
CASE WHEN n."done_at" IS NOT NULL THEN '"done_at":' || coalesce(to_json(n."done_at")::text, 'null') END,
CASE WHEN n."done_day" IS NOT NULL THEN '"done_day":' || coalesce(to_json(n."done_day")::text, 'null') END,
CASE WHEN n."released_at" IS NOT NULL THEN '"released_at":' || coalesce(to_json(n."released_at")::text, 'null') END,
'"release_reason":' || to_json(n."release_reason")::text,
CASE WHEN n."no_next_reason" IS NOT NULL THEN '"no_next_reason":' || coalesce(to_json(n."no_next_reason")::text, 'null') END,
CASE WHEN n."interaction_id" IS NOT NULL THEN '"interaction_id":' || coalesce(n."interaction_id"::text, 'null') END,
'"id":' || n."id"::text,
'"version":' || n."version"::text,
'"created_at":' || to_json(n."created_at")::text,
CASE WHEN n."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN n."import_id" IS NOT NULL THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'task', o."id", ('{' || concat_ws(',',
CASE WHEN o."client_id" IS NOT NULL THEN '"client_id":' || coalesce(o."client_id"::text, 'null') END,
CASE WHEN o."person_id" IS NOT NULL THEN '"person_id":' || coalesce(o."person_id"::text, 'null') END,
CASE WHEN o."manager_id" IS NOT NULL THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
'"kind":' || to_json(o."kind")::text,
'"title":' || to_json(o."title")::text,
'"notes":' || to_json(o."notes")::text,
'"promise":' || o."promise"::text,
'"routine":' || o."routine"::text,
'"priority":' || o."priority"::text,
CASE WHEN o."due_day" IS NOT NULL THEN '"due_day":' || coalesce(to_json(o."due_day")::text, 'null') END,
CASE WHEN o."due_time" IS NOT NULL THEN '"due_time":' || coalesce(o."due_time"::text, 'null') END,
'"zone":' || to_json(o."zone")::text,
CASE WHEN o."minutes" IS NOT NULL THEN '"minutes":' || coalesce(o."minutes"::text, 'null') END,
CASE WHEN o."first_due_day" IS NOT NULL THEN '"first_due_day":' || coalesce(to_json(o."first_due_day")::text, 'null') END,
'"moved_count":' || o."moved_count"::text,
CASE WHEN o."done_at" IS NOT NULL THEN '"done_at":' || coalesce(to_json(o."done_at")::text, 'null') END,
CASE WHEN o."done_day" IS NOT NULL THEN '"done_day":' || coalesce(to_json(o."done_day")::text, 'null') END,
CASE WHEN o."released_at" IS NOT NULL THEN '"released_at":' || coalesce(to_json(o."released_at")::text, 'null') END,
'"release_reason":' || to_json(o."release_reason")::text,
CASE WHEN o."no_next_reason" IS NOT NULL THEN '"no_next_reason":' || coalesce(to_json(o."no_next_reason")::text, 'null') END,
CASE WHEN o."interaction_id" IS NOT NULL THEN '"interaction_id":' || coalesce(o."interaction_id"::text, 'null') END,
'"id":' || o."id"::text,
'"version":' || o."version"::text,
'"created_at":' || to_json(o."created_at")::text,
CASE WHEN o."archived_at" IS NOT NULL THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS NOT NULL THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb, NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'task', n."id",
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || coalesce(o."client_id"::text, 'null') END,
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || coalesce(o."person_id"::text, 'null') END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(o."manager_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(o."kind")::text END,
CASE WHEN o."title" IS DISTINCT FROM n."title" THEN '"title":' || to_json(o."title")::text END,
CASE WHEN o."notes" IS DISTINCT FROM n."notes" THEN '"notes":' || to_json(o."notes")::text END,
CASE WHEN o."promise" IS DISTINCT FROM n."promise" THEN '"promise":' || o."promise"::text END,
CASE WHEN o."routine" IS DISTINCT FROM n."routine" THEN '"routine":' || o."routine"::text END,
CASE WHEN o."priority" IS DISTINCT FROM n."priority" THEN '"priority":' || o."priority"::text END,
CASE WHEN o."due_day" IS DISTINCT FROM n."due_day" THEN '"due_day":' || coalesce(to_json(o."due_day")::text, 'null') END,
CASE WHEN o."due_time" IS DISTINCT FROM n."due_time" THEN '"due_time":' || coalesce(o."due_time"::text, 'null') END,
CASE WHEN o."zone" IS DISTINCT FROM n."zone" THEN '"zone":' || to_json(o."zone")::text END,
CASE WHEN o."minutes" IS DISTINCT FROM n."minutes" THEN '"minutes":' || coalesce(o."minutes"::text, 'null') END,
CASE WHEN o."first_due_day" IS DISTINCT FROM n."first_due_day" THEN '"first_due_day":' || coalesce(to_json(o."first_due_day")::text, 'null') END,
CASE WHEN o."moved_count" IS DISTINCT FROM n."moved_count" THEN '"moved_count":' || o."moved_count"::text END,
CASE WHEN o."done_at" IS DISTINCT FROM n."done_at" THEN '"done_at":' || coalesce(to_json(o."done_at")::text, 'null') END,
CASE WHEN o."done_day" IS DISTINCT FROM n."done_day" THEN '"done_day":' || coalesce(to_json(o."done_day")::text, 'null') END,
CASE WHEN o."released_at" IS DISTINCT FROM n."released_at" THEN '"released_at":' || coalesce(to_json(o."released_at")::text, 'null') END,
CASE WHEN o."release_reason" IS DISTINCT FROM n."release_reason" THEN '"release_reason":' || to_json(o."release_reason")::text END,
CASE WHEN o."no_next_reason" IS DISTINCT FROM n."no_next_reason" THEN '"no_next_reason":' || coalesce(to_json(o."no_next_reason")::text, 'null') END,
CASE WHEN o."interaction_id" IS DISTINCT FROM n."interaction_id" THEN '"interaction_id":' || coalesce(o."interaction_id"::text, 'null') END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || o."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || o."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(o."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(o."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(o."import_id"::text, 'null') END) || '}')::jsonb,
    ('{' || concat_ws(',',
CASE WHEN o."client_id" IS DISTINCT FROM n."client_id" THEN '"client_id":' || coalesce(n."client_id"::text, 'null') END,
CASE WHEN o."person_id" IS DISTINCT FROM n."person_id" THEN '"person_id":' || coalesce(n."person_id"::text, 'null') END,
CASE WHEN o."manager_id" IS DISTINCT FROM n."manager_id" THEN '"manager_id":' || coalesce(n."manager_id"::text, 'null') END,
CASE WHEN o."kind" IS DISTINCT FROM n."kind" THEN '"kind":' || to_json(n."kind")::text END,
CASE WHEN o."title" IS DISTINCT FROM n."title" THEN '"title":' || to_json(n."title")::text END,
CASE WHEN o."notes" IS DISTINCT FROM n."notes" THEN '"notes":' || to_json(n."notes")::text END,
CASE WHEN o."promise" IS DISTINCT FROM n."promise" THEN '"promise":' || n."promise"::text END,
CASE WHEN o."routine" IS DISTINCT FROM n."routine" THEN '"routine":' || n."routine"::text END,
CASE WHEN o."priority" IS DISTINCT FROM n."priority" THEN '"priority":' || n."priority"::text END,
CASE WHEN o."due_day" IS DISTINCT FROM n."due_day" THEN '"due_day":' || coalesce(to_json(n."due_day")::text, 'null') END,
CASE WHEN o."due_time" IS DISTINCT FROM n."due_time" THEN '"due_time":' || coalesce(n."due_time"::text, 'null') END,
CASE WHEN o."zone" IS DISTINCT FROM n."zone" THEN '"zone":' || to_json(n."zone")::text END,
CASE WHEN o."minutes" IS DISTINCT FROM n."minutes" THEN '"minutes":' || coalesce(n."minutes"::text, 'null') END,
CASE WHEN o."first_due_day" IS DISTINCT FROM n."first_due_day" THEN '"first_due_day":' || coalesce(to_json(n."first_due_day")::text, 'null') END,
CASE WHEN o."moved_count" IS DISTINCT FROM n."moved_count" THEN '"moved_count":' || n."moved_count"::text END,
CASE WHEN o."done_at" IS DISTINCT FROM n."done_at" THEN '"done_at":' || coalesce(to_json(n."done_at")::text, 'null') END,
CASE WHEN o."done_day" IS DISTINCT FROM n."done_day" THEN '"done_day":' || coalesce(to_json(n."done_day")::text, 'null') END,
CASE WHEN o."released_at" IS DISTINCT FROM n."released_at" THEN '"released_at":' || coalesce(to_json(n."released_at")::text, 'null') END,
CASE WHEN o."release_reason" IS DISTINCT FROM n."release_reason" THEN '"release_reason":' || to_json(n."release_reason")::text END,
CASE WHEN o."no_next_reason" IS DISTINCT FROM n."no_next_reason" THEN '"no_next_reason":' || coalesce(to_json(n."no_next_reason")::text, 'null') END,
CASE WHEN o."interaction_id" IS DISTINCT FROM n."interaction_id" THEN '"interaction_id":' || coalesce(n."interaction_id"::text, 'null') END,
CASE WHEN o."id" IS DISTINCT FROM n."id" THEN '"id":' || n."id"::text END,
CASE WHEN o."version" IS DISTINCT FROM n."version" THEN '"version":' || n."version"::text END,
CASE WHEN o."created_at" IS DISTINCT FROM n."created_at" THEN '"created_at":' || to_json(n."created_at")::text END,
CASE WHEN o."archived_at" IS DISTINCT FROM n."archived_at" THEN '"archived_at":' || coalesce(to_json(n."archived_at")::text, 'null') END,
CASE WHEN o."import_id" IS DISTINCT FROM n."import_id" THEN '"import_id":' || coalesce(n."import_id"::text, 'null') END) || '}')::jsonb
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    WHERE (o."client_id", o."person_id", o."manager_id", o."kind", o."title", o."notes", o."promise", o."routine", o."priority", o."due_day", o."due_time", o."zone", o."minutes", o."first_due_day", o."moved_count", o."done_at", o."done_day", o."released_at", o."release_reason", o."no_next_reason", o."interaction_id", o."id", o."version", o."created_at", o."archived_at", o."import_id") IS DISTINCT FROM (n."client_id", n."person_id", n."manager_id", n."kind", n."title", n."notes", n."promise", n."routine", n."priority", n."due_day", n."due_time", n."zone", n."minutes", n."first_due_day", n."moved_count", n."done_at", n."done_day", n."released_at", n."release_reason", n."no_next_reason", n."interaction_id", n."id", n."version", n."created_at", n."archived_at", n."import_id");
  END IF;
  RETURN NULL;
END $$
----
REVOKE ALL ON FUNCTION crm.task_audit() FROM PUBLIC
----
CREATE TRIGGER task_insert AFTER INSERT ON crm.task REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.task_audit()
----
CREATE TRIGGER task_update AFTER UPDATE ON crm.task REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.task_audit()
----
CREATE TRIGGER task_delete AFTER DELETE ON crm.task REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm.task_audit()
----
CREATE TRIGGER task_version BEFORE UPDATE ON crm.task FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version + 1) EXECUTE FUNCTION crm.refuse_stale()
----
CREATE TRIGGER task_key BEFORE UPDATE OF "id" ON crm.task FOR EACH ROW WHEN (NEW."id" IS DISTINCT FROM OLD."id") EXECUTE FUNCTION crm.refuse_key()
----
CREATE TRIGGER task_no_truncate BEFORE TRUNCATE ON crm.task FOR EACH STATEMENT EXECUTE FUNCTION crm.refuse_audit()
