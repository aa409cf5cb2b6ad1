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
CREATE INDEX ix_client_manager_tracked ON client (manager_id, tracked)
----
CREATE INDEX ix_client_match_key ON client (match_key)
----
CREATE INDEX ix_client_sort_key ON client (sort_key)
----
CREATE INDEX ix_client_tax_number ON client (tax_number)
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
CREATE INDEX ix_task_manager_open ON task (manager_id, due_day) WHERE done_at IS NULL AND released_at IS NULL AND archived_at IS NULL
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'access_log', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'access_log', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'access_log', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'action_segment', 0, NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'action_segment', 0, jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'action_segment', 0, d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."key" = n."key"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) FILTER (WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value OR e.key IN ('key')
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'branch', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'branch', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'branch', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'import_run', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'import_run', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'import_run', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'product_group', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'product_group', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'product_group', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'setting', 0, NULL, jsonb_strip_nulls(to_jsonb(n) - ARRAY['value']) || jsonb_build_object('value', n."value")
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'setting', 0, jsonb_strip_nulls(to_jsonb(o) - ARRAY['value']) || jsonb_build_object('value', o."value"), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'setting', 0, d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."key" = n."key"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) FILTER (WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value OR e.key IN ('key')
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'app_user', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'app_user', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'app_user', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'product', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'product', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'product', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'client', n."id", NULL, jsonb_strip_nulls(to_jsonb(n) - ARRAY['own_fields']) || jsonb_build_object('own_fields', n."own_fields")
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'client', o."id", jsonb_strip_nulls(to_jsonb(o) - ARRAY['own_fields']) || jsonb_build_object('own_fields', o."own_fields"), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'client', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
CREATE FUNCTION crm.sales_plan_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'sales_plan', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'sales_plan', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'sales_plan', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
CREATE FUNCTION crm.orders_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'orders', n."id", NULL, jsonb_strip_nulls(to_jsonb(n) - ARRAY['details']) || jsonb_build_object('details', n."details")
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'orders', o."id", jsonb_strip_nulls(to_jsonb(o) - ARRAY['details']) || jsonb_build_object('details', o."details"), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'orders', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'person', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'person', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'person', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'potential', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'potential', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'potential', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'consent', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'consent', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'consent', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'contact_point', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'contact_point', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'contact_point', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'interaction', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'interaction', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'interaction', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'order_line', n."order_id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'order_line', o."order_id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'order_line', n."order_id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."order_id" = n."order_id" AND o."line" = n."line"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) FILTER (WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value OR e.key IN ('order_id', 'line')
    ) d
    WHERE d.new IS NOT NULL;
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
AS $$
DECLARE
  this_tx bigint := crm.current_tx();
  this_at bigint := floor(extract(epoch FROM now()) * 1000)::bigint;
  this_user bigint := (SELECT u.id FROM crm.app_user u WHERE u.login = session_user);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'insert', 'task', n."id", NULL, jsonb_strip_nulls(to_jsonb(n))
    FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'delete', 'task', o."id", jsonb_strip_nulls(to_jsonb(o)), NULL
    FROM old_rows o;
  ELSE
    INSERT INTO crm.audit (tx, at, user_id, op, tbl, row_id, old, new)
    SELECT this_tx, this_at, this_user, 'update', 'task', n."id", d.old, d.new
    FROM old_rows o JOIN new_rows n ON o."id" = n."id"
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(e.key, to_jsonb(o) -> e.key) AS old, jsonb_object_agg(e.key, e.value) AS new
      FROM jsonb_each(to_jsonb(n)) e
      WHERE to_jsonb(o) -> e.key IS DISTINCT FROM e.value
    ) d
    WHERE d.new IS NOT NULL;
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
