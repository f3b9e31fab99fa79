-- The revision of a scene whose words were counted as they are counted today. A program counts them, not the database,
-- so the counts of other revisions are made again by the nodes.
alter table scenes add column counted bigint not null default 0;
create index scenes_uncounted on scenes (id) where counted <> rev;
