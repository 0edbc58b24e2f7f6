-- One table with all that a column may be, two rows that break promises in turn, and one of nulls.
CREATE SCHEMA shop; CREATE SCHEMA secret;
SET search_path = shop;
CREATE TYPE mood AS ENUM ('new','paid','sent');
CREATE DOMAIN email AS varchar(80) CHECK (VALUE LIKE '%@%');
CREATE DOMAIN email2 AS email NOT NULL;
CREATE TYPE address AS (street text, zip varchar(5));
CREATE TABLE customers (customer_id uuid PRIMARY KEY, name text NOT NULL);
INSERT INTO customers VALUES ('00000000-0000-0000-0000-000000000001','Ada'), ('00000000-0000-0000-0000-000000000002','Bob');
CREATE TABLE orders (
 order_id bigint PRIMARY KEY, customer_id uuid, status mood, code char(4), contact email2, amount numeric(12,2), rate real, ratio double precision,
 is_gift boolean, placed_on date, placed_at timestamptz, changed_at timestamp, at time, tags text[], home address, doc jsonb, plain json, extra jsonb, raw bytea, span interval, net int4range, big bigint, note varchar(20));
INSERT INTO orders VALUES
 (1,'00000000-0000-0000-0000-000000000001','new','AB','a@x.de',10.5,0.1,0.5,true,'2026-01-05','2026-01-05 08:00+00','2026-01-05 08:00','08:00','{a,b}','("Main","12345")','{"total": 5, "name": "x", "on": "2026-01-01"}','{"a":1}','[1,2]','\x0102','1 day','[1,5)',9223372036854775807,'red car'),
 (2,'00000000-0000-0000-0000-000000000009','paid','ABCD','b@x.de',-1,'NaN','NaN',null,'2020-01-05','2020-01-05 08:00+00','2020-01-05 08:00','23:00','{a,a}','("Side","1")','{"total": "five", "name": 7, "on": "x"}','{"a":1}','[1,1]','\x','1 day','[1,5)',9223372036854775807,'infrared'),
 (3,null,null,null,'c@x.de',null,null,null,null,null,null,null,null,'{}',null,'null','{"a":1}','{}',null,null,null,null,null);
CREATE VIEW recent AS SELECT order_id, amount FROM orders;
CREATE MATERIALIZED VIEW mat AS SELECT order_id, amount FROM orders;
CREATE TABLE "My.Table" ("Id" int NOT NULL, "full ""name" text);
CREATE VIEW slow AS SELECT order_id FROM orders WHERE pg_sleep(60) IS NOT NULL;
CREATE VIEW breaking AS SELECT order_id FROM orders WHERE pg_terminate_backend(pg_backend_pid());
CREATE TABLE written (id bigint);
CREATE FUNCTION written() RETURNS bigint SECURITY DEFINER SET search_path = shop LANGUAGE plpgsql AS $$ BEGIN INSERT INTO written VALUES (1); RETURN 1; END $$;
CREATE VIEW writing AS SELECT written() AS order_id FROM orders;
CREATE TABLE parts (id integer PRIMARY KEY, code varchar(10) NOT NULL UNIQUE, price numeric(12,4), at timestamp, home address, tags integer[], order_id bigint REFERENCES orders, loose bigint, sort text, ended timestamptz, kind text);
INSERT INTO parts VALUES
 (1,'a',1,'2026-01-01','("Main",)','{1}',1,1,'a','2026-01-01 00:00Z','x'),
 (2,'b',1,'2026-01-01','(,)','{1}',2,77,'b','infinity','x'),
 (3,'c',null,'infinity',null,'{1}',null,null,'a','-infinity','y'),
 (4,'d',1,null,null,null,null,null,null,null,null);
ALTER TABLE parts ADD FOREIGN KEY (loose) REFERENCES orders NOT VALID;
CREATE UNIQUE INDEX ON parts (sort) WHERE sort > 'a';
CREATE TABLE base (id integer PRIMARY KEY); CREATE TABLE derived () INHERITS (base);
INSERT INTO base VALUES (1); INSERT INTO derived VALUES (1);
CREATE ROLE reader LOGIN PASSWORD 'hunter2x-of-the-reader'; GRANT USAGE ON SCHEMA shop TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA shop TO reader;
CREATE TABLE hidden (id int);
