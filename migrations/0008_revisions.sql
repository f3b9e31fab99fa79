-- How often something was saved, for what had no revision yet: a save names the one it began from, so that of two
-- tabs neither silently replaces what the other wrote.
alter table posts add column rev bigint not null default 1;
alter table comments add column rev bigint not null default 1;
alter table characters add column rev bigint not null default 1;
alter table settings add column rev bigint not null default 1;
