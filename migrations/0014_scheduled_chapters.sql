-- When a chapter goes out by itself: the moment, and what its author wrote, the time there and the time zone.
alter table chapters add column release_at bigint;
alter table chapters add column release_local text;
alter table chapters add column release_zone text;
-- Each node asks every second which are due.
create index chapters_due on chapters (release_at) where release_at is not null;
